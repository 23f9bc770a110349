"""A client assertion (RFC 7523 section 2.2) checked against the certificates registered for the client."""

import base64
import binascii
import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jwt
from cryptography import x509

from console.sandbox.faults.base import Fault
from console.sandbox.idp import errors
from console.sandbox.idp.errors import EntraError
from console.sandbox.ids import hash_of
from console.sandbox.state import CertificateRecord, ClientRegistration, UsedAssertion
from console.sandbox.urls import comparable

SKEW_S = 300  # Entra forgives about five minutes of a client's clock
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]
_JWS = jwt.PyJWS()


@dataclass(frozen=True, slots=True, repr=False)
class Assertion:
    text: str
    header: dict[str, Any]
    claims: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AssertionRules:
    """What the assertion must fit. `audiences` are the spellings of this token endpoint; `used` were redeemed
    before.
    """

    client: ClientRegistration
    audiences: tuple[str, ...]
    used: tuple[UsedAssertion, ...]
    now: int
    fault: Fault | None


def check(text: str, rules: AssertionRules) -> UsedAssertion | EntraError:
    """What to remember of the accepted assertion, or the first error, in the order form, key, signature, claims,
    replay.
    """
    assertion = _read(text)
    if isinstance(assertion, EntraError):
        return assertion
    if (refused := _check_key(assertion, rules)) is not None:
        return refused
    if (refused := _check_claims(assertion.claims, rules)) is not None:
        return refused
    jti = assertion.claims.get("jti")
    mark = UsedAssertion(
        hash_of(f"{rules.client.id}\n{jti if isinstance(jti, str) and jti else text}"),
        until=math.ceil(min(assertion.claims["exp"], rules.now + 86_400)) + SKEW_S,
        text=hash_of(text),
    )
    if _is_replayed(mark, rules):
        return errors.replayed_assertion(str(jti))
    return mark


def _is_replayed(mark: UsedAssertion, rules: AssertionRules) -> bool:
    """Another assertion with the jti of an earlier one. The same may come again while it is valid, as at Entra: MSAL
    keeps an assertion and sends it with each of its requests. A fault makes the sandbox as strict as others are.
    """
    if rules.fault is not None and rules.fault.takes_no_assertion_twice:
        return True
    return any(used.key == mark.key and used.text != mark.text for used in rules.used)


def _read(text: str) -> Assertion | EntraError:
    parts = text.split(".")
    if len(parts) != 3:
        return errors.malformed_assertion("JWT token is invalid or malformed.")
    try:
        header, claims = json.loads(_decode(parts[0])), json.loads(_decode(parts[1]))
    except (ValueError, RecursionError):
        return errors.malformed_assertion("JWT token is invalid or malformed.")
    if not isinstance(header, dict) or not isinstance(claims, dict):
        return errors.malformed_assertion("JWT token is invalid or malformed.")
    return Assertion(text, header, claims)


def _check_key(assertion: Assertion, rules: AssertionRules) -> EntraError | None:
    named = _named_thumbprint(assertion.header)
    if named is None:
        return errors.malformed_assertion("No certificate thumbprint specified in token header.")
    record = _find(assertion.header, rules.client)
    if rules.fault is not None and rules.fault.on_assertion_header is not None and record is not None:
        # The same fault for clients that are not this console: their header is read as if they had made the mistake.
        mistaken = rules.fault.on_assertion_header(assertion.header, record)
        named, record = _named_thumbprint(mistaken) or named, _find(mistaken, rules.client)
    if record is None:
        return errors.assertion_key_refused("The key was not found.", _hex(named), rules.client.id)
    found = f"Start={errors.instant(record.not_before)}, End={errors.instant(record.not_after)}"
    if record.not_after < rules.now:
        return errors.assertion_key_refused("The key used is expired.", _hex(named), rules.client.id, found=found)
    if not _verifies(assertion.text, record):
        reason = "The provided signature value did not match the expected signature value."
        return errors.assertion_key_refused(reason, _hex(named), rules.client.id, found=found)
    return None


def _verifies(text: str, record: CertificateRecord) -> bool:
    try:
        _JWS.decode_complete(text, key=_public_key(record.pem), algorithms=ALGORITHMS)
    except jwt.PyJWTError:
        return False
    return True


@lru_cache(maxsize=64)
def _public_key(pem: str) -> Any:
    return x509.load_pem_x509_certificate(pem.encode()).public_key()


def _check_claims(claims: dict[str, Any], rules: AssertionRules) -> EntraError | None:
    nbf, exp = _number(claims.get("nbf", 0)), _number(claims.get("exp"))
    if nbf is None or exp is None:
        return errors.malformed_assertion("The claims nbf and exp must be numbers, and exp must be present.")
    if nbf > rules.now + SKEW_S or exp < rules.now - SKEW_S:
        return errors.assertion_time(rules.now, nbf, exp)
    if claims.get("iss") != rules.client.id or claims.get("sub") != rules.client.id:
        return errors.assertion_client()
    aud = claims.get("aud")
    named = aud if isinstance(aud, list) else [aud]
    accepted = {comparable(one) for one in rules.audiences}
    if not any(comparable(one) in accepted for one in named):
        return errors.assertion_audience()
    return None


def _named_thumbprint(header: dict[str, Any]) -> str | None:
    """The thumbprint text of the header: x5t#S256, else x5t, else a kid; None without any."""
    return next((header[name] for name in ("x5t#S256", "x5t", "kid") if isinstance(header.get(name), str)), None)


def _find(header: dict[str, Any], client: ClientRegistration) -> CertificateRecord | None:
    for record in client.certificates:
        if _same(header.get("x5t#S256"), record.x5t_s256) or _same(header.get("x5t"), record.x5t):
            return record
        if "x5t" not in header and "x5t#S256" not in header and _same(header.get("kid"), record.x5t):
            return record
    return None


def _same(named: object, thumbprint: str) -> bool:
    """MSAL leaves the padding on its thumbprints, which base64url of RFC 7515 does not have."""
    return isinstance(named, str) and named.rstrip("=") == thumbprint


def _hex(thumbprint: str) -> str:
    try:
        return _decode(thumbprint).hex().upper()
    except ValueError:
        return thumbprint[:100]


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 1e12 else None  # false for NaN and the infinities too
