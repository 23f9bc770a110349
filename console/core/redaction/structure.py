"""The structural part: headers, URLs, forms and JSON are taken apart, masked by name, and put together again."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus

from console.core.exchange import Header
from console.core.json import strict as strict_json
from console.core.json.text import json_text
from console.core.json.values import Member
from console.core.redaction.names import (  # fmt: skip
    AUTHORIZATION_HEADERS,
    COOKIE_HEADERS,
    MASK,
    QUERY_NAMES,
    SECRET_NAMES,
    TOKEN,
    TOKEN_HEADERS,
    TOKEN_NAMES,
    is_secret_header,
)
from console.core.redaction.patterns import cookie_values

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
    return sweep(value)


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


def url(text: str) -> str:
    """The URL with userinfo, query and fragment masked by name. Never raises; order and spelling stay."""
    rest, hash_sign, fragment = text.partition("#")
    rest, question, query = rest.partition("?")
    scheme, slashes, tail = rest.partition("://")
    host, slash, path = tail.partition("/")
    if "@" in host:
        host = f"{host.rpartition('@')[0].partition(':')[0]}:{MASK}@{host.rpartition('@')[2]}"
    start = f"{scheme}{slashes}{host}{slash}{path}"
    return start + question + pairs(query) + hash_sign + pairs(fragment)


def pairs(text: str) -> str:
    """A query or form with the values of secret names masked. Never raises; order and spelling stay."""
    return "&".join(map(_pair, text.split("&"))) if "=" in text else text


def _pair(text: str) -> str:
    name, equals, value = text.partition("=")
    mask = mask_of(unquote_plus(name).strip().lower(), QUERY_NAMES)
    return f"{name}={mask}" if mask and equals and value else text


def mask_of(name: str, more: frozenset[str] = frozenset()) -> str:
    """The mask for a value of this name; "" when the name is harmless."""
    if name in TOKEN_NAMES:
        return TOKEN
    return MASK if name in SECRET_NAMES or name in more else ""


def json_body(text: str) -> str | None:
    """The JSON text with secret members masked, or None when it is not JSON; the caller sweeps it afterwards.

    Unchanged JSON keeps its layout, unless escapes could hide something from the sweep.
    """
    reading = strict_json.read_text(text)
    if not reading.is_json:
        return None
    whole: Any = reading.repeated or reading.value
    masked = json_value(whole)
    has_escapes = "\\u" in text or "\\/" in text
    return json_text(masked) if has_escapes or masked != whole else text


def json_value(value: Any) -> Any:
    """A decoded JSON value with secret members masked by their names; the caller sweeps its texts afterwards."""
    if isinstance(value, dict):
        masked = {name: _mask_member(name, item) for name, item in value.items()}
        if isinstance(value.get("name"), str) and isinstance(value.get("value"), str):  # as HAR writes headers
            masked["value"] = _mask_member(value["name"], value["value"])
        return masked
    if isinstance(value, tuple):
        return tuple(Member(item.name, _mask_member(item.name, item.value)) for item in value)
    if isinstance(value, list):
        return [json_value(item) for item in value]
    return _mask_text(value) if isinstance(value, str) else value


def _mask_member(name: str, value: Any) -> Any:
    lower = name.lower()
    if lower in AUTHORIZATION_HEADERS and isinstance(value, str):
        return authorization(value)
    mask = MASK if lower in COOKIE_HEADERS or is_secret_header(lower) else mask_of(lower)
    is_nothing = value is None or value == "" or isinstance(value, bool)
    return mask if mask and not is_nothing else json_value(value)


def _mask_text(text: str) -> str:
    """JSON inside a JSON string, a URL, or plain text, which is left to the sweep."""
    if text[:1] in ("{", "["):
        return json_body(text) or text
    return url(text) if "://" in text[:10] else text
