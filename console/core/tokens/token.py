"""What was parsed, however broken. Values only; `parse.py` makes them."""

from enum import StrEnum
from typing import Any

from msgspec import Struct

from console.core.defect import Defect
from console.core.json.values import Member


class TokenKind(StrEnum):
    JWS = "jws"
    UNSECURED = "unsecured"
    JWE = "jwe"
    OPAQUE = "opaque"
    DECODED = "decoded"  # claims that somebody decoded elsewhere: no text of the token came along
    EMPTY = "empty"
    TOO_LARGE = "too_large"


class TokenPart(Struct, frozen=True):
    """One dot-separated part. `encoded` is the text; `raw` the bytes, None when it is not base64url.

    `text` is the UTF-8 text, None when it is not; `value` the JSON value (dict, list, str, int, NumberText, bool, None)
    when `is_json`; `members` the members in order, duplicates included, when the value is an object.
    In `value` a duplicate name holds the last value, as most parsers do; `repeated` are the members when some name
    stood twice, at any depth (a nested object with duplicates is then a tuple of Member), else empty.
    """

    encoded: str
    raw: bytes | None = None
    text: str | None = None
    is_json: bool = False
    value: Any = None
    repeated: tuple[Member, ...] = ()

    @property
    def members(self) -> tuple[Member, ...]:
        if self.repeated or not isinstance(self.value, dict):
            return self.repeated
        return tuple(Member(name, item) for name, item in self.value.items())


class Token(Struct, frozen=True):
    """A parsed token. Claims here are unverified: nothing may act on them but to show and to judge them.

    `text` is the cleaned token, `notes` say what was cleaned. `header` and `claims` are None when they are not readable
    JSON objects. `size_bytes` is the length of `text`. `is_excerpt`: the claims came decoded, and perhaps not all of
    them, so that nothing follows from one that is absent.
    """

    kind: TokenKind
    text: str
    parts: tuple[TokenPart, ...] = ()
    header: dict[str, Any] | None = None
    claims: dict[str, Any] | None = None
    defects: tuple[Defect, ...] = ()
    notes: tuple[str, ...] = ()
    is_excerpt: bool = False

    @property
    def size_bytes(self) -> int:
        return len(self.text)

    @property
    def signature(self) -> bytes | None:
        return self.parts[2].raw if len(self.parts) == 3 else None

    @property
    def audiences(self) -> tuple[str, ...] | None:
        """`aud` as a tuple of strings (RFC 7519 section 4.1.3); None when absent, empty when of a wrong type."""
        if self.claims is None or "aud" not in self.claims:
            return None
        value = self.claims["aud"]
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        return ()

    def text_claim(self, name: str) -> str | None:
        """A claim that must be a string; None when absent or of another type."""
        value = (self.claims or {}).get(name)
        return value if isinstance(value, str) else None

    def __repr__(self) -> str:
        return f"Token({self.kind}, {self.size_bytes} bytes)"
