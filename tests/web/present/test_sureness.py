"""What a statement rests on is said in words that fit it."""

import pytest

from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence
from console.web.present.sureness import how_sure

NOW = 1_796_000_000
ENDED = {"token_header": {"alg": "RS256"}, "token_claims": {"exp": NOW - 600}, "response": {"status": 401}}


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ({**ENDED, "read_at": NOW}, "the token alone points to it"),
        ({"token_error": {"error": "invalid_scope"}, "http_status": 400}, "the status or the error alone"),
    ],
)
def test_what_has_ended_since_rests_on_the_token_and_a_bare_error_on_itself(evidence, told):
    found = explain(read_evidence(evidence))
    assert told in how_sure(found, found.primary)
