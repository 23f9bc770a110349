"""What should not have been pasted: private keys and secrets. Neither is kept, shown or stored."""

import re
from typing import Any

from console.core.paste.recognisers.base import Paste, PastedKind, RecognisedPaste
from console.core.redaction.names import SECRET_NAMES
from console.core.redaction.shapes import CLIENT_SECRET, SHAPES
from console.core.tokens import base64url

SECRET_NOTE = (
    "This looks like a client secret, not a token. It was neither stored nor shown again; "
    "if others can see where it was pasted from, replace it at the identity provider."
)
KEY_NOTE = (
    "This is a private key. It was neither stored nor shown again; if others can see where it came from, replace it."
)
OTHER_NOTE = (
    "This looks like {what}, not a token. It was neither stored nor shown again; "
    "if others can see where it was pasted from, replace it."
)
_CONNECTION = re.compile(r"(?i)(?:^|;)(?:AccountKey|SharedAccessKey|SharedAccessSignature|Password|Pwd)=[^;\s]{6,}")
_NAMED = re.compile(
    r"(?i)[\"']?([A-Za-z_-]{0,40}(?:client[ _-]?secret|subscription[ _-]?key|api[ _-]?key|password))[\"']?"
    r"[ \t]{0,8}[:=][ \t]{0,8}[\"']?\S{8,200}[\"']?,?"
)
_BASIC = re.compile(
    r"(?i)(?:(?:proxy-)?authorization[ \t]{0,8}[:=][ \t]{0,8})?[\"']?"
    r"basic {1,4}(?P<packed>[A-Za-z0-9+/_-]{6,4000}={0,2})[\"']?,?"
)
_OF_URLS = str.maketrans("+/", "-_")
_PRIVATE_MEMBERS = frozenset({"d", "k"})


def private_key(paste: Paste) -> RecognisedPaste | None:
    text = paste.text
    if ("-----BEGIN" in text and "PRIVATE KEY-----" in text) or _has_private_jwk(paste):
        return RecognisedPaste(PastedKind.PRIVATE_KEY, (KEY_NOTE,), is_sensitive=True)
    return None


def _has_private_jwk(paste: Paste) -> bool:
    """A JWK or a key set with a private or shared key (RFC 7517)."""
    if '"kty"' not in paste.text:
        return False
    value = paste.value
    keys = value.get("keys", [value]) if isinstance(value, dict) else value
    return isinstance(keys, list) and any(_is_private(key) for key in keys[:100])


def _is_private(key: Any) -> bool:
    return isinstance(key, dict) and "kty" in key and bool(_PRIVATE_MEMBERS & key.keys())


def secret(paste: Paste) -> RecognisedPaste | None:
    """A secret alone, a connection string, or JSON and lines that name a secret and hold nothing else."""
    if CLIENT_SECRET.fullmatch(paste.word):
        return _sensitive(SECRET_NOTE)
    for shape, what in SHAPES:
        if shape.fullmatch(paste.word):
            return _sensitive(OTHER_NOTE.format(what=what))
    if "\n" not in paste.text and _CONNECTION.search(paste.text):
        return _sensitive(OTHER_NOTE.format(what="a connection string with a key"))
    if (found := _BASIC.fullmatch(paste.text)) and _has_password(found["packed"]):
        return _sensitive(OTHER_NOTE.format(what="a name and its password (the scheme Basic, RFC 7617)"))
    if _names_secret(paste):
        return _sensitive(OTHER_NOTE.format(what="a secret with its name"))
    return None


def _has_password(packed: str) -> bool:
    raw = base64url.decode(packed.translate(_OF_URLS).rstrip("=")).raw or b""
    return bool(raw.partition(b":")[2])


def _names_secret(paste: Paste) -> bool:
    value = paste.value
    if isinstance(value, dict):
        return any(name.lower() in SECRET_NAMES and isinstance(item, str) and item for name, item in value.items())
    return len(paste.text) < 400 and _NAMED.fullmatch(paste.text) is not None


def _sensitive(note: str) -> RecognisedPaste:
    return RecognisedPaste(PastedKind.SECRET, (note,), is_sensitive=True)
