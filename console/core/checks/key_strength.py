"""The key that signed the token is strong enough.

Spec: RFC 7518 sections 3.2 and 3.3, RFC 8725 section 3.5. Reads: the signature result and its key.
"""

from console.core.checks.base import Check, Context, to_verify
from console.core.finding import Finding, fail, not_applicable, notice, passed, unknown
from console.core.owner import Owner
from console.core.tokens.keys import MIN_RSA_BITS
from console.core.tokens.signature import KeyFacts, SignatureState

_DO = {
    "RSA": f"Have the issuer sign with an RSA key of at least {MIN_RSA_BITS} bits, or with ES256.",
    "oct": "Have the issuer replace the secret by a random one as long as the hash, or sign with RS256 or ES256.",
}


def run(context: Context) -> Finding:
    result = context.signature
    if result.state is SignatureState.ABSENT:
        return not_applicable("No key signed the token.")
    key = result.key
    if result.reason == "weak-key" or (key is not None and key.kty == "RSA" and 0 < key.bits < MIN_RSA_BITS):
        return fail(
            "The key that signed the token is too weak.",
            why=result.detail if result.reason == "weak-key" else _size(key),
            do=_DO.get(key.kty if key else "", "Have the issuer replace the key."),
            who=Owner.IDENTITY_PROVIDER,
            actual=_named(key) or None,
        )
    if key is None:
        return unknown("The key that signed the token is not known.", missing=to_verify(context))
    if key.kty == "oct":
        return notice(
            "The token is signed with a shared secret.",
            why="Whoever can verify such a token can also forge one.",
            do="Have the issuer sign with RS256 or ES256 if more than one party verifies.",
            who=Owner.IDENTITY_PROVIDER,
            actual=_named(key),
        )
    return passed("The key is strong enough.", actual=_named(key))


def _size(key: KeyFacts | None) -> str:
    return f"It has {key.bits if key else 0} bits; RSA keys need at least {MIN_RSA_BITS}."


def _named(key: KeyFacts | None) -> str:
    """ "RSA, 2048 bits", "EC, P-256"; "" without a key."""
    if key is None:
        return ""
    return f"{key.kty}, {key.crv}" if key.crv else f"{key.kty}, {key.bits} bits"


CHECK = Check(
    code="key_strength",
    title="Key is strong enough",
    source="RFC 7518 section 3.3",
    why="A weak key can be computed by others, who can then sign any token.",
    run=run,
)
