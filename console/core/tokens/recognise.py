"""What a person pasted. An ordered tuple of small recognisers; the first that answers wins."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from console.core.tokens import strict_json
from console.core.tokens.cleaning import clean, is_legal
from console.core.tokens.parse import MAX_CHARACTERS, parse
from console.core.tokens.text import visible
from console.core.tokens.token import Token, TokenKind


class PastedKind(StrEnum):
    JWS = "jws"
    UNSECURED = "unsecured"
    JWE = "jwe"
    OPAQUE = "opaque"
    SAML = "saml"
    PASETO = "paseto"
    TOKEN_RESPONSE = "token_response"
    TOKEN_ERROR = "token_error"
    CURL = "curl"
    HAR = "har"
    HTTP_MESSAGE = "http_message"
    GATEWAY_TRACE = "gateway_trace"
    WWW_AUTHENTICATE = "www_authenticate"
    COOKIE = "cookie"
    URL = "url"
    SECRET = "secret"
    PRIVATE_KEY = "private_key"
    MULTIPLE = "multiple"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FoundToken:
    """A token inside something else; `label` is the member it stood in (access_token, id_token), "" when unnamed."""

    label: str
    token: Token


@dataclass(frozen=True, slots=True)
class Pasted:
    """What the text is. `notes` are sentences for the reader. The text itself is not kept: `preview` is at most a hint.

    `items` are the tokens found, with where they stood. `value` is decoded JSON, tokens masked, or None.
    `is_sensitive`: the text must be neither stored nor echoed (a secret, a private key).
    """

    kind: PastedKind
    notes: tuple[str, ...] = ()
    items: tuple[FoundToken, ...] = ()
    preview: str = ""
    value: Any = None
    is_sensitive: bool = False

    @property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(item.token for item in self.items)


_TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]{6,}[A-Za-z0-9_.=-]*")
_PASETO = re.compile(r"v[1-4]\.(local|public)\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?")
_CLIENT_SECRET = re.compile(r"[A-Za-z0-9_.~-]{0,6}Q~[A-Za-z0-9_.~-]{26,40}")
_WORD = re.compile(r"[\x21-\x7e]{16,}")
_TOKEN_MEMBERS = ("access_token", "id_token", "refresh_token")
_SAML_NAMES = (
    "urn:oasis:names:tc:SAML",
    ":Response",
    ":Assertion",
    "<Assertion",
    "<Response",
    ":AuthnRequest",
    ":LogoutRe",
)
_KINDS = {TokenKind.JWS: PastedKind.JWS, TokenKind.UNSECURED: PastedKind.UNSECURED, TokenKind.JWE: PastedKind.JWE}
_MAX_ITEMS = 20

EMPTY_NOTE = "Nothing was pasted: paste a token, a token response, or a whole Authorization line."
OPAQUE_NOTE = (
    "Opaque token: there is nothing to decode. Ask its issuer's introspection or userinfo endpoint what it means."
)
SECRET_NOTE = (
    "This looks like a client secret, not a token. It was neither stored nor shown again; "
    "if others can see where it was pasted from, replace it at the identity provider."
)
KEY_NOTE = (
    "This is a private key. It was neither stored nor shown again; if others can see where it came from, replace it."
)
PASETO_NOTE = "This is a PASETO token (version {version}, {purpose}), not a JWT: it is named here but not decoded."
SAML_NOTE = (
    "This is a SAML message (XML), not a JWT: it is named here but not parsed. An API behind OAuth does not take it."
)
JWE_NOTE = "Encrypted (JWE, {alg} with {enc}): the content cannot be read without the key. Bytes of its parts: {sizes}."
JSON_FORM_NOTE = "This is the JSON form of a signed token (RFC 7515 section 7.2); a JWT is always in the compact form."
UNKNOWN_NOTE = (
    "Nothing here is recognised as a token. Paste the token itself, or the whole line or response it came in."
)
MULTIPLE_NOTE = "{count} tokens were found and read one by one."
INSIDE_NOTE = "The token was found inside a longer text; the rest was left out."


def recognise(text: str) -> Pasted:
    """What was pasted, and the tokens in it. Never raises, for any text."""
    if len(text) > MAX_CHARACTERS:
        token = parse(text)
        return Pasted(PastedKind.TOO_LARGE, (token.defects[0].message,), (FoundToken("", token),))
    bare = text.strip("\ufeff \t\r\n")
    for recogniser in RECOGNISERS:
        if pasted := recogniser(bare):
            return pasted
    return Pasted(PastedKind.UNKNOWN, (UNKNOWN_NOTE,))


def _empty(text: str) -> Pasted | None:
    return Pasted(PastedKind.EMPTY, (EMPTY_NOTE,)) if not clean(text).text else None


def _private_key(text: str) -> Pasted | None:
    if ("-----BEGIN" in text and "PRIVATE KEY-----" in text) or _is_private_jwk(text):
        return Pasted(PastedKind.PRIVATE_KEY, (KEY_NOTE,), is_sensitive=True)
    return None


def _is_private_jwk(text: str) -> bool:
    if not text.startswith("{") or '"kty"' not in text:
        return False
    reading = strict_json.read_text(text)
    value = reading.value
    return isinstance(value, dict) and "kty" in value and ("d" in value or "k" in value)


def _json(text: str) -> Pasted | None:
    """A token response, a token error, or the JSON form of a JWS. JSON is never split at its dots."""
    if not text.startswith("{"):
        return None
    value = strict_json.read_text(text).value
    if not isinstance(value, dict):
        return None
    if any(isinstance(value.get(name), str) for name in _TOKEN_MEMBERS):
        return _token_response(value)
    if isinstance(value.get("error"), str):
        return Pasted(PastedKind.TOKEN_ERROR, value=value)
    if "payload" in value and ("signatures" in value or "signature" in value):
        return Pasted(PastedKind.UNKNOWN, (JSON_FORM_NOTE,))
    return None


def _token_response(value: dict[str, Any]) -> Pasted:
    items = []
    for name in _TOKEN_MEMBERS[:2]:
        if isinstance(value.get(name), str):
            items.append(FoundToken(name, parse(value[name])))
    notes = tuple(OPAQUE_NOTE for item in items if item.token.kind is TokenKind.OPAQUE)
    masked = {name: "***" if name in _TOKEN_MEMBERS else member for name, member in value.items()}
    return Pasted(PastedKind.TOKEN_RESPONSE, notes, tuple(items), value=masked)


def _saml(text: str) -> Pasted | None:
    """XML, plain or in base64. Only searched for names: no XML parser sees it."""
    xml = text if text.startswith("<") else _from_base64(text)
    if xml.lstrip().startswith("<") and any(name in xml for name in _SAML_NAMES):
        return Pasted(PastedKind.SAML, (SAML_NOTE,))
    return None


def _from_base64(text: str) -> str:
    packed = "".join(text.split())
    if not packed.startswith(("PD", "PHN", "PFJ", "PEF", "Cjw", "DQo")):
        return ""
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _paseto(text: str) -> Pasted | None:
    bare = clean(text).text
    if match := _PASETO.fullmatch(bare):
        return Pasted(PastedKind.PASETO, (PASETO_NOTE.format(version=bare[:2], purpose=match[1]),))
    return None


def _token(text: str) -> Pasted | None:
    """One token in any of its wrappings."""
    token = parse(text)
    if token.kind not in _KINDS or (not is_legal(text) and sum(map(_is_complete, _found(text))) > 1):
        return None
    return _of(token)


def _is_complete(token: Token) -> bool:
    """Whether a token stands for itself: a line of a wrapped token may begin like one, but has no header of its own."""
    return len(token.parts) >= 3 and token.header is not None and "alg" in token.header


def _of(token: Token, *notes: str) -> Pasted:
    if token.kind is TokenKind.JWE:
        notes = (*notes, _jwe_note(token))
    return Pasted(_KINDS[token.kind], (*token.notes, *notes), (FoundToken("", token),))


def _jwe_note(token: Token) -> str:
    header = token.header or {}
    sizes = ", ".join(str(len(part.raw or b"")) for part in token.parts)
    return visible(JWE_NOTE.format(alg=header.get("alg"), enc=header.get("enc"), sizes=sizes))


def _tokens(text: str) -> Pasted | None:
    """One or several tokens inside a longer text."""
    found = list(_found(text))
    found = (list(filter(_is_complete, found)) or found)[:_MAX_ITEMS]
    if not found:
        return None
    if len(found) == 1:
        return _of(found[0], INSIDE_NOTE)
    note = MULTIPLE_NOTE.format(count=len(found))
    return Pasted(PastedKind.MULTIPLE, (note,), tuple(FoundToken("", token) for token in found))


def _found(text: str) -> Iterator[Token]:
    seen: set[str] = set()
    for match in _TOKEN.finditer(text):
        candidate = match.group().rstrip(".") if match.group().count(".") > 2 else match.group()
        if candidate in seen or "." not in candidate:
            continue
        seen.add(candidate)
        token = parse(candidate)
        if token.kind in _KINDS:
            yield token


def _secret(text: str) -> Pasted | None:
    return (
        Pasted(PastedKind.SECRET, (SECRET_NOTE,), is_sensitive=True)
        if _CLIENT_SECRET.fullmatch(_single(text))
        else None
    )


def _opaque(text: str) -> Pasted | None:
    bare = _single(text)
    if not _WORD.fullmatch(bare) or not (is_legal(bare) or not set(bare) & set("<>{}[]()\"'")) or "://" in bare:
        return None
    token = Token(TokenKind.OPAQUE, bare, notes=clean(text).notes)
    preview = f"{bare[:4]}… ({len(bare)} characters)"
    return Pasted(PastedKind.OPAQUE, (*token.notes, OPAQUE_NOTE), (FoundToken("", token),), preview=preview)


def _single(text: str) -> str:
    """The text without its wrapping when it is one word, else ""."""
    cleaned = clean(text)
    return cleaned.stripped if cleaned.stripped == cleaned.text else ""


RECOGNISERS: tuple[Callable[[str], Pasted | None], ...] = (
    _empty, _private_key, _json, _saml, _paseto, _token, _tokens, _secret, _opaque,
)  # fmt: skip
