"""How a variant differs from the usual call: headers changed on their way out, and a token changed without a key."""

import base64
import binascii
from collections.abc import Callable

import msgspec

from console.core.exchange import Header

Headers = tuple[Header, ...]
WRONG_KEY = "0" * 32


def without_key(headers: Headers, key_header: str) -> Headers:
    return tuple(pair for pair in headers if pair[0].lower() != key_header.lower())


def with_wrong_key(headers: Headers, key_header: str) -> Headers:
    return (*without_key(headers, key_header), (key_header, WRONG_KEY))


def in_lower_case(headers: Headers, _key_header: str) -> Headers:
    return _changed(headers, lambda scheme, token: f"{scheme.lower()} {token}")


def without_scheme(headers: Headers, _key_header: str) -> Headers:
    return _changed(headers, lambda _scheme, token: token)


def with_other_scheme(headers: Headers, _key_header: str) -> Headers:
    return _changed(headers, lambda _scheme, token: f"Basic {token}")


def twice(headers: Headers, _key_header: str) -> Headers:
    return (*headers, *(pair for pair in headers if pair[0].lower() == "authorization"))


def _changed(headers: Headers, change: Callable[[str, str], str]) -> Headers:
    return tuple(
        (name, change(*_split(value))) if name.lower() == "authorization" else (name, value) for name, value in headers
    )


def _split(value: str) -> tuple[str, str]:
    scheme, _, token = value.partition(" ")
    return scheme, token


def with_altered_signature(token: str) -> str:
    """The same header and claims; the first character of the signature is another one, which changes its bytes."""
    signed, _, signature = token.rpartition(".")
    return f"{signed}.{'B' if signature[:1] == 'A' else 'A'}{signature[1:]}"


def unsigned(token: str) -> str:
    """The same claims with `alg` none and no signature (RFC 7519 section 6); one that cannot be read is replaced."""
    first, _, rest = token.partition(".")
    header = {**_header(first), "alg": "none"}
    return f"{_encoded(msgspec.json.encode(header))}.{rest.partition('.')[0]}."


def _header(encoded: str) -> dict[str, object]:
    try:
        raw = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        return msgspec.json.decode(raw, type=dict[str, object])
    except (msgspec.DecodeError, binascii.Error, ValueError, RecursionError):
        return {}


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
