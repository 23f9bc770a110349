"""A token that came decoded: its claims, perhaps with its header, and nothing of the text that was signed."""

from typing import Any

from console.core.json.strict import JsonReading
from console.core.tokens.claim_rules import claim_defects
from console.core.tokens.header_rules import jws_defects
from console.core.tokens.token import Token, TokenKind, TokenPart

_LACKING = TokenPart("")


def decoded_token(header: JsonReading | None, claims: JsonReading, *, is_excerpt: bool = False) -> Token:
    """The Token of two objects that were read; `header` is None where it did not come along. Its text is "".

    `is_excerpt` as Token has it.
    """
    fields, members = (None if header is None else _object(header)), _object(claims)
    parts = (_LACKING if header is None else _part(header), _part(claims))
    found = (
        *(header.defects if header is not None else ()),
        *(jws_defects(fields) if fields is not None else ()),
        *claims.defects,
        *(claim_defects(members) if members is not None else ()),
    )
    return Token(TokenKind.DECODED, "", parts, fields, members, found, is_excerpt=is_excerpt)


def _object(reading: JsonReading) -> dict[str, Any] | None:
    return reading.value if reading.is_json and isinstance(reading.value, dict) else None


def _part(reading: JsonReading) -> TokenPart:
    return TokenPart("", None, reading.text, reading.is_json, reading.value, reading.repeated)
