"""The token is signed with an algorithm the API accepts.

Spec: RFC 8725 section 3.1. Reads: header.alg (text), expectation.algorithms.
"""

from console.core.checks.base import Check, Context
from console.core.checks.wording import listed, shown, type_name
from console.core.finding import Finding, fail, passed, unknown
from console.core.owner import Owner

KNOWN = frozenset(f"{family}{bits}" for family in ("HS", "RS", "PS", "ES") for bits in ("256", "384", "512")) | {
    "EdDSA",
    "Ed25519",
    "Ed448",
    "ES256K",
}


def run(context: Context) -> Finding:
    header, expected = context.token.header, context.expectation.algorithms
    if header is None:
        return unknown("The header of the token cannot be read.", missing="a token with a readable header")
    algorithm = header.get("alg")
    if not isinstance(algorithm, str):
        return _unnamed("alg" in header, algorithm)
    if algorithm.lower() == "none":
        return fail(
            "The token is not signed.",
            why="Its header says alg none; an API must refuse that (RFC 8725 section 3.2).",
            do="Get a token from the provider's token endpoint.",
            who=Owner.INTEGRATOR,
            actual=algorithm,
            expected=list(expected) or None,
        )
    if not expected:
        return unknown(
            "The API does not say which algorithms it accepts.",
            missing="the list of algorithms",
            actual=algorithm,
        )
    if algorithm not in expected:
        return _other(algorithm, expected)
    return passed("The algorithm is accepted.", actual=algorithm, expected=list(expected))


def _unnamed(is_there: bool, value: object) -> Finding:
    why = f"alg is {type_name(value)}, not text." if is_there else "The header has no alg."
    return fail(
        "The token does not name its algorithm.",
        why=why,
        do="Get a token from the provider's token endpoint.",
        who=Owner.INTEGRATOR,
    )


def _other(algorithm: str, expected: tuple[str, ...]) -> Finding:
    odd = "" if algorithm in KNOWN else " No standard defines that name."
    return fail(
        "The token is signed with an algorithm that the API does not accept.",
        why=f"alg is {shown(algorithm)}; this API accepts {listed(expected)}.{odd}",
        do=f"Set the API up for {shown(algorithm)}, or have the provider sign with {listed(expected)}.",
        who=Owner.API_OWNER,
        actual=algorithm,
        expected=list(expected),
    )


CHECK = Check(
    code="algorithm",
    title="Algorithm is accepted",
    source="RFC 8725 section 3.1",
    why="A verifier that takes any algorithm can be talked into accepting a forged token.",
    run=run,
)
