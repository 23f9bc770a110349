"""The structural part: headers, URLs and bodies are taken apart, masked by name, and put together again."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote, unquote_plus

from console.core.exchange import Header
from console.core.json import strict as strict_json
from console.core.json.text import json_text
from console.core.json.values import Member
from console.core.redaction import multipart
from console.core.redaction.hide import MAX_DEPTH, Hide, Noting, mask_only
from console.core.redaction.markup import Markup, is_markup
from console.core.redaction.names import (  # fmt: skip
    AUTHORIZATION_HEADERS,
    COOKIE_HEADERS,
    MASK,
    PAIR_NAMES,
    PAIR_VALUES,
    QUERY_NAMES,
    TOKEN,
    TOKEN_HEADERS,
    is_secret_header,
    mask_of,
    member_mask,
    pair_mask,
)
from console.core.redaction.patterns import cookie_values
from console.core.redaction.unnamed import names_no_secret

Sweep = Callable[[str], str]
_SCHEMES = {"bearer", "dpop", "jwt", "token"}
_OTHER_SCHEMES = {
    "basic",
    "digest",
    "negotiate",
    "ntlm",
    "sharedaccesssignature",
    "sharedkey",
    "aws4-hmac-sha256",
    "apikey",
}
# In the value of a query or a form: the start of JSON or XML, an address, or a form, percent-encoded or not.
_MAY_NEST = re.compile(r"[{\[<]|://|%(?:25){0,4}(?:7[Bb]|5[Bb]|3[AaCcDd])")
_READABLE = "*<>!$'(),/:;@-._~[]{}\""  # of a value that is written anew; its masks stay what they are
# What programs send when a variable was empty: a fact worth keeping, never a secret.
_PLACEHOLDERS = {"undefined", "null", "none", "nan", "[object", "object]", "{token}", "{{token}}", "<token>", "***", ""}


def header_value(name: str, value: str, sweep: Sweep) -> str:
    """The value as it may be shown; schemes, cookie names and placeholders stay."""
    lower = name.lower()
    if lower in AUTHORIZATION_HEADERS:
        return authorization(value)
    if lower in COOKIE_HEADERS:
        return cookie_values(value)
    if lower in TOKEN_HEADERS:
        return authorization(value) if " " in value else TOKEN if value else ""
    if is_secret_header(lower):
        return MASK if value else ""
    if "://" in value and lower in ("location", "content-location", "referer", "origin", "link"):
        return sweep(url(value))
    return sweep(within(value))


def authorization(value: str) -> str:
    """`Bearer <token>`, `Basic ***`; doubled schemes and placeholders such as undefined stay readable."""
    words = value.split(" ")
    first = words[0].lower().rstrip(":,")
    if first not in _SCHEMES | _OTHER_SCHEMES:
        return " ".join(_word(word, TOKEN if "." in word else MASK) for word in words)
    if first in _OTHER_SCHEMES:
        return f"{words[0]} {MASK}" if any(words[1:]) else value
    return " ".join([words[0], *(_word(word, TOKEN) for word in words[1:])])


def _word(word: str, mask: str) -> str:
    bare = word.strip("\"',:").lower()
    if bare in _PLACEHOLDERS or bare in _SCHEMES:
        return word
    quote = word[0] if word[0] in "\"'" else ""  # a fault worth seeing
    return f"{quote}{mask}{quote}" if word.endswith(quote) else f"{quote}{mask}"


def headers(values: tuple[Header, ...], sweep: Sweep) -> tuple[Header, ...]:
    return tuple((name, header_value(name, value, sweep)) for name, value in values)


def url(text: str, hide: Hide = mask_only, depth: int = 0) -> str:
    """The URL with userinfo, query and fragment masked by name. Never raises; order and spelling stay."""
    rest, hash_sign, fragment = text.partition("#")
    rest, question, query = rest.partition("?")
    scheme, slashes, tail = rest.partition("://")
    host, slash, path = tail.partition("/")
    if "@" in host:
        host = f"{_user(host.rpartition('@')[0], hide)}@{host.rpartition('@')[2]}"
    start = f"{scheme}{slashes}{host}{slash}{path}"
    return start + question + pairs(query, hide, depth) + hash_sign + pairs(fragment, hide, depth)


def _user(text: str, hide: Hide) -> str:
    """A name stays beside its password. Alone, or beside what says that it is none, it is the secret itself."""
    name, colon, password = text.partition(":")
    if password in ("", "x-oauth-basic"):
        return (hide(name, MASK) if name not in ("", MASK) else name) + colon + password
    return f"{name}:{hide(password, MASK) if password != MASK else MASK}"


def pairs(text: str, hide: Hide = mask_only, depth: int = 0) -> str:
    """A query or form with the values of secret names masked. Never raises; order and spelling stay."""
    if "=" not in text:
        return text
    parts = text.split("&")
    said = any(_says(part) for part in parts)
    return "&".join(_pair(part, hide, depth, is_said=said) for part in parts)


def _says(text: str) -> bool:
    """Whether a pair says the name of a secret that another one holds: `name=password&value=x`."""
    name, _, value = text.partition("=")
    return _plain(name).strip().lower() in PAIR_NAMES and bool(pair_mask(_plain(value)))


def _plain(text: str) -> str:
    """What is written in a query or a form; decoding takes long, and most have nothing to decode."""
    return unquote_plus(text) if "%" in text or "+" in text else text


def _pair(text: str, hide: Hide, depth: int, *, is_said: bool) -> str:
    name, equals, value = text.partition("=")
    if not equals or not value:
        return text
    lower = _plain(name).strip().lower()
    mask = "" if is_said and lower in PAIR_NAMES else mask_of(lower, QUERY_NAMES)
    mask = mask or (MASK if is_said and lower in PAIR_VALUES else "")
    if mask:
        return f"{name}={mask if value in (mask, MASK) else hide(_plain(value), mask)}"
    if _MAY_NEST.search(value) is None:
        return text
    shown = _plain(value)
    inner = within(shown, hide, depth + 1)
    if inner == shown and shown != value and depth < MAX_DEPTH and is_form(shown):
        inner = pairs(shown, hide, depth + 1)
    return text if inner == shown else f"{name}={quote(inner, safe=_READABLE)}"


def is_form(text: str) -> bool:
    """Whether a text may be a query or a form."""
    start = text[:200]
    return "=" in start and not any(character in start for character in ' \r\n<{"')


def body(text: str, media_type: str, hide: Hide = mask_only, depth: int = 0) -> str:
    """A body by what it is: several parts, JSON, XML or a form. `media_type` is "" when not known."""
    if depth > MAX_DEPTH:
        return text
    if boundary := multipart.boundary_of(text, media_type):
        return multipart.masked(text, boundary, hide, partial(body, hide=hide, depth=depth + 1))
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        masked = json_body(text, hide, depth)
        if masked is not None:
            return masked
    if is_markup(text):
        return Markup(hide, partial(within, hide=hide, depth=depth + 1)).masked(text)
    return pairs(text, hide, depth) if "x-www-form-urlencoded" in media_type.lower() or is_form(text) else text


def within(text: str, hide: Hide = mask_only, depth: int = 1) -> str:
    """A text that stands as a value in another: JSON, XML or a URL, or plain text, which is left to the sweep."""
    if depth > MAX_DEPTH or not text:
        return text
    if text[0] in "{[":
        return json_body(text, hide, depth) or text
    if text[0] in "< \t\r\n\ufeff" and is_markup(text):
        return Markup(hide, partial(within, hide=hide, depth=depth + 1)).masked(text)
    if "://" in text[:10]:
        return url(text, hide, depth)
    return text


def json_body(text: str, hide: Hide = mask_only, depth: int = 0) -> str | None:
    """The JSON text with secret members masked, or None when it is not JSON; the caller sweeps it afterwards.

    Unchanged JSON keeps its layout, unless escapes could hide something from the sweep.
    """
    has_escapes = "\\u" in text or "\\/" in text
    if not has_escapes and names_no_secret(text, partial(_is_bare, depth=depth + 1)):
        return text
    reading = strict_json.read_text(text)
    if not reading.is_json:
        return None
    whole: Any = reading.repeated or reading.value
    masked = json_value(whole, hide, depth)
    return json_text(masked) if has_escapes or masked != whole else text


def _is_bare(text: str, depth: int) -> bool:
    """Whether a text within holds nothing to mask."""
    noting = Noting()
    return within(text, noting, depth) == text and not noting.hidden


def json_value(value: Any, hide: Hide = mask_only, depth: int = 0) -> Any:
    """A decoded JSON value with secret members masked by their names; the caller sweeps its texts afterwards."""
    if isinstance(value, dict):
        said = _said(value)
        return {name: _member(name, item, hide, depth, said=said) for name, item in value.items()}
    if isinstance(value, tuple):
        said = _said({item.name: item.value for item in value})
        return tuple(Member(item.name, _member(item.name, item.value, hide, depth, said=said)) for item in value)
    if isinstance(value, list):
        return [_listed(item, hide, depth) for item in value]
    return within(value, hide, depth + 1) if isinstance(value, str) else value


def _said(members: dict[str, Any]) -> str:
    """The name that a pair such as {"key": "password", "value": "x"} gives a secret; "" for any other object."""
    if PAIR_NAMES.isdisjoint(map(str.lower, members)):
        return ""
    named = (item for name, item in members.items() if name.lower() in PAIR_NAMES and isinstance(item, str))
    return next(filter(pair_mask, named), "")


def _listed(item: Any, hide: Hide, depth: int) -> Any:
    """Of a list of pairs, ["password", "x"], the second."""
    if isinstance(item, list) and len(item) == 2 and isinstance(item[0], str) and isinstance(item[1], str):
        return [item[0], _member(item[0], item[1], hide, depth, said="")]
    return json_value(item, hide, depth)


def _member(name: str, value: Any, hide: Hide, depth: int, *, said: str) -> Any:
    lower = name.lower()
    if value is None or value == "" or isinstance(value, bool) or (said and value == said):
        return value
    lower = said.strip().lower() if said and lower in PAIR_VALUES else lower
    if lower in AUTHORIZATION_HEADERS and isinstance(value, str):
        hide(value.partition(" ")[2] or value, MASK)
        return authorization(value)
    mask = member_mask(lower) or (pair_mask(lower) if said else "")
    if not mask:
        return value if isinstance(value, int) else json_value(value, hide, depth)
    return mask if value in (mask, MASK) else hide(value, mask)
