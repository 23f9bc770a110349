"""The token is already valid.

Spec: RFC 7519 section 4.1.5. Reads: nbf (NumericDate, epoch seconds), now, expectation.leeway_s.
"""

from console.core.checks.base import Check, Context, unreadable
from console.core.checks.wording import leeway, moment, seconds, type_name
from console.core.compare import is_not_yet_valid, numeric_date
from console.core.finding import Finding, fail, not_applicable, passed
from console.core.owner import Owner


def run(context: Context) -> Finding:
    if blocked := unreadable(context):
        return blocked
    claims, leeway_s = context.token.claims or {}, context.expectation.leeway_s
    if "nbf" not in claims:
        return not_applicable("The token has no nbf claim; that is allowed.")
    start = numeric_date(claims["nbf"])
    if start is None:
        return fail(
            "The start of the token cannot be read.",
            why=f"nbf is {type_name(claims['nbf'])}, not a time in seconds.",
            do="Get a token from the provider itself.",
            who=Owner.INTEGRATOR,
        )
    if not is_not_yet_valid(start, context.now, leeway_s):
        return passed("The token is already valid.", actual=int(start))
    early = int(start - context.now)
    return fail(
        "The token is not valid yet.",
        why=f"nbf is {moment(start)}, {seconds(early)} after the moment it is judged for, and {leeway(leeway_s)}, so "
        "one of the two clocks is wrong.",
        do="Set the clock of the machine that judged the token by a time server.",
        who=Owner.API_OWNER,
        actual=int(start),
        expected=context.now,
    )


CHECK = Check(
    code="not_before",
    title="Already valid",
    source="RFC 7519 section 4.1.5",
    why="A start in the future means that two clocks disagree.",
    run=run,
    claims=("nbf",),
    needs_now=True,
    is_claim_and_now=True,
)
