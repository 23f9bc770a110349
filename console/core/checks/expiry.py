"""The token has not expired.

Spec: RFC 7519 section 4.1.4. Reads: exp (NumericDate, epoch seconds), now, expectation.leeway_s.
"""

from console.core.checks.base import Check, Context, unreadable
from console.core.checks.wording import leeway, moment, seconds, type_name
from console.core.compare import is_expired, numeric_date
from console.core.finding import Finding, fail, passed
from console.core.owner import Owner

_NEW_TOKEN = "Get a new token."


def run(context: Context) -> Finding:
    if blocked := unreadable(context):
        return blocked
    claims, leeway_s = context.token.claims or {}, context.expectation.leeway_s
    if "exp" not in claims:
        return _fault("The token does not say when it expires.", why="The token has no exp claim.")
    exp = numeric_date(claims["exp"])
    if exp is None:
        return _fault(
            "The end of the token cannot be read.",
            why=f"exp is {type_name(claims['exp'])}, not a time in seconds.",
        )
    if is_expired(exp, context.now, leeway_s):
        late = int(context.now - exp)
        why = f"exp is {moment(exp)}, {seconds(late)} before the moment it is judged for, and {leeway(leeway_s)}."
        return fail(
            "The token has expired.",
            why=why,
            do=_NEW_TOKEN,
            who=Owner.INTEGRATOR,
            actual=int(exp),
            expected=context.now,
        )
    left = int(exp - context.now)
    return passed(
        f"The token is valid for another {seconds(left)}." if left > 0 else "The token is at its end.",
        actual=int(exp),
    )


def _fault(what: str, *, why: str) -> Finding:
    return fail(what, why=why, do="Get a token from the provider itself.", who=Owner.INTEGRATOR)


CHECK = Check(
    code="expiry",
    title="Not expired",
    source="RFC 7519 section 4.1.4",
    why="A token that leaked is worth something only until it ends.",
    run=run,
    claims=("exp",),
    needs_now=True,
    is_claim_and_now=True,
    first_word="lifetime",
)
