"""The token does not bring along the key it wants to be verified with.

Spec: RFC 8725 section 3.10, RFC 7515 sections 4.1.2 to 4.1.6. Reads: header.jwk, jku, x5u, x5c.
"""

from console.core.checks.base import Check, Context
from console.core.finding import Finding, not_applicable, notice, passed, unknown, warn
from console.core.owner import Owner
from console.core.tokens.header_rules import key_defects


def run(context: Context) -> Finding:
    header = context.token.header
    if header is None:
        return unknown("The header of the token cannot be read.", missing="a token with a readable header")
    defects = key_defects(header)
    if not defects:
        return passed("The token brings no key along.")
    if header.get("typ") == "dpop+jwt":
        return not_applicable("This is a DPoP proof: it must carry its key.")
    names = [name for name in ("jwk", "jku", "x5u", "x5c") if name in header]
    why = " ".join(defect.message for defect in defects)
    if not any(defect.is_severe for defect in defects):
        return notice("The token brings its certificates along.", why=why, actual=names)
    return warn(
        "The token brings its own key along, or says where to fetch it.",
        why=f"{why} A verifier that believes it accepts tokens of anybody.",
        do="Verify with the keys of the issuer's metadata only, and find out who wrote this token.",
        who=Owner.API_OWNER,
        actual=names,
    )


CHECK = Check(
    code="embedded_keys",
    title="Brings no key along",
    source="RFC 8725 section 3.10",
    why="A key inside the token proves only that its writer had a key.",
    run=run,
)
