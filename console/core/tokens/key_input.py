"""Keys that somebody gives by hand to verify a signature: key sets, public keys and certificates in their usual forms.

Nothing is fetched. Of a private key only the public half is read; a shared secret is taken only when it is called one.
"""

import base64
import binascii
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from console.core.json import strict as strict_json
from console.core.json.text import shorten
from console.core.tokens import base64url
from console.core.tokens.key_files import PublicKeys, Unreadable, read_der, read_pem
from console.core.tokens.keys import MAX_CHARACTERS, KeySet, read_jwks
from console.core.tokens.parse import parse
from console.core.tokens.token import TokenKind

PRIVATE_NOTE = (
    "A PRIVATE KEY WAS PASTED. Only its public half is used, and nothing of it is kept; but whoever has seen it can "
    "sign as its owner: never paste private keys anywhere, and replace this one if it is in use."
)
_SECRET_NOTE = (
    "The text is used as a shared secret (HMAC): whoever knows it can sign such tokens, so keep it to yourself."
)
_LEFT_OUT = "A shared secret (kty oct) was left out: say that it is a shared secret if the token is signed with one."
_MAY_BE_BASE64 = "If no signature fits, the secret may be the base64 form of the real one: try that too."


class SharedSecret(StrEnum):
    """Whether the person says that the text is a shared secret, and in which form it stands."""

    NONE = "none"
    TEXT = "text"
    BASE64 = "base64"


@dataclass(frozen=True, slots=True)
class GivenKeys:
    """`keyset` is None when there is none to use; `problem` is then one sentence. `what` says what was read.

    `jwks_uri` is filled when an issuer's metadata was pasted in place of its keys.
    """

    keyset: KeySet | None = None
    what: str = ""
    notes: tuple[str, ...] = ()
    problem: str = ""
    jwks_uri: str = ""


def read_keys(given: str | bytes, *, secret: SharedSecret = SharedSecret.NONE) -> GivenKeys:
    """The keys in a pasted text or an uploaded file. Never raises, for any text or bytes."""
    if len(given) > MAX_CHARACTERS:
        return GivenKeys(problem=f"This has {len(given)} characters; the limit is {MAX_CHARACTERS}.")
    if isinstance(given, bytes):
        decoded = _as_text(given)
        return _from_found(read_der(given)) if decoded is None else read_keys(decoded, secret=secret)
    text = given.lstrip("\ufeff")
    if not text.strip():
        return GivenKeys(problem="No key was given.")
    return _read_secret(text, secret) if secret is not SharedSecret.NONE else _read_text(text.strip())


def _as_text(given: bytes) -> str | None:
    """None for a binary file; what Windows saves as UTF-16 is text."""
    if given[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return given.decode("utf-16", "replace")
    try:
        text = given.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _read_text(text: str) -> GivenKeys:
    if text.startswith(("{", "[")):
        return _read_json(text)
    if "-----BEGIN" in text:
        return _from_found(read_pem(text))
    if text.startswith("MI") and (der := _unarmoured(text)) is not None:
        return _from_found(read_der(der))
    return GivenKeys(problem=_what_else(text))


def _unarmoured(text: str) -> bytes | None:
    """DER whose PEM lines were left out, as in x5c and in metadata of federations."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def _what_else(text: str) -> str:
    """What a text that holds no key is instead."""
    if parse(text).kind in (TokenKind.JWS, TokenKind.UNSECURED, TokenKind.JWE):
        return "This is a token, not a key: paste the issuer's key set, public key or certificate here."
    if text.startswith(("http://", "https://")):
        return "This is an address; nothing is fetched from here: open it and paste what it shows."
    if text.startswith(("ssh-", "ecdsa-sha2-")):
        return "This is a public key in SSH form: convert it to PEM (ssh-keygen -e -m PKCS8)."
    if text.startswith("<"):
        return "This is a web page or XML, not a key: paste the key set (JSON), public key or certificate (PEM)."
    return "No key is recognised in this: paste a key set or key (JSON), or a public key or certificate (PEM or DER)."


def _read_json(text: str) -> GivenKeys:
    reading = strict_json.read_text(text)
    value = reading.value
    if reading.is_json and isinstance(value, dict) and "keys" not in value and "kty" not in value:
        return _no_keys(value)
    keyset = read_jwks(text)
    if not keyset.keys:
        return GivenKeys(problem=keyset.defects[-1].message if keyset.defects else "The key set holds no keys.")
    notes = (PRIVATE_NOTE,) if any(key.is_private for key in keyset.keys) else ()
    if any(key.is_symmetric for key in keyset.keys):
        keyset = _without_shared(keyset)
        notes = (*notes, _LEFT_OUT)
        if not keyset.keys:
            return GivenKeys(problem=_LEFT_OUT)
    return GivenKeys(keyset, _count(len(keyset.keys)), notes)


def _without_shared(keyset: KeySet) -> KeySet:
    kept = tuple(key for key in keyset.keys if not key.is_symmetric)
    return KeySet(kept, tuple(defect for defect in keyset.defects if defect.code != "symmetric-key"))


def _count(number: int) -> str:
    return "one key" if number == 1 else f"a set of {number} keys"


def _no_keys(value: dict[str, Any]) -> GivenKeys:
    """JSON that is no key set: most often the issuer's metadata, which only says where the keys are."""
    address = value.get("jwks_uri")
    if isinstance(address, str):
        shown = shorten(address, 300)
        problem = (
            f"This is the issuer's metadata, not its keys; they are at {shown}: open that and paste what it shows."
        )
        return GivenKeys(problem=problem, jwks_uri=address)
    if isinstance(value.get("issuer"), str):
        return GivenKeys(problem="This is an issuer's metadata, not its keys, and it does not say where they are.")
    return GivenKeys(problem="This JSON holds no keys: a key set has a list named keys, a key has kty.")


def _from_found(found: PublicKeys | Unreadable) -> GivenKeys:
    if isinstance(found, Unreadable):
        return GivenKeys(problem=found.problem)
    notes = (PRIVATE_NOTE, *found.notes) if found.is_private else found.notes
    return GivenKeys(read_jwks({"keys": list(found.jwks)}), found.what, notes)


def _read_secret(text: str, secret: SharedSecret) -> GivenKeys:
    """A shared secret, as JWK, as text or in base64; never what is in truth a public key (RFC 8725 section 2.1)."""
    stripped = text.strip()
    if stripped.startswith("{"):
        keyset = read_jwks(stripped)
        if keyset.keys:
            return _shared_only(keyset)
    if "-----BEGIN" in text:
        return GivenKeys(
            problem="This is a key or certificate in PEM form, not a shared secret: do not mark it as one."
        )
    raw = stripped.encode("utf-8", "surrogatepass")
    notes: tuple[str, ...] = (_SECRET_NOTE,)
    if secret is SharedSecret.BASE64:
        decoded = base64url.decode(stripped.rstrip("=").translate(str.maketrans("+/", "-_")))
        if not decoded.raw or "not-base64url" in decoded.problems or "base64-length" in decoded.problems:
            return GivenKeys(problem="This is no base64 text; if it is the secret itself, give it as text.")
        raw = decoded.raw
    elif not base64url.decode(stripped.rstrip("=")).problems and len(stripped) >= 24:
        notes = (*notes, _MAY_BE_BASE64)
    keyset = read_jwks({"keys": [{"kty": "oct", "k": base64url.encode(raw)}]})
    return GivenKeys(replace(keyset, defects=(), is_secret=True), f"a shared secret of {len(raw)} bytes", notes)


def _shared_only(keyset: KeySet) -> GivenKeys:
    kept = tuple(key for key in keyset.keys if key.is_symmetric)
    if not kept:
        return GivenKeys(problem="This JSON holds no shared secret (kty oct): do not mark it as one.")
    return GivenKeys(KeySet(kept, is_secret=True), f"a shared secret of {kept[0].bits // 8} bytes", (_SECRET_NOTE,))
