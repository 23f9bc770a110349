"""Public keys and certificates in PEM or DER form, as JWKs (RFC 7468, RFC 5280). Of a private key, the public half."""

from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    load_der_private_key,
    load_der_public_key,
    load_pem_private_key,
    load_pem_public_key,
)
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm
from jwt.exceptions import PyJWTError

from console.core.json.text import shorten
from console.core.tokens.pem import blocks

MAX_BLOCKS = 20
MAX_BLOCK = 16 * 1024
_UNUSED = "A key of this type is not used for token signatures; RSA, EC and Edwards keys are."
_TOO_LARGE = "The key or certificate is larger than {limit} KB, so it was not read."
_ERRORS = (ValueError, TypeError, UnsupportedAlgorithm, PyJWTError)


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """Public keys as JWKs without kid: a verifier tries each. `what` names the form, `notes` are for people."""

    jwks: tuple[dict[str, Any], ...]
    what: str
    notes: tuple[str, ...] = ()
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """`problem` is one sentence."""

    problem: str


def read_pem(text: str) -> PublicKeys | Unreadable:
    """The keys of a PEM text; certificates win over keys when both are there. Never raises."""
    found = [*blocks(text)]
    if not found:
        return Unreadable("The PEM text is cut off: its END line does not match its BEGIN line.")
    if len(found) > MAX_BLOCKS:
        return Unreadable(f"The text holds {len(found)} PEM blocks; more than {MAX_BLOCKS} are not read.")
    if any(len(block) > MAX_BLOCK for _, block in found):
        return Unreadable(_TOO_LARGE.format(limit=MAX_BLOCK // 1024))
    certificates = [block for label, block in found if "CERTIFICATE" in label and "REQUEST" not in label]
    has_private = any("PRIVATE" in label for label, _ in found)
    if certificates:
        return _certificates(certificates, is_private=has_private)
    return _keys_of(found)


def read_der(data: bytes) -> PublicKeys | Unreadable:
    """The key of a DER file: a certificate, a public key, or the public half of a private one. Never raises."""
    if len(data) > MAX_BLOCK:
        return Unreadable(_TOO_LARGE.format(limit=MAX_BLOCK // 1024))
    try:
        return _from_certificates([x509.load_der_x509_certificate(data)], is_private=False)
    except _ERRORS:
        pass
    for load, is_private in ((_load_public, False), (_load_private, True)):
        try:
            return _one_key(load(data), is_private=is_private)
        except _ERRORS:
            continue
    return Unreadable("The file is neither a certificate nor a key in DER form; a PFX file is for a profile, not here.")


def _load_public(data: bytes) -> Any:
    return load_der_public_key(data)


def _load_private(data: bytes) -> Any:
    # Only the public numbers are read, so the costly proof that the primes are primes is left out.
    return load_der_private_key(data, None, unsafe_skip_rsa_key_validation=True).public_key()


def _certificates(blocks: list[str], *, is_private: bool) -> PublicKeys | Unreadable:
    try:
        certificates = [x509.load_pem_x509_certificate(_plain(block)) for block in blocks]
        return _from_certificates(certificates, is_private=is_private)
    except _ERRORS:
        return Unreadable("The certificate cannot be read: was it copied whole, with its BEGIN and END lines?")


def _plain(block: str) -> bytes:
    return block.encode("ascii", "replace")


def _from_certificates(certificates: list[x509.Certificate], *, is_private: bool) -> PublicKeys:
    """The keys of the leaves: an authority's own key signs certificates, never tokens."""
    issuers = [one.issuer for one in certificates if one.issuer != one.subject]
    leaves = [one for one in certificates if one.subject not in issuers] or certificates[:1]
    jwks = [_jwk(one.public_key()) for one in leaves]
    notes = [_named(one) for one in leaves]
    if len(leaves) < len(certificates):
        left = len(certificates) - len(leaves)
        notes.append(f"{left} more {'is' if left == 1 else 'are'} of the issuing authority, which signs no tokens.")
    what = "a certificate" if len(certificates) == 1 else f"{len(certificates)} certificates"
    unique = {jwk.get("n", jwk.get("x")): jwk for jwk in jwks}
    return PublicKeys(tuple(unique.values()), what, tuple(notes), is_private)


def _named(one: x509.Certificate) -> str:
    return (
        f"Certificate {shorten(one.subject.rfc4514_string(), 120) or 'without a name'}, valid "
        f"from {one.not_valid_before_utc:%Y-%m-%d} to {one.not_valid_after_utc:%Y-%m-%d} (UTC)."
    )


def _keys_of(blocks: list[tuple[str, str]]) -> PublicKeys | Unreadable:
    found: list[PublicKeys] = []
    for label, block in blocks:
        read = _key_block(label, block)
        if isinstance(read, Unreadable):
            return read
        found.append(read)
    what = found[0].what if len(found) == 1 else f"{len(found)} keys"
    jwks = tuple(jwk for one in found for jwk in one.jwks)
    return PublicKeys(jwks, what, is_private=any(one.is_private for one in found))


def _key_block(label: str, block: str) -> PublicKeys | Unreadable:
    if "PRIVATE" in label:
        return _private_block(label, block)
    if "PUBLIC KEY" not in label or "SSH2" in label:
        return Unreadable(f"A PEM block named {label} holds no key: paste the public key or the certificate.")
    try:
        return _one_key(load_pem_public_key(_plain(block)), is_private=False)
    except _ERRORS:
        return Unreadable("The public key cannot be read: was it copied whole, and is it an RSA, EC or Edwards key?")


def _private_block(label: str, block: str) -> PublicKeys | Unreadable:
    if "ENCRYPTED" in label or "Proc-Type: 4,ENCRYPTED" in block:
        return Unreadable("This is a protected private key: nothing is read of it; paste the public key instead.")
    if "OPENSSH" in label:
        return Unreadable("This is a private key in OpenSSH form: nothing is read of it; paste the public key instead.")
    try:
        # Only the public numbers are read, so the costly proof that the primes are primes is left out.
        private = load_pem_private_key(_plain(block), None, unsafe_skip_rsa_key_validation=True)
        return _one_key(private.public_key(), is_private=True)
    except (*_ERRORS, AttributeError):
        return Unreadable("This is a private key that cannot be read: paste the public key instead.")


def _one_key(key: Any, *, is_private: bool) -> PublicKeys | Unreadable:
    what = "the public half of a private key" if is_private else "a public key"
    return PublicKeys((_jwk(key),), what, is_private=is_private)


def _jwk(key: Any) -> dict[str, Any]:
    """The public JWK; ValueError for a key that signs no tokens."""
    made: dict[str, Any]
    if isinstance(key, rsa.RSAPublicKey):
        made = RSAAlgorithm.to_jwk(key, as_dict=True)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        made = ECAlgorithm.to_jwk(key, as_dict=True)
    elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
        made = OKPAlgorithm.to_jwk(key, as_dict=True)
    else:
        raise ValueError(_UNUSED)
    return {name: value for name, value in made.items() if name != "key_ops"}
