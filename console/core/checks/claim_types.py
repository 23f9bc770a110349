"""The registered claims have the JSON types that readers expect.

Spec: RFC 7519 section 4.1. Reads: aud, iss, sub, jti (text), exp, nbf, iat, auth_time, updated_at (times).
"""

from console.core.checks.base import Check, Context, unreadable
from console.core.finding import Finding, fail, passed, warn
from console.core.owner import Owner
from console.core.tokens.claim_rules import claim_defects

_KINDS = ("-wrong-type", "-not-a-number", "-milliseconds", "-out-of-range", "aud-empty")
_DO = "Have the issuer write these claims as RFC 7519 says."
# Times of the sign-in are for people; no verifier refuses a token because of them.
_FOR_PEOPLE = ("auth_time", "updated_at")


def run(context: Context) -> Finding:
    if blocked := unreadable(context):
        return blocked
    defects = [defect for defect in claim_defects(context.token.claims or {}) if defect.code.endswith(_KINDS)]
    if not defects:
        return passed("The registered claims have the right types.")
    why = " ".join(defect.message for defect in defects)
    names = [defect.code.partition("-")[0] for defect in defects]
    if all(name in _FOR_PEOPLE for name in names):
        return warn("A time in the token is of a wrong type.", why=why, do=_DO, who=Owner.IDENTITY_PROVIDER,
                    actual=names)  # fmt: skip
    return fail("Claims of the token are of a wrong type.", why=why, do=_DO, who=Owner.IDENTITY_PROVIDER, actual=names)


CHECK = Check(
    code="claim_types",
    title="Claims have the right types",
    source="RFC 7519 section 4.1",
    why="Libraries refuse a token, or compare wrongly, when a claim is of another type than expected.",
    run=run,
)
