"""The checks signature and algorithm."""

import pytest

from console.core.checks import algorithm, signature
from console.core.tokens.signature import SignatureState
from tests.core.checks.contexts import WRONG_TYPES, context, signed

KEYS = "https://idp.example/keys"


@pytest.mark.parametrize(
    ("result", "status", "what"),
    [
        (signed(SignatureState.VALID), "pass", "The signature verifies."),
        (signed(SignatureState.INVALID, reason="wrong-signature"), "fail", "The signature does not verify."),
        (signed(SignatureState.ABSENT, reason="no-signature"), "fail", "The token has no signature."),
        (
            signed(SignatureState.UNVERIFIABLE, reason="unknown-kid", source=KEYS, known=False),
            "fail",
            "The key that signed the token is not in the key set.",
        ),
        (
            signed(SignatureState.UNVERIFIABLE, reason="graph-token"),
            "notice",
            "Nobody but Microsoft Graph can verify this signature.",
        ),
        (
            signed(SignatureState.UNVERIFIABLE, reason="published-secret"),
            "fail",
            "The signature proves nothing: its key is a shared secret in a published key set.",
        ),
        (signed(SignatureState.UNVERIFIABLE, reason="no-keys"), "unknown", "The signature was not checked."),
        (signed(SignatureState.NOT_CHECKED, reason="not-checked"), "unknown", "The signature was not checked."),
    ],
)
def test_each_state_of_the_signature(result, status, what):
    finding = signature.CHECK.run(context({}, signature=result))
    assert (finding.status, finding.what) == (status, what)


def test_an_unknown_key_names_key_and_source():
    result = signed(SignatureState.UNVERIFIABLE, reason="unknown-kid", source=KEYS, known=False)
    finding = signature.CHECK.run(context({}, signature=result))
    assert finding.why == f"The token names the key key-1; the key set {KEYS} does not hold it."


@pytest.mark.parametrize(
    ("alg", "expected", "status"),
    [
        ("RS256", ("RS256", "PS256"), "pass"),
        ("HS256", ("RS256",), "fail"),
        ("none", (), "fail"),
        ("None", ("RS256",), "fail"),
        ("RS256", (), "unknown"),
        ("rs256", ("RS256",), "fail"),
    ],
)
def test_the_algorithm(alg, expected, status):
    assert algorithm.CHECK.run(context({}, header={"alg": alg}, algorithms=expected)).status == status


def test_another_algorithm_shows_both_sides():
    finding = algorithm.CHECK.run(context({}, header={"alg": "HS256"}, algorithms=("RS256",)))
    assert finding.why == "alg is HS256; this API accepts RS256."


@pytest.mark.parametrize("header", [{}, *({"alg": value} for value in WRONG_TYPES)])
def test_a_header_without_a_readable_algorithm_fails(header):
    assert algorithm.CHECK.run(context({}, header=header)).what == "The token does not name its algorithm."


def test_nothing_is_judged_without_a_readable_header():
    broken = context({}, algorithms=("RS256",))
    object.__setattr__(broken.token, "header", None)
    assert algorithm.CHECK.run(broken).status == "unknown"
