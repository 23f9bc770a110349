"""The token was issued in the past, and its times are in order.

Spec: RFC 7519 section 4.1.6. Reads: iat, nbf, exp (NumericDate, epoch seconds), now, expectation.leeway_s.
"""

from console.core.checks.base import Check, Context, unreadable
from console.core.checks.claims import time_claim
from console.core.checks.wording import seconds, type_name
from console.core.compare import is_not_yet_valid, numeric_date
from console.core.finding import Finding, not_applicable, passed, warn
from console.core.owner import Owner


def run(context: Context) -> Finding:
    if blocked := unreadable(context):
        return blocked
    claims = context.token.claims or {}
    if "iat" not in claims:
        return not_applicable("The token has no iat claim; that is allowed.")
    issued = numeric_date(claims["iat"])
    if issued is None:
        return warn(
            "The time of issue cannot be read.",
            why=f"iat is {type_name(claims['iat'])}, not a time in seconds.",
            do="Get a token from the provider itself.",
            who=Owner.INTEGRATOR,
        )
    if is_not_yet_valid(issued, context.now, context.expectation.leeway_s):
        return _from_the_future(issued, context.now)
    end = time_claim(context.token, "exp")
    if end is not None and end < issued:
        return warn(
            "The token ended before it was issued.",
            why=f"iat is {int(issued)}; exp is {int(end)}.",
            do="Have the issuer's clock and lifetimes corrected.",
            who=Owner.IDENTITY_PROVIDER,
            actual=int(issued),
            expected=int(end),
        )
    return passed(f"The token was issued {seconds(context.now - issued)} ago.", actual=int(issued))


def _from_the_future(issued: float, now: int) -> Finding:
    return warn(
        "The token was issued in the future.",
        why=f"iat is {int(issued)}; it is judged for {now}. The gateway ignores iat, but some libraries "
        "refuse such a token.",
        do="Set the clocks of issuer and API by a time server.",
        who=Owner.API_OWNER,
        actual=int(issued),
        expected=now,
    )


CHECK = Check(
    code="issued_at",
    title="Issued in the past",
    source="RFC 7519 section 4.1.6",
    why="A time of issue in the future means that two clocks disagree.",
    run=run,
    claims=("iat",),
    needs_now=True,
)
