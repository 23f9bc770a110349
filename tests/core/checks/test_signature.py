"""The signature check."""

import pytest

from console.core.checks.signature import CHECK
from console.core.tokens.signature import SignatureState
from tests.core.checks.contexts import context, signed

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
    finding = CHECK.run(context({}, signature=result))
    assert (finding.status, finding.what) == (status, what)


def test_an_unknown_key_names_key_and_source():
    result = signed(SignatureState.UNVERIFIABLE, reason="unknown-kid", source=KEYS, known=False)
    finding = CHECK.run(context({}, signature=result))
    assert finding.why == f"The token names the key key-1; the key set {KEYS} does not hold it."
