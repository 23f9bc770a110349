"""What a person typed into a call by hand and what must be masked wherever a far side gives it back."""

import base64
import binascii
from collections.abc import Iterator

from console.core.call import ApiCall
from console.core.credential import Secret
from console.core.exchange import Header, header
from console.core.redaction import structure, wrapped
from console.core.redaction.hide import Noting
from console.core.redaction.names import AUTHORIZATION_HEADERS, COOKIE_HEADERS, is_secret_header
from console.core.redaction.patterns import tokens_in
from console.core.redaction.structure import authorization

_SECRET_WORDS = (
    *("authorization", "key", "token", "secret", "cookie", "password", "passphrase", "passwd", "pwd"),
    *("credential", "signature", "session"),
)


def typed_secrets(call: ApiCall) -> list[Secret]:
    """Credential headers, secret parameters, secret members of the body: as typed and taken apart; tokens anywhere."""
    found = [
        *(token for text in (call.path, call.query, call.body, *_values(call)) for token in tokens_in(text)),
        *(part for pair in call.headers for part in _of_header(pair)),
        *_of_structure(call),
    ]
    return [Secret(text) for text in dict.fromkeys(found) if text]


def _values(call: ApiCall) -> Iterator[str]:
    return (value for _, value in call.headers)


def _of_structure(call: ApiCall) -> list[str]:
    """What query, body and headers hold under the names of secrets, in whatever form, and what they hold wrapped."""
    noting = Noting()
    structure.pairs(call.query, noting)
    kind = "" if call.wire_body is not None else header(call.headers, "Content-Type") or ""  # the text is no part of it
    structure.body(call.body, kind, noting)
    for value in _values(call):
        structure.within(value, noting)
    for text in (call.path, call.query, call.body, *_values(call)):
        wrapped.masked(text, noting)
    return noting.hidden


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
