"""Who signed a grant: a key registered on the client (kid), or an enterprise certificate (x5c), never both."""

import base64
import binascii
import re
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import NameOID, ObjectIdentifier
from jwt.algorithms import RSAAlgorithm

from console.core.json.text import json_text
from console.core.tokens.token import Token
from console.sandbox.providers.maskinporten import errors
from console.sandbox.providers.maskinporten.errors import MpRefusal
from console.sandbox.registered import Maskinporten, OrganisationClient, RegisteredKey
from console.sandbox.signed_text import is_signed_by, thumbprint

ALGORITHMS = ("RS256", "RS384", "RS512")
BY_KEY, BY_CERTIFICATE = "private_key_jwt", "virksomhetssertifikat"
_ORGANISATION_IDENTIFIER = ObjectIdentifier("2.5.4.97")  # "NTRNO-999888777"
_NINE_DIGITS = re.compile(r"(?:NTRNO-)?(\d{9})")


def prove(
    token: Token, header: dict[str, Any], client: OrganisationClient, side: Maskinporten, *, now: int
) -> str | MpRefusal:
    """How the client proved itself (`client_amr`), or the first problem."""
    if "kid" in header and "x5c" in header:
        return errors.kid_and_certificate()
    if "x5c" in header:
        return errors.needs_kid() if client.keys else _by_certificate(token, header["x5c"], client, side, now=now)
    if not isinstance(header.get("kid"), str):
        return errors.needs_kid()
    key = next((one for one in client.keys if one.kid == header["kid"]), None)
    if key is None:
        return errors.unknown_kid()
    if key.until < now:
        return errors.expired_key()
    return BY_KEY if is_signed_by(token, (key,), algorithms=ALGORITHMS) else errors.bad_signature()


def _by_certificate(
    token: Token, chain: object, client: OrganisationClient, side: Maskinporten, *, now: int
) -> str | MpRefusal:
    der = _first_of(chain)
    certificate = _read(der) if der is not None else None
    if certificate is None:
        return errors.bad_chain()
    if thumbprint(certificate) not in {one.x5t_s256 for one in side.certificates}:
        return errors.invalid_certificate()
    if organisation_of(certificate) != client.organisation:
        return errors.other_organisation()
    public = certificate.public_key()
    if int(certificate.not_valid_after_utc.timestamp()) < now or not isinstance(public, RSAPublicKey):
        return errors.bad_signature()
    key = RegisteredKey("", json_text(RSAAlgorithm.to_jwk(public, as_dict=True)), now)
    is_right = is_signed_by(token, (key,), algorithms=ALGORITHMS)
    return BY_CERTIFICATE if is_right else errors.bad_signature()


def _first_of(chain: object) -> bytes | None:
    """The leaf of a chain in DER (RFC 7515 section 4.1.6); None when x5c is no array of base64 texts."""
    if not isinstance(chain, list) or not chain or not all(isinstance(one, str) for one in chain):
        return None
    try:
        return base64.b64decode(chain[0], validate=True)
    except (binascii.Error, ValueError):
        return None


def _read(der: bytes) -> x509.Certificate | None:
    try:
        certificate = x509.load_der_x509_certificate(der)
        certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None
    return certificate


def organisation_of(certificate: x509.Certificate) -> str:
    """The nine digits in the subject (organizationIdentifier, else serialNumber); "" when it has none."""
    for oid in (_ORGANISATION_IDENTIFIER, NameOID.SERIAL_NUMBER):
        for attribute in certificate.subject.get_attributes_for_oid(oid):
            if found := _NINE_DIGITS.fullmatch(str(attribute.value)):
                return found[1]
    return ""
