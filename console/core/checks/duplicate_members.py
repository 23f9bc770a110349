"""No name stands twice in header or claims.

Spec: RFC 7519 section 4, RFC 7515 section 4. Reads: what the parser found.
"""

from console.core.checks.base import Check, Context
from console.core.finding import Finding, fail, passed, unknown
from console.core.owner import Owner

_DEFECT = "duplicate-member"


def run(context: Context) -> Finding:
    token = context.token
    messages = [defect.message for defect in token.defects if defect.code == _DEFECT]
    if messages:
        return fail(
            "A name stands twice in the token.",
            why=" ".join(messages),
            do="Get a token from the provider itself; a proper issuer writes each name once.",
            who=Owner.INTEGRATOR,
        )
    if token.header is None or token.claims is None:
        return unknown("Not all of the token can be read.", missing="a token with readable header and claims")
    return passed("Every name stands once.")


CHECK = Check(
    code="duplicate_members",
    title="No name stands twice",
    source="RFC 7519 section 4",
    why="Of two values one program takes the first and another the last, so they judge different tokens.",
    run=run,
)
