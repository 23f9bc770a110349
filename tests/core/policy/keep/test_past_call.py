"""A call of the history, judged again: the claims that were sent, at the moment they were sent."""

import pytest

from console.core.evidence import Evidence, EvidenceRequest, EvidenceResponse
from console.core.policy.engine.model import Verdict
from console.core.policy.keep.past_call import as_sample
from console.core.policy.keep.samples import token_in
from console.core.tokens.parse import parse

NOW = 1_900_000_000
HEADERS = {"Authorization": "Bearer <token>", "Accept": "*/*"}
SENT = EvidenceRequest("GET", "https://api.example/orders?page=2", HEADERS)


def past(status=401, request=SENT, **members):
    known = {"token_header": {"alg": "RS256", "kid": "k"}, "token_claims": {"aud": "a", "exp": NOW - 5}, "now": NOW}
    evidence = Evidence(request=request, response=EvidenceResponse(status), **{**known, **members})
    return as_sample(evidence, id="c1", name="GET /orders")


def test_header_and_claims_stand_where_the_token_was_and_time_is_that_of_the_call():
    sample = past()
    token = parse(token_in(sample.request))
    assert (token.header, token.claims) == ({"alg": "RS256", "kid": "k"}, {"aud": "a", "exp": NOW - 5})
    assert sample.request.header_values("authorization") == (f"Bearer {token.text}",)
    assert (sample.judged_at, sample.expects, sample.request.url) == (NOW, Verdict.REJECT, SENT.url)


@pytest.mark.parametrize(
    ("members", "is_taken_as_valid"),
    [
        ({}, True),
        ({"signature": "valid"}, True),
        ({"signature": "unverifiable"}, True),
        ({"signature": "invalid"}, False),
        ({"signature": "absent"}, False),
        ({"signature": "unverifiable", "profile": {"signing_key": {"kid_known": False}}}, False),
    ],
)
def test_a_signature_is_taken_as_valid_unless_something_spoke_against_it(members, is_taken_as_valid):
    assert past(**members).is_verified is is_taken_as_valid


def test_a_call_without_a_token_is_judged_without_one_and_an_opaque_token_not_at_all():
    bare = past(request=EvidenceRequest("GET", SENT.url, {"Accept": "*/*"}), token_header=None, token_claims=None)
    assert (token_in(bare.request), bare.is_verified) == ("", False)
    assert past(token_header=None, token_claims=None) is None
    assert past(request=None) is None
    assert past(now=None) is None
