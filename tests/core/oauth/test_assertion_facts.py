"""What is shown of a federated assertion; nothing of it is believed, and nothing makes reading it fail."""

import pytest

from console.core.credential import AssertionFacts
from console.core.oauth import assertion
from console.core.oauth.assertion_facts import facts_of
from tests.core.oauth.test_assertion import RSA_KEY

CLAIMS = {"iss": "https://k8s.example", "sub": "system:serviceaccount:a:b", "aud": ["api://x", "y"], "exp": 1900000000}


def test_issuer_subject_audience_and_end_are_told():
    text = assertion.sign(RSA_KEY, {}, CLAIMS, "RS256")
    expected = AssertionFacts("", "https://k8s.example", "system:serviceaccount:a:b", "api://x, y", "RS256", 1900000000)
    assert facts_of(text) == expected


@pytest.mark.parametrize(
    "claims", [{}, {"iss": 5, "sub": None, "aud": {"a": 1}, "exp": "soon"}, {"aud": [1, None], "exp": True}]
)
def test_claims_of_another_type_stay_empty(claims):
    assert facts_of(assertion.sign(RSA_KEY, {}, claims, "RS256")) == AssertionFacts(alg="RS256")


@pytest.mark.parametrize("text", ["", "a.b.c", "..", "eyJ.eyJ.x", "\ud800.a.b"])
def test_what_is_no_assertion_tells_nothing(text):
    assert facts_of(text) == AssertionFacts()


def test_a_claim_of_any_length_is_cut():
    assert len(facts_of(assertion.sign(RSA_KEY, {}, {"sub": "s" * 9000}, "RS256")).subject) == 500
