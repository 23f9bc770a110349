"""Tokens checked as TokenX's library (Nimbus) does: the key, the signature, then claims, the first fault told."""

from dataclasses import dataclass
from typing import Any

from console.core.tokens.keys import KeySet
from console.core.tokens.signature import SignatureState, verify
from console.core.tokens.times import epoch
from console.core.tokens.token import Token
from console.sandbox.providers.tokenx import errors
from console.sandbox.providers.tokenx.errors import TokenXRefusal
from console.sandbox.signed_text import texts

Claims = dict[str, Any]
SKEW_S = 60
ALGORITHM = "RS256"
_NO_KEY = "Signed JWT rejected: Another algorithm expected, or no matching key(s) found"
_BAD_SIGNATURE = "Signed JWT rejected: Invalid signature"


@dataclass(frozen=True, slots=True)
class ClaimDemands:
    """`exact` are claims with the value they must have, `required` those that must be there."""

    exact: dict[str, str]
    required: tuple[str, ...]


def check(token: Token, claims: Claims, keys: KeySet, demands: ClaimDemands, *, now: int) -> TokenXRefusal | None:
    judged = verify(token, keys, algorithms=(ALGORITHM,))
    if judged.state is SignatureState.INVALID:
        return errors.failed(_BAD_SIGNATURE)
    if judged.state is not SignatureState.VALID:
        return errors.failed(_NO_KEY)
    if lacking := sorted(name for name in demands.required if claims.get(name) is None):
        return errors.failed(f"JWT missing required claims: [{', '.join(lacking)}]")
    for name, wanted in demands.exact.items():
        if claims[name] != wanted:
            return errors.failed(f"JWT {name} claim has value {claims[name]!s:.200}, must be {wanted}")
    return _check_times(claims, now)


def _check_times(claims: Claims, now: int) -> TokenXRefusal | None:
    for name in ("exp", "nbf", "iat"):
        if name in claims and epoch(claims[name]) is None:
            return errors.failed(f'Unexpected type of JSON object member with key "{name}"')
    if (epoch(claims["exp"]) or 0) + SKEW_S <= now:
        return errors.failed("Expired JWT")
    if (epoch(claims.get("nbf")) or 0) - SKEW_S >= now:
        return errors.failed("JWT before use time")
    return None


def check_issued(claims: Claims, now: int) -> TokenXRefusal | None:
    """Of a client assertion also the moment of issue."""
    if (epoch(claims.get("iat")) or 0) - SKEW_S >= now:
        return errors.failed("JWT issue time ahead of current time")
    return None


def check_audience(claims: Claims, accepted: tuple[str, ...]) -> TokenXRefusal | None:
    """Exactly one value, of the accepted ones."""
    named = texts(claims.get("aud")) or ()
    if len(named) == 1 and named[0] in accepted:
        return None
    told, wanted = f"[{', '.join(named)}]", f"[{', '.join(accepted)}]"
    return errors.failed(f"JWT aud claim has value {told[:300]}, must be exactly one of {wanted}")
