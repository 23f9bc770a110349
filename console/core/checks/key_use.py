"""The key that signed the token is meant for that: for signatures, and for this algorithm.

Spec: RFC 7517 sections 4.2 to 4.4, RFC 8725 section 3.1. Reads: the signature result and its key; header.alg.
"""

from console.core.checks.base import Check, Context, to_verify
from console.core.checks.wording import listed, shown
from console.core.finding import Finding, fail, not_applicable, passed, unknown
from console.core.owner import Owner
from console.core.tokens.signature import KeyFacts, SignatureState


def run(context: Context) -> Finding:
    result, key = context.signature, context.signature.key
    if result.state is SignatureState.ABSENT:
        return not_applicable("No key signed the token.")
    if result.reason == "key-use":
        return fail(
            "The key that the token names is not for signatures.",
            why=result.detail,
            do="Have the issuer publish the signing key with the use sig, and sign with that one.",
            who=Owner.IDENTITY_PROVIDER,
            actual=_purpose(key) or None,
        )
    if key is None:
        return unknown("The key that signed the token is not known.", missing=to_verify(context))
    if result.reason == "algorithm-not-allowed":
        algorithm = (context.token.header or {}).get("alg")
        return fail(
            "The key that the token names is for another algorithm.",
            why=f"alg is {shown(algorithm)}; the key is {_purpose(key)}. One key serves one algorithm.",
            do="Get a new token; if it stays so, have the issuer name the right key in kid.",
            who=Owner.IDENTITY_PROVIDER,
            actual=algorithm,
            expected=key.alg or key.kty,
        )
    return passed("The key is meant for signatures.", actual=_purpose(key))


def _purpose(key: KeyFacts | None) -> str:
    """ "RSA for RS256, use sig"; "" without a key."""
    if key is None:
        return ""
    made_for = f" for {shown(key.alg)}" if key.alg else ""
    use = f", use {shown(key.use)}" if key.use else ""
    operations = f", key_ops {listed(key.key_ops)}" if key.key_ops is not None else ""
    return f"{shown(key.kty)}{made_for}{use}{operations}"


CHECK = Check(
    code="key_use",
    title="Key is for signatures",
    source="RFC 7517 section 4.2",
    why="A key used for two purposes or algorithms lets one be played against the other.",
    run=run,
)
