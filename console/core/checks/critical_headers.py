"""Every extension that the header marks as critical is one that verifiers understand.

Spec: RFC 7515 section 4.1.11. Reads: header.crit.
"""

from console.core.checks.base import Check, Context
from console.core.finding import Finding, fail, not_applicable, passed, unknown
from console.core.owner import Owner
from console.core.tokens.header_rules import critical_defects


def run(context: Context) -> Finding:
    header = context.token.header
    if header is None:
        return unknown("The header of the token cannot be read.", missing="a token with a readable header")
    if "crit" not in header:
        return not_applicable("The header marks nothing as critical.")
    if defects := critical_defects(header):
        return fail(
            "A verifier must refuse this token because of crit.",
            why=" ".join(defect.message for defect in defects),
            do="Have the issuer leave crit out; no access token needs it.",
            who=Owner.IDENTITY_PROVIDER,
            actual=header["crit"],
        )
    return passed("The critical extensions are known.", actual=header["crit"])


CHECK = Check(
    code="critical_headers",
    title="Critical extensions are known",
    source="RFC 7515 section 4.1.11",
    why="A verifier that skips an extension it does not understand may accept what the issuer forbade.",
    run=run,
)
