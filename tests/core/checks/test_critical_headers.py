"""The check critical_headers."""

import pytest

from console.core.checks.critical_headers import CHECK
from console.core.owner import Owner
from tests.core.checks.contexts import WRONG_TYPES, context, without_header


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ({}, "not_applicable"),
        ({"crit": ["b64"], "b64": True}, "pass"),
        ({"crit": ["b64"]}, "fail"),
        ({"crit": ["exp"], "exp": 1}, "fail"),
        ({"crit": []}, "fail"),
        ({"crit": ["b64", 7], "b64": True}, "fail"),
        *(({"crit": value}, "fail") for value in WRONG_TYPES),
    ],
)
def test_crit_is_judged_as_a_verifier_must(header, status):
    assert CHECK.run(context({}, header={"alg": "RS256", **header})).status == status


def test_an_unknown_extension_is_named():
    finding = CHECK.run(context({}, header={"alg": "RS256", "crit": ["urn:x"], "urn:x": 1}))
    assert finding.what == "A verifier must refuse this token because of crit."
    assert finding.why == "The critical extension urn:x is not understood: verifiers must reject the token."
    assert (finding.do, finding.who) == (
        "Have the issuer leave crit out; no access token needs it.",
        Owner.IDENTITY_PROVIDER,
    )


def test_a_header_that_cannot_be_read_is_unknown():
    assert CHECK.run(without_header()).status == "unknown"
