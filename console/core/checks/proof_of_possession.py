"""Nobody but the holder of a key can use the token, if it names one.

Spec: RFC 7800 section 3.1, RFC 8705 section 3.1, RFC 9449 section 6.1. Reads: cnf, context.holds.
"""

from collections.abc import Mapping
from typing import Any

from console.core.checks.base import Check, Context, unreadable
from console.core.checks.wording import shown, type_name
from console.core.finding import Finding, fail, not_applicable, passed, warn
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
_KINDS = {"jkt": "the DPoP key", "x5t#S256": "the certificate"}
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
    if context.holds is not None and bound:
        return _compared(value, context.holds)
    how = " ".join(why for why, _ in bound) or "It is bound to a key of its sender (cnf, RFC 7800)."
    return warn(
        "The token cannot be used as a plain bearer token.",
        why=f"{how} An API that keeps to it refuses the token without the proof.",
        do=" ".join(do for _, do in bound) or _PROVE,
        who=Owner.INTEGRATOR,
        actual=sorted(value),
    )


def _compared(value: Mapping[str, Any], holds: Mapping[str, str]) -> Finding:
    """What the token names beside what its holder has: both sides, as far as they are of one kind."""
    named = {name: value[name] for name in _BINDINGS if name in value}
    held = {name: holds.get(name, "") for name in named}
    if named == held:
        what = " and ".join(_KINDS[name] for name in named)
        return passed(f"The token is bound to {what} of this profile, which goes along.", expected=named, actual=held)
    lacking = next(name for name in named if named[name] != held[name])
    kind = _KINDS[lacking]
    has = f"this profile has {shown(held[lacking])}" if held[lacking] else "this profile has none"
    return fail(
        f"The token is bound to {kind} that this profile does not have.",
        why=f"cnf names {shown(named[lacking])}; {has}. An API that keeps to it refuses the token.",
        do="Get a new token with this profile; if it stays so, compare what is registered for the client.",
        who=Owner.INTEGRATOR,
        expected=named,
        actual=held,
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
