"""What a person typed into a call by hand and what must be masked wherever a far side gives it back."""

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

from console.core.call import ApiCall
from console.core.credential import Secret
from console.core.exchange import Header
from console.core.json import strict as strict_json
from console.core.json.values import Member
from console.core.redaction.names import AUTHORIZATION_HEADERS, COOKIE_HEADERS, QUERY_NAMES, is_secret_header
from console.core.redaction.patterns import tokens_in
from console.core.redaction.structure import authorization, mask_of

_SECRET_WORDS = ("authorization", "key", "token", "secret", "cookie", "password")
_FORM = re.compile(r"[\w.\-%]+=[^\s<{]*")


def typed_secrets(call: ApiCall) -> list[Secret]:
    """Credential headers, secret parameters, secret members of the body: as typed and taken apart; tokens anywhere."""
    found = [
        *(token for text in (call.path, call.query, call.body, *_values(call)) for token in tokens_in(text)),
        *(part for pair in call.headers for part in _of_header(pair)),
        *_of_pairs(call.query),
        *_of_body(call.body),
    ]
    return [Secret(text) for text in dict.fromkeys(found) if text]


def _values(call: ApiCall) -> Iterator[str]:
    return (value for _, value in call.headers)


def _of_header(pair: Header) -> Iterator[str]:
    """The whole value, then what stands behind a scheme, in Basic credentials, or behind a cookie's name."""
    name, value = pair[0].lower(), pair[1]
    if not (is_secret_header(name) or any(word in name for word in _SECRET_WORDS)):
        return
    if name in AUTHORIZATION_HEADERS and authorization(value) == value:  # a scheme alone, or a word such as undefined
        return
    yield value
    if name in COOKIE_HEADERS:
        yield from (part.partition("=")[2].strip() for part in value.split(";"))
    elif " " in value:
        credentials = value.partition(" ")[2].strip()
        yield credentials
        if name in AUTHORIZATION_HEADERS and value.lower().startswith("basic "):
            yield from _of_basic(credentials)


def _of_basic(credentials: str) -> Iterator[str]:
    """`user:password` and the password alone (RFC 7617 section 2)."""
    try:
        pair = base64.b64decode(credentials, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return
    yield pair
    yield pair.partition(":")[2]


def _of_pairs(text: str) -> Iterator[str]:
    for name, value in parse_qsl(text, keep_blank_values=False):
        if mask_of(name.strip().lower(), QUERY_NAMES):
            yield value


def _of_body(body: str) -> Iterator[str]:
    if body.lstrip()[:1] in ("{", "["):
        reading = strict_json.read_text(body)
        if reading.is_json:
            yield from _of_json("", reading.repeated or reading.value)
    elif _FORM.match(body):
        yield from _of_pairs(body)


def _of_json(name: str, value: object) -> Iterator[str]:
    """`name` is the member that holds the value; items of a list belong to the list's member."""
    if isinstance(value, dict):
        for inner, item in value.items():
            yield from _of_json(inner, item)
    elif isinstance(value, tuple):
        for item in value:
            if isinstance(item, Member):
                yield from _of_json(item.name, item.value)
    elif isinstance(value, list):
        for item in value:
            yield from _of_json(name, item)
    elif isinstance(value, str):
        lower = name.lower()
        if mask_of(lower) or is_secret_header(lower):
            yield value
