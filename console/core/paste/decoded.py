"""The header and the claims of a token that somebody decoded elsewhere: JSON, what a program printed, or rows.

Decoders show them in few ways: an object, or two with a word before each (jwt.ms, jwt.io, jwt-cli), an object that
holds both, the dictionary of a program, a list of typ and val (App Service), a row for each claim (.NET, PowerShell).
"""

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from console.core.defect import PartName
from console.core.json.strict import JsonReading, read_text
from console.core.json.text import json_text
from console.core.paste.decoded_rows import Rows, read_pairs, read_rows

MAX_CHARACTERS = 256 * 1024
_CLAIMS = frozenset({
    "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "azp", "appid", "tid", "oid", "scp", "scope", "roles", "client_id",
    "ver", "azpacr", "appidacr", "idtyp", "consumer", "client_amr", "nonce", "auth_time", "cnf", "act", "active",
})  # fmt: skip
_TELLING = frozenset({"iss", "aud", "exp", "sub"})  # of which one is in every token
_WORDS = frozenset({
    "access", "algorithm", "and", "base64", "body", "claim", "claims", "data", "decoded", "header", "id", "in", "json",
    "jws", "jwt", "of", "payload", "section", "signature", "the", "token", "type", "value", "verified", "verify",
    "object", "bearer", "name", "notes", "description", "values", "types",
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+|64")
_STRINGS = r"\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?"
_INSIDE = re.compile(rf"{_STRINGS}|[{{}}]")
# What programs write: strings of either kind, words, and whatever stands between them.
_PIECE = re.compile(rf"{_STRINGS}|[A-Za-z_$][\w$]*|=>|,(?=\s{{0,40}}[}}\]])")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|U([0-9A-Fa-f]{8})|(.))|\"")
_PROGRAM_WORDS = {"True": "true", "False": "false", "None": "null", "undefined": "null", "nil": "null", "=>": ":"}
_JSON_WORDS = frozenset({"true", "false", "null"})
_MOST_OBJECTS = 3  # a header, the claims, and what a decoder says of the signature
# An answer that carries a token, or tells of an error, is read as that answer (RFC 9207 has iss beside an error).
_OF_ANSWERS = frozenset({"access_token", "id_token", "refresh_token", "error", "error_description", "message", "log"})
_HOLDERS = ("payload", "claims", "body", "user_claims")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """`header` is None where only claims were shown. `is_introspected`: it is the answer of an introspection, for a
    token that is active (RFC 7662 section 2.2). `left_out` are claims whose value could not be read.
    """

    header: JsonReading | None
    claims: JsonReading
    is_introspected: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def is_excerpt(self) -> bool:
        """Whether more may stand in the token: an introspection tells what it likes, and every token has an end."""
        return self.is_introspected or bool(self.left_out) or "exp" not in self.claims.value


def decoded_in(text: str) -> DecodedText | None:
    """None for a text that shows no claims of a token, or anything beside them. Never raises."""
    if len(text) > MAX_CHARACTERS or not any(name in text for name in (*_TELLING, "nameidentifier")):
        return None
    if (objects := _objects(text)) is not None:
        return _of_objects(objects)
    if (rows := read_rows(text, _is_label)) is None or len(rows.claims.keys() & _CLAIMS) < 3:
        return None
    header = _written(rows.header, PartName.HEADER) if rows.header else None
    return _of_claims(header, _written(rows.claims, PartName.PAYLOAD), rows.left_out)


def decoded_inside(text: str) -> DecodedText | None:
    """The first object of a longer text that shows claims beyond doubt; None where there is none. Never raises."""
    at = 0
    while len(text) <= MAX_CHARACTERS and (start := text.find("{", at)) >= 0:
        at = _end_of(text, start)
        if at < 0:
            return None
        found = _of_objects([text[start:at]])
        if found is not None and len(found.claims.value.keys() & _CLAIMS) > 2:
            return found
    return None


def _objects(text: str) -> list[str] | None:
    """The outermost objects, of which nothing but names stands outside; None for any other text."""
    if text.startswith('"'):  # members that were copied without the braces around them
        text = f"{{{text.rstrip(', ')}}}"
    found: list[str] = []
    outside: list[str] = []
    at = 0
    while (start := text.find("{", at)) >= 0:
        end = _end_of(text, start)
        if end < 0 or len(found) == _MOST_OBJECTS:
            return None
        outside.append(text[at:start])
        found.append(text[start:end])
        at = end
    outside.append(text[at:])
    return found if found and _is_label(" ".join(outside)) else None


def _end_of(text: str, start: int) -> int:
    depth = 0
    for piece in _INSIDE.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(piece[0], 0)
        if depth == 0:
            return piece.end()
    return -1


def _is_label(text: str) -> bool:
    """Whether it only names what is shown, or draws lines."""
    return len(text) <= 400 and all(word.lower() in _WORDS for word in _WORD.findall(text))


def _of_objects(objects: list[str]) -> DecodedText | None:
    first = _read(objects[0], PartName.PAYLOAD)
    if not first.is_json:
        return None
    if len(objects) == 1:
        return _of_one(first)
    second = _read(objects[1], PartName.PAYLOAD)
    is_header = isinstance(first.value, dict) and bool(first.value.keys() & {"alg", "typ", "kid"})
    return _of_claims(_read(objects[0], PartName.HEADER), second) if is_header else None


def _of_one(reading: JsonReading) -> DecodedText | None:
    """The claims themselves, or an object that holds them, with or without the header."""
    value = reading.value
    if found := _of_claims(None, reading):
        return found
    if not isinstance(value, dict) or any(isinstance(value.get(name), str) for name in _OF_ANSWERS):
        return None
    inner = next((value[name] for name in _HOLDERS if isinstance(value.get(name), dict | list)), None)
    rows = read_pairs(inner) if isinstance(inner, list) else Rows(claims=inner or {})
    header = value.get("header")
    shown = _written(header, PartName.HEADER) if isinstance(header, dict) else None
    return _of_claims(shown, _written(rows.claims, PartName.PAYLOAD), rows.left_out)


def _of_claims(header: JsonReading | None, claims: JsonReading, left_out: Iterable[str] = ()) -> DecodedText | None:
    value = claims.value
    if not claims.is_json or not isinstance(value, dict):
        return None
    named = value.keys() & _CLAIMS
    if len(named) < 2 or not named & _TELLING or value.keys() & _OF_ANSWERS or value.get("active") is False:
        return None
    return DecodedText(header, claims, value.get("active") is True, tuple(left_out))


def _read(text: str, part: PartName) -> JsonReading:
    """JSON, or what a program printed in place of it."""
    reading = read_text(text, part)
    return reading if reading.is_json else read_text(_PIECE.sub(_as_json, text), part)


def _as_json(piece: re.Match[str]) -> str:
    found = piece[0]
    if found[0] in "\"'":
        return f'"{_ESCAPE.sub(_escaped, found[1:-1])}"'
    if found == ",":
        return ""
    return _PROGRAM_WORDS.get(found, found if found in _JSON_WORDS else f'"{found}"')


def _escaped(escape: re.Match[str]) -> str:
    """As JSON writes it: it knows neither quoted apostrophes nor two or eight digits."""
    if escape[1]:
        return f"\\u00{escape[1]}"
    if escape[2]:
        number = int(escape[2], 16)
        return json.dumps(chr(number))[1:-1] if number <= sys.maxunicode else "\ufffd"
    if escape[3] is None:
        return '\\"'
    return escape[3] if escape[3] in "'`" else f"\\{escape[3]}"


def _written(value: dict[str, Any], part: PartName) -> JsonReading:
    return read_text(json_text(value), part)
