"""exp and nbf as the gateway's token library judges them (IDX10222 to IDX10225)."""

from datetime import UTC, datetime

from console.core.compare import is_expired, is_not_yet_valid, numeric_date
from console.core.gateway.policies.base import GatewayCheck, Outcome
from console.core.gateway.steps import passed
from console.core.tokens.token import Token


def lifetime_checks(token: Token, *, now: int, skew_s: int, needs_exp: bool) -> tuple[GatewayCheck, ...]:
    """expiration-present, not-before and expiry, in the order in which the library reports them.

    The moment exp itself is still valid, and so is the moment nbf; `skew_s` widens both.
    """
    claims = token.claims or {}
    exp, nbf = numeric_date(claims.get("exp")), numeric_date(claims.get("nbf"))
    if exp is None and "exp" in claims:
        present = _invalid("expiration-present", "exp is not a number.", "IDX10225", "exp is not a valid number.")
    elif exp is None and needs_exp:
        present = _invalid(
            "expiration-present",
            "The token has no exp; the policy requires one.",
            "IDX10225",
            "Lifetime validation failed. The token is missing an Expiration Time.",
        )
    else:
        present = passed("expiration-present", "exp is there." if exp is not None else "exp is not required.")
    return (present, _not_before(nbf, exp, now=now, skew_s=skew_s, has_nbf="nbf" in claims), *_expiry(exp, now, skew_s))


def _not_before(nbf: float | None, exp: float | None, *, now: int, skew_s: int, has_nbf: bool) -> GatewayCheck:
    if nbf is None:
        if has_nbf:
            return _invalid("not-before", "nbf is not a number.", "IDX10222", "nbf is not a valid number.")
        return passed("not-before", "The token has no nbf.")
    if exp is not None and nbf > exp:
        return _invalid(
            "not-before",
            f"nbf {moment(nbf)} lies after exp {moment(exp)}.",
            "IDX10224",
            f"Lifetime validation failed. The NotBefore (UTC): '{moment(nbf)}' is after Expires (UTC): "
            f"'{moment(exp)}'.",
        )
    if is_not_yet_valid(nbf, now, skew_s):
        return _invalid(
            "not-before",
            f"The token is valid from {moment(nbf)}; the gateway counts until {moment(now + skew_s)}.",
            "IDX10222",
            "Lifetime validation failed. The token is not yet valid. "
            f"ValidFrom (UTC): '{moment(nbf)}', Current time (UTC): '{moment(now + skew_s)}'.",
        )
    return passed("not-before", f"Valid from {moment(nbf)}.")


def _expiry(exp: float | None, now: int, skew_s: int) -> tuple[GatewayCheck, ...]:
    if exp is None:
        return ()
    if is_expired(exp, now, skew_s):
        late = int(now - exp)
        return (
            GatewayCheck(
                "expiry",
                Outcome.FAIL,
                f"The token expired {late} seconds ago; the policy forgives {skew_s}.",
                expected=moment(now),
                actual=moment(exp),
                reason="TokenExpired",
                library_code="IDX10223",
                message="IDX10223: Lifetime validation failed. The token is expired. "
                f"ValidTo (UTC): '{moment(exp)}', Current time (UTC): '{moment(now)}'.",
            ),
        )
    return (passed("expiry", f"Valid until {moment(exp)}, {int(exp - now)} seconds from now."),)


def _invalid(check: str, what: str, code: str, text: str) -> GatewayCheck:
    return GatewayCheck(
        check,
        Outcome.FAIL,
        what,
        reason="JwtInvalid",
        message=f"{code}: {text}",
        library_code=code,
    )


def moment(seconds: float) -> str:
    """Epoch seconds as `2026-01-31 12:00:00Z`; the bare number when no calendar has that moment."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return f"{seconds:.0f}"
