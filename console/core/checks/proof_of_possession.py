"""Nobody but the holder of a key can use the token, if it names one.

Spec: RFC 7800 section 3.1, RFC 8705 section 3.1, RFC 9449 section 6.1. Reads: cnf.
"""

from console.core.checks.base import Check, Context, unreadable
from console.core.checks.wording import type_name
from console.core.finding import Finding, fail, not_applicable, warn
from console.core.owner import Owner

# Member of cnf: how the token is bound, what to send, who can do it.
_BINDINGS = {
    "jkt": (
        "It is bound to a DPoP key (cnf has jkt).",
        "Send it as Authorization: DPoP, with a fresh proof in the header DPoP.",
    ),
    "x5t#S256": (
        "It is bound to a client certificate (cnf has x5t#S256).",
        "Send it over a connection that shows the same client certificate.",
    ),
}
_OTHERS = ("jwk", "jwe", "kid", "jku")
_PROVE = "Send a proof made with that key, in the way the API describes, or get a token without cnf."


def run(context: Context) -> Finding:
    if blocked := unreadable(context):
        return blocked
    claims = context.token.claims or {}
    if "cnf" not in claims:
        return not_applicable("The token is bound to no key: whoever holds it can use it.")
    value = claims["cnf"]
    if not isinstance(value, dict):
        return _unusable(f"cnf is {type_name(value)}, not an object.")
    bound = [text for name, text in _BINDINGS.items() if name in value]
    if not bound and not any(name in value for name in _OTHERS):
        return _unusable("cnf names no key that a standard knows.")
    how = " ".join(why for why, _ in bound) or "It is bound to a key of its sender (cnf, RFC 7800)."
    return warn(
        "The token cannot be used as a plain bearer token.",
        why=f"{how} An API that keeps to it refuses the token without the proof.",
        do=" ".join(do for _, do in bound) or _PROVE,
        who=Owner.INTEGRATOR,
        actual=sorted(value),
    )


def _unusable(why: str) -> Finding:
    return fail(
        "The token says that it is bound to a key, but not to which.",
        why=why,
        do="Have the issuer write cnf as RFC 7800 says, or leave it out.",
        who=Owner.IDENTITY_PROVIDER,
    )


CHECK = Check(
    code="proof_of_possession",
    title="Usable as a bearer token",
    source="RFC 7800 section 3.1",
    why="A token that is bound to a key is refused when it comes without a proof by that key.",
    run=run,
)
