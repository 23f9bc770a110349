"""A token by itself, in any of its wrappings, or some inside a longer text; and what is a token of another kind."""

import base64
import binascii
import re

from console.core.compare import is_guid
from console.core.json.text import visible
from console.core.paste.recognisers.base import FoundToken, Paste, PastedKind, RecognisedPaste
from console.core.paste.recognisers.collecting import Collector, candidates, is_complete
from console.core.tokens.cleaning import is_legal
from console.core.tokens.parse import MAX_CHARACTERS, parse
from console.core.tokens.token import Token, TokenKind

EMPTY_NOTE = "Nothing was pasted: paste a token, a token response, or a whole Authorization line."
OPAQUE_NOTE = (
    "Opaque token: there is nothing to decode. Ask its issuer's introspection or userinfo endpoint what it means."
)
GUID_NOTE = (
    "This has the form of a GUID: of a client, a tenant, an object, or an id to quote. If your provider gave it as a "
    "token, it is an opaque one: there is nothing to decode."
)
PASETO_NOTE = "This is a PASETO token (version {version}, {purpose}), not a JWT: it is named here but not decoded."
SAML_NOTE = (
    "This is a SAML message (XML), not a JWT: it is named here but not parsed. An API behind OAuth does not take it."
)
JWE_NOTE = "Encrypted (JWE, {alg} with {enc}): the content cannot be read without the key. Bytes of its parts: {sizes}."
MULTIPLE_NOTE = "{count} tokens were found and read one by one."
INSIDE_NOTE = "The token was found inside a longer text; the rest was left out."
_PASETO = re.compile(r"v[1-4]\.(local|public)\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?")
_WORD = re.compile(r"[\x21-\x7e]{16,}")
_IN_BASE64 = str.maketrans("+/=", "---")  # not of a compact token, and yet no word beside it
_PRINTED_ANSWER = re.compile(r"<Response \[\d{3}")  # as Python prints it
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


def empty(paste: Paste) -> RecognisedPaste | None:
    return RecognisedPaste(PastedKind.EMPTY, (EMPTY_NOTE,)) if not paste.cleaned.text else None


def saml(paste: Paste) -> RecognisedPaste | None:
    """XML, plain or in base64. Only searched for names: no XML parser sees it."""
    text = paste.text
    xml = text if text.startswith("<") else _from_base64(text)
    if _PRINTED_ANSWER.match(xml):
        return None
    if xml.lstrip().startswith("<") and any(name in xml for name in _SAML_NAMES):
        return RecognisedPaste(PastedKind.SAML, (SAML_NOTE,))
    return None


def _from_base64(text: str) -> str:
    packed = "".join(text.split())
    if not packed.startswith(("PD", "PHN", "PFJ", "PEF", "Cjw", "DQo")):
        return ""
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def paseto(paste: Paste) -> RecognisedPaste | None:
    bare = paste.cleaned.text
    if match := _PASETO.fullmatch(bare):
        return RecognisedPaste(PastedKind.PASETO, (PASETO_NOTE.format(version=bare[:2], purpose=match[1]),))
    return None


def token(paste: Paste) -> RecognisedPaste | None:
    """One token in any of its wrappings."""
    found = parse(paste.text)
    if found.kind not in _KINDS:
        return None
    is_whole = is_complete(found) and is_legal(found.text.translate(_IN_BASE64))
    if not is_legal(paste.text) and _has_several(paste.text, "" if is_whole else found.text):
        return None
    return _of(found)


def _has_several(text: str, first: str) -> bool:
    """Whether two different complete tokens stand in a text, or one beside what was taken for the first."""
    for found in candidates(text):
        if found != first and is_complete(parse(found)):
            if first:
                return True
            first = found
    return False


def _of(found: Token, *notes: str) -> RecognisedPaste:
    if found.kind is TokenKind.JWE:
        notes = (*notes, jwe_note(found))
    return RecognisedPaste(_KINDS[found.kind], (*found.notes, *notes), (FoundToken("", found),))


def jwe_note(found: Token) -> str:
    header = found.header or {}
    sizes = ", ".join(str(len(part.raw or b"")) for part in found.parts)
    return visible(JWE_NOTE.format(alg=header.get("alg"), enc=header.get("enc"), sizes=sizes))


def tokens(paste: Paste) -> RecognisedPaste | None:
    """One or several tokens inside a longer text; when none is complete, what begins like one."""
    collector = Collector()
    collector.scan(paste.text)
    if collector.is_empty:
        for found in candidates(paste.text):
            collector.value(found, "")
    pasted = collector.found(PastedKind.MULTIPLE)
    if not pasted.items:
        return None
    if len(pasted.items) == 1:
        only = pasted.tokens[0]
        return _of(only, INSIDE_NOTE) if only.kind in _KINDS else too_large(only)
    return RecognisedPaste(
        PastedKind.MULTIPLE, (MULTIPLE_NOTE.format(count=len(pasted.items)), *pasted.notes), pasted.items
    )


def too_large(found: Token) -> RecognisedPaste:
    """A token beyond the limit: only that is said."""
    return RecognisedPaste(PastedKind.TOO_LARGE, (found.defects[0].message,), (FoundToken("", found),))


def opaque(paste: Paste) -> RecognisedPaste | None:
    bare = paste.word
    if not _WORD.fullmatch(bare) or not (is_legal(bare) or not set(bare) & set("<>{}[]()\"'")) or "://" in bare:
        return None
    if len(bare) > MAX_CHARACTERS:
        return too_large(parse(bare))
    found = Token(TokenKind.OPAQUE, bare, notes=paste.cleaned.notes)
    preview = f"{bare[:4]}… ({len(bare)} characters)"
    note = GUID_NOTE if is_guid(bare) else OPAQUE_NOTE
    return RecognisedPaste(PastedKind.OPAQUE, (*found.notes, note), (FoundToken("", found),), preview=preview)
