"""A token as the gateway reads it: strict about its shape, and unlike our own reader it repairs nothing."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from msgspec import Struct

from console.core.defect import PartName
from console.core.json import strict as strict_json
from console.core.json.values import NumberText
from console.core.policy.engine.model import GatewayCheck, Outcome, Warned, rests_on
from console.core.policy.engine.switches import Switches, chosen
from console.core.policy.token.step_of_checks import passed
from console.core.tokens import base64url
from console.core.tokens.token import Token, TokenKind, TokenPart

_PAYLOAD, _JWS = PartName.PAYLOAD, TokenKind.JWS  # a member of an enum takes longer to look up than a name
MAX_CHARACTERS = 256_000  # the token library's own limit
_LEGAL = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_ENCRYPTED = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+){3}")
_SHAPE = "JWT must have three segments (JWS) or five segments (JWE)."
_USUAL_HEADER = 2_000  # characters; a longer one is read each time, so that nothing large is kept
_WELL_FORMED = passed("well-formed", "The token is a JWT of three parts.")
_UNREADABLE_JSON = frozenset({"nan", "lone-surrogate", "byte-order-mark"})


class TokenShape(StrEnum):
    SIGNED = "signed"
    ENCRYPTED = "encrypted"


_OF_THREE = TokenShape.SIGNED  # a member of an enum takes longer to look up than a name


class ReadToken(Struct, frozen=True):
    """`token` is None when nothing of it can be judged; with a failing `check` it is there when its claims can."""

    token: Token | None
    check: GatewayCheck
    warnings: tuple[Warned, ...] = ()


def malformed(code: str, text: str, what: str) -> GatewayCheck:
    return GatewayCheck(
        "well-formed",
        Outcome.FAIL,
        what,
        reason="JwtInvalid",
        reason_aliases=("Invalid JWT",),
        message=f"{code}: {text}",
        library_code=code,
    )


def shape_of(text: str) -> TokenShape | GatewayCheck:
    """Whether the text has the shape of a signed or of an encrypted token, or the check that refuses it."""
    if len(text) > MAX_CHARACTERS:
        what = f"The token has {len(text)} characters; the gateway's library reads at most {MAX_CHARACTERS}."
        return malformed("IDX10209", f"Token has length: '{len(text)}' which is larger than the limit.", what)
    if text.encode("ascii", "replace").translate(None, _LEGAL) == b".." and text[0] != "." and ".." not in text:
        return _OF_THREE  # two dots between base64url; only the signature may be empty
    if _ENCRYPTED.fullmatch(text):
        return TokenShape.ENCRYPTED
    return malformed("IDX12741", _SHAPE, _why_shapeless(text))


def _why_shapeless(text: str) -> str:
    if not text.strip():
        return "There is no text where the token should be."
    if text.split(None, 1)[0].lower() == "bearer":
        return "The value still begins with the word Bearer where the policy wants the token alone."
    parts = text.count(".") + 1
    if parts not in (3, 5):
        return f"The text has {parts} {'part' if parts == 1 else 'parts'} between dots; a signed token has three."
    if any(map(str.isspace, text)):
        return "There is white space inside the token."
    if text[0] in "\"'“”‘’`" or text[-1] in "\"'“”‘’`":
        return "There are quotation marks around the token."
    if any(not part for part in text.split(".")[:2]):
        return "A part of the token is empty."
    return "The token holds characters that base64url does not have."


def read_signed(text: str, switches: Switches) -> ReadToken:
    """The token in a text of three parts. Header and payload must be base64url of JSON objects."""
    first, _, rest = text.partition(".")
    second, _, third = rest.partition(".")
    is_usual = first.startswith("eyJ") and len(first) <= _USUAL_HEADER
    header = (known_header if is_usual else _header)(first)
    if isinstance(header, GatewayCheck):
        return ReadToken(None, header)
    payload = read_object(second, _PAYLOAD)
    if isinstance(payload, GatewayCheck):
        return ReadToken(None, payload)
    # The signature's bytes are taken out where it is verified: most that is judged never asks for them.
    parts = (TokenPart(first, value=header.value, is_json=True), TokenPart(second), TokenPart(third))
    token = Token(_JWS, text, parts, header.value, payload.value)
    return _judged(token, repeats=bool(header.repeated or payload.repeated), switches=switches)


def _header(encoded: str) -> strict_json.JsonReading | GatewayCheck:
    return read_object(encoded, PartName.HEADER)


# All tokens of one key begin alike, and nothing in a header is secret. What does not even begin like one may be a
# secret that was sent by mistake, and is not kept. Who reads a header never changes its value.
known_header = lru_cache(maxsize=64)(_header)


def read_object(encoded: str, name: PartName) -> strict_json.JsonReading | GatewayCheck:
    """The JSON object in one part, or the check that refuses it."""
    code = "IDX12723" if name is _PAYLOAD else "IDX12729"
    decoding = base64url.decode(encoded)
    if "base64-length" in decoding.problems or decoding.raw is None:
        what = f"The token's {name} is not base64url: it may be cut off."
        return malformed(code, f"Unable to decode the {name} as Base64Url encoded string.", what)
    reading = strict_json.read(decoding.raw, name)
    is_broken = bool(reading.defects) and any(defect.code in _UNREADABLE_JSON for defect in reading.defects)
    if not reading.is_json or is_broken or not isinstance(reading.value, dict):
        what = f"The token's {name} is not a JSON object."
        return malformed(code, f"Unable to decode the {name} as Base64Url encoded string.", what)
    return reading


def _judged(token: Token, *, repeats: bool, switches: Switches) -> ReadToken:
    """The first thing that makes a readable token malformed all the same; what nobody has confirmed is a switch."""
    header, claims = token.header or {}, token.claims or {}
    if not repeats and _is_usual(header, claims):
        return ReadToken(token, _WELL_FORMED)
    if wrong := next((name for name, kinds in _NAMES if not isinstance(header.get(name, ""), kinds)), None):
        return ReadToken(
            token, malformed("IDX12729", f"The header's {wrong} is not a string.", _typed(wrong, "header"))
        )
    oddities = []
    if header.get("kid", "") is None:
        oddities.append(("claim-types", "kid in the token's header is null."))
    if repeats:
        oddities.append(("duplicate-members", "A member stands twice in the token."))
    if "crit" in header:
        oddities.append(("critical-header", "The header names critical extensions (crit)."))
    if wrong := next((name for name, fits in _TYPES if name in claims and not fits(claims[name])), None):
        oddities.append(("claim-types", _typed(wrong, "payload")))
    if not oddities:
        return ReadToken(token, _WELL_FORMED)
    unsure = "Nobody has confirmed what the gateway does."
    warnings = tuple(rests_on(switch, f"{what} {unsure}") for switch, what in oddities)
    refused = next((what for switch, what in oddities if chosen(switches, switch) == "refused"), None)
    if refused is None:
        return ReadToken(token, _WELL_FORMED, warnings)
    return ReadToken(token, malformed("IDX14100", "JWT is not well formed.", refused), warnings)


def _is_usual(header: Mapping[str, Any], claims: Mapping[str, Any]) -> bool:
    """Whether all that could be odd is of its commonest type, or not there."""
    return (
        type(header.get("alg", "")) is str
        and type(header.get("kid", "")) is str
        and "crit" not in header
        and type(claims.get("iat", 0)) is int
        and type(claims.get("aud", "")) is str
    )


def _typed(name: str, part: str) -> str:
    return f"{name} in the token's {part} is of a type that it must not have."


def _is_number(value: Any) -> bool:
    return isinstance(value, int | NumberText) and not isinstance(value, bool)


def _is_audience(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(item, str) for item in value))


_NAMES = (("alg", str), ("kid", str | None))
_TYPES = (("iat", _is_number), ("aud", _is_audience))
