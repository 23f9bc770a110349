"""Keys that a policy brings itself: symmetric ones, modulus and exponent, and uploaded certificates."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from console.core.policy.text.document import Element
from console.core.policy.token.matching import is_placeholder
from console.core.tokens import base64url
from console.core.tokens.keys import KeySet, read_jwks
from console.core.tokens.pem import blocks


@dataclass(frozen=True, slots=True, repr=False)
class InlineKey:
    """Keys of one `key` element. `names` are what else a token's kid or x5t may call a certificate, in lower case."""

    keyset: KeySet
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateKey:
    """A `key` element that names an uploaded certificate; `kid` is its own id attribute, "" when it has none."""

    certificate_id: str
    kid: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class KeyList:
    """The `key` elements of one list. `secrets` are base64url; `needs` name what is not to be read here."""

    keys: tuple[InlineKey, ...] = ()
    certificates: tuple[CertificateKey, ...] = ()
    secrets: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    is_there: bool = False


NO_KEYS = KeyList()


def holds_secret(element: Element) -> bool:
    """Whether a list of keys has one in its text, so that nothing of it should be kept longer than needed."""
    return any(child.text for child in element.children)


def read_key_list(element: Element | None) -> KeyList:
    """The keys of `issuer-signing-keys` or `decryption-keys`."""
    if element is None:
        return NO_KEYS
    keys: list[InlineKey] = []
    certificates: list[CertificateKey] = []
    secrets: list[str] = []
    needs: list[str] = []
    for number, child in enumerate(element.children, 1):
        read = _read(child) if child.name == "key" else f"{element.name}/{child.name}"
        if isinstance(read, CertificateKey):
            certificates.append(read)
        elif isinstance(read, InlineKey):
            keys.append(read)
            secrets += [key.material["k"] for key in read.keyset.keys if key.is_symmetric]
        else:
            needs.append(read or f"{element.name}: a readable key number {number}")
    return KeyList(tuple(keys), tuple(certificates), tuple(secrets), tuple(needs), is_there=True)


def _read(key: Element) -> InlineKey | CertificateKey | str:
    """The key; the text that only the gateway's runtime knows; "" when it cannot be read."""
    values = (*(key.attribute(name) or "" for name in ("certificate-id", "id", "n", "e")), key.text)
    if placeholder := next(filter(is_placeholder, values), None):
        return placeholder
    certificate_id, kid, modulus, exponent, text = values
    if certificate_id:
        return CertificateKey(certificate_id, kid)
    if modulus and exponent:
        return _made({"kty": "RSA", "n": modulus, "e": exponent, "kid": kid})
    secret = decoded(text)
    return _made({"kty": "oct", "k": base64url.encode(secret), "kid": kid}) if secret else ""


def _made(jwk: dict[str, str]) -> InlineKey | str:
    keyset = read_jwks(jwk)
    return InlineKey(keyset) if keyset.keys and keyset.keys[0].bits else ""


def decoded(text: str) -> bytes:
    """The bytes of a Base64 key as .NET reads it: white space is passed over, padding is needed. Empty: it is none."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def certificate_keys(
    wanted: tuple[CertificateKey, ...], certificates: Mapping[str, str]
) -> tuple[tuple[InlineKey, ...], tuple[str, ...]]:
    """The public keys of the certificates that were given, and the ids of the others."""
    found: list[InlineKey] = []
    needs: list[str] = []
    for one in wanted:
        made = _public_key(_public_part(certificates.get(one.certificate_id, "")), one.kid)
        if made is None:
            needs.append(one.certificate_id)
        else:
            found.append(made)
    return tuple(found), tuple(needs)


def _public_part(pem: str) -> str:
    """The certificates in a PEM text; all its blocks when there is none: the public half of a private key will do."""
    found = tuple(blocks(pem))
    certificates = tuple(block for label, block in found if label == "CERTIFICATE")
    return "\n".join(certificates or (block for _, block in found))


def _public_key(pem: str, kid: str) -> InlineKey | None:
    return _from_pem(pem, kid) if "PRIVATE" in pem else _from_certificate(pem, kid)


def _from_pem(pem: str, kid: str) -> InlineKey | None:
    from console.core.tokens.key_files import PublicKeys, read_pem  # here, for what it loads: few policies name one

    read = read_pem(pem)
    if not isinstance(read, PublicKeys):
        return None
    return InlineKey(read_jwks({"keys": [{**jwk, "kid": kid} for jwk in read.jwks]}), _names(pem))


# Reading a certificate costs more than a signature; what is kept here is public.
_from_certificate = lru_cache(maxsize=64)(_from_pem)


def _names(pem: str) -> tuple[str, ...]:
    from console.core.tokens.certificates import facts_of  # likewise

    try:
        facts = facts_of(pem)
    except ValueError:
        return ()
    return (facts.sha1.lower(), facts.x5t.lower())


def private_blocks(pem: str) -> tuple[str, ...]:
    """The private keys in a PEM text that need no password."""
    return tuple(block for label, block in blocks(pem) if "PRIVATE KEY" in label and "ENCRYPTED" not in block)
