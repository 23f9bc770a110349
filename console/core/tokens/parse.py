"""Any text to a Token (RFC 7515, 7516, 7519): tolerant, capped, never raising; no part hides another."""

from typing import Any

from console.core.defect import Defect, PartName
from console.core.json import strict as strict_json
from console.core.tokens import base64url
from console.core.tokens.claim_rules import claim_defects
from console.core.tokens.cleaning import Cleaned, clean
from console.core.tokens.header_rules import is_unsecured, jwe_defects, jws_defects, signature_defect
from console.core.tokens.times import json_type
from console.core.tokens.token import Token, TokenKind, TokenPart

MAX_CHARACTERS = 256 * 1024
_JSON_OPENINGS = ("{", "[")


def parse(text: str) -> Token:
    """The token in a text. Never raises, for any text.

    Too long: kind TOO_LARGE, nothing kept. No token shape: OPAQUE (or EMPTY), `text` is the text without its wrapping.
    """
    if len(text) > MAX_CHARACTERS:
        message = (
            f"The text has {len(text)} characters; the limit is {MAX_CHARACTERS} (256 KB), so nothing of it was read."
        )
        return Token(TokenKind.TOO_LARGE, "", defects=(Defect("too-large", PartName.TOKEN, message),))
    cleaned = clean(text)
    if not cleaned.text:
        return Token(TokenKind.EMPTY, "", notes=cleaned.notes)
    if cleaned.stripped.startswith(_JSON_OPENINGS):
        return Token(TokenKind.OPAQUE, cleaned.stripped, notes=cleaned.notes)
    return _compact(cleaned) or Token(TokenKind.OPAQUE, cleaned.stripped, notes=cleaned.notes)


def _compact(cleaned: Cleaned) -> Token | None:
    """The compact serialization; None when the text is none."""
    encoded, _, rest = cleaned.text.partition(".")
    header, defects = _json_part(encoded, PartName.HEADER)
    fields = header.value if isinstance(header.value, dict) and header.is_json else None
    dots = cleaned.text.count(".")
    if dots == 4 and fields is not None and "enc" in fields:
        return _jwe(cleaned, header, defects)
    if fields is not None and fields.get("b64") is False and dots >= 2:
        return _jws(cleaned, header, defects, split=rest.rpartition("."))
    if dots == 0:
        return _header_alone(cleaned, header, defects, fields)
    if dots > 2:
        return _too_many_parts(cleaned, header, defects, fields)
    return _jws(cleaned, header, defects, split=rest.partition("."))


def _json_part(encoded: str, name: PartName) -> tuple[TokenPart, list[Defect]]:
    """A part that should be base64url of a JSON object, and what is wrong with it."""
    decoding = base64url.decode(encoded)
    defects = _encoding_defects(decoding, name)
    if not decoding.raw:
        message = f"The {name} is empty." if not encoded else f"The {name} cannot be decoded."
        code = "not-json" if encoded else f"{name}-missing"
        return TokenPart(encoded, decoding.raw), [*defects, Defect(code, name, message)]
    reading = strict_json.read(decoding.raw, name)
    part = TokenPart(encoded, decoding.raw, reading.text, reading.is_json, reading.value, reading.repeated)
    defects += reading.defects
    if reading.is_json and not isinstance(reading.value, dict):
        code = "not-a-claims-object" if name is PartName.PAYLOAD else "not-a-header-object"
        what = "a claims object" if name is PartName.PAYLOAD else "a header object"
        defects.append(Defect(code, name, f"The {name} is not {what} but {json_type(reading.value)}."))
    return part, defects


def _encoding_defects(decoding: base64url.Decoding, name: PartName) -> list[Defect]:
    return [Defect(code, name, base64url.MESSAGES[code].format(part=name.value)) for code in decoding.problems]


def _fields(part: TokenPart) -> dict[str, Any] | None:
    return part.value if part.is_json and isinstance(part.value, dict) else None


def _jws(cleaned: Cleaned, header: TokenPart, defects: list[Defect], *, split: tuple[str, str, str]) -> Token | None:
    """A signed or unsecured token of two or three parts; None when neither header nor payload is a JSON object."""
    body, dot, tail = split
    fields = _fields(header)
    if fields is not None and fields.get("b64") is False:
        payload, payload_defects = _unencoded(body)
    else:
        payload, payload_defects = _json_part(body, PartName.PAYLOAD)
    claims = _fields(payload)
    if not _looks_like_jws(cleaned.text, header, fields, claims):
        return None
    parts: tuple[TokenPart, ...] = (header, payload)
    found = [*defects, *(jws_defects(fields) if fields is not None else ()), *payload_defects]
    if claims is not None:
        found += claim_defects(claims)
    alg = fields.get("alg") if fields is not None else None
    if dot:
        signature, signature_defects = _signature(tail, alg)
        parts, found = (*parts, signature), [*found, *signature_defects]
    else:
        found.append(
            Defect("signature-missing", PartName.SIGNATURE, "The signature part is missing: the token has two parts.")
        )
    if cleaned.has_inner_blanks:
        found.append(_inner_blanks())
    kind = TokenKind.UNSECURED if is_unsecured(alg) else TokenKind.JWS
    return Token(kind, cleaned.text, parts, fields, claims, tuple(found), cleaned.notes)


def _unencoded(body: str) -> tuple[TokenPart, list[Defect]]:
    """A payload that is not base64url (RFC 7797): shown as it stands."""
    return TokenPart(body, text=body), []


def _looks_like_jws(text: str, header: TokenPart, fields: dict[str, Any] | None, claims: dict[str, Any] | None) -> bool:
    """One readable object is enough; two unreadable ones are a token only when it begins like every JSON object."""
    return fields is not None or claims is not None or text.startswith("eyJ") or (header.is_json and header.raw != b"")


def _signature(encoded: str, alg: Any) -> tuple[TokenPart, list[Defect]]:
    decoding = base64url.decode(encoded)
    part = TokenPart(encoded, decoding.raw)
    defects = _encoding_defects(decoding, PartName.SIGNATURE)
    size = len(decoding.raw or b"")
    if is_unsecured(alg):
        if size:
            message = f"The signature part ({size} bytes) is meaningless: alg none signs nothing."
            defects.append(Defect("signature-meaningless", PartName.SIGNATURE, message))
    elif not encoded:
        defects.append(Defect("signature-missing", PartName.SIGNATURE, "The signature part is missing: it is empty."))
    elif problem := signature_defect(alg, decoding.raw or b""):
        defects.append(problem)
    return part, defects


def _inner_blanks() -> Defect:
    message = "Blanks stood inside the token; they were removed to show it, but a verifier would reject it as it was."
    return Defect("white-space-inside", PartName.TOKEN, message)


def _jwe(cleaned: Cleaned, header: TokenPart, defects: list[Defect]) -> Token:
    """An encrypted token: only the header can be read."""
    parts = [header]
    found = [*defects, *jwe_defects(header.value)]
    for encoded in cleaned.text.split(".")[1:]:
        decoding = base64url.decode(encoded)
        found += _encoding_defects(decoding, PartName.TOKEN)
        parts.append(TokenPart(encoded, decoding.raw))
    if cleaned.has_inner_blanks:
        found.append(_inner_blanks())
    return Token(TokenKind.JWE, cleaned.text, tuple(parts), header.value, None, tuple(found), cleaned.notes)


def _header_alone(
    cleaned: Cleaned, header: TokenPart, defects: list[Defect], fields: dict[str, Any] | None
) -> Token | None:
    """A text without dots is a token only when it is a header: what is left when the rest was cut off."""
    if fields is None or "alg" not in fields:
        return None
    found = [*defects, *jws_defects(fields)]
    found.append(Defect("payload-missing", PartName.PAYLOAD, "The payload is missing: only a header was pasted."))
    found.append(
        Defect("signature-missing", PartName.SIGNATURE, "The signature part is missing: only a header was pasted.")
    )
    kind = TokenKind.UNSECURED if is_unsecured(fields["alg"]) else TokenKind.JWS
    return Token(kind, cleaned.text, (header,), fields, None, tuple(found), cleaned.notes)


def _too_many_parts(
    cleaned: Cleaned, header: TokenPart, defects: list[Defect], fields: dict[str, Any] | None
) -> Token | None:
    """Three or more than four dots: shown as far as it goes when the header is readable."""
    if fields is None or not fields.keys() & {"alg", "enc"}:
        return None
    payload, payload_defects = _json_part(cleaned.text.split(".", 2)[1], PartName.PAYLOAD)
    count = cleaned.text.count(".") + 1
    message = f"The token has {count} parts: a signed token has 3, an encrypted one 5."
    found = [*defects, *jws_defects(fields), Defect("wrong-number-of-parts", PartName.TOKEN, message), *payload_defects]
    claims = _fields(payload)
    return Token(TokenKind.JWS, cleaned.text, (header, payload), fields, claims, tuple(found), cleaned.notes)
