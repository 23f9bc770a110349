"""The audience check."""

import pytest

from console.core.checks.audience import CHECK
from console.core.owner import Owner
from tests.core.checks.contexts import API, WRONG_TYPES, context


@pytest.mark.parametrize(
    ("aud", "expected"),
    [
        (API, (API,)),
        ([API], (API,)),
        (["other", f"api://{API}"], (API, f"api://{API}")),
    ],
)
def test_a_token_for_this_api_passes(aud, expected):
    assert CHECK.run(context({"aud": aud}, audiences=expected)).status == "pass"


@pytest.mark.parametrize(
    ("aud", "expected", "difference"),
    [
        (f"api://{API}", API, "once by its bare id and once by its URI"),
        (API, f"api://{API}", "once by its bare id and once by its URI"),
        (f"api://{API}/", f"api://{API}", "ends with a slash"),
        (API.upper(), API, "in different letter case"),
        (f"https://contoso.onmicrosoft.com/{API}", API, "once by its bare id"),
        (f" {API}", API, "hides a blank"),
        ("https://api.contoso.example", "api://api.contoso.example", "in different forms"),
    ],
)
def test_another_form_of_the_same_api_is_told_from_another_api(aud, expected, difference):
    finding = CHECK.run(context({"aud": aud}, audiences=(expected,)))
    assert (finding.status, finding.who) == ("fail", Owner.API_OWNER)
    assert finding.what == "The token names the right API in another form."
    assert difference in finding.why


def test_another_api_shows_both_sides_and_the_scope_to_ask_for():
    finding = CHECK.run(context({"aud": "api://orders"}, audiences=("api://billing",)))
    assert finding.what == "The token is for another API."
    assert finding.why == "aud is api://orders; this API accepts api://billing."
    assert (
        finding.do == "Ask for a token for api://billing, in the way that its provider documents, and get a new token."
    )
    assert finding.who == Owner.INTEGRATOR
    assert (finding.actual, finding.expected) == (["api://orders"], ["api://billing"])


def test_a_token_without_aud_fails():
    finding = CHECK.run(context({}, audiences=(API,)))
    assert (finding.status, finding.why) == ("fail", "The token has no aud claim.")


@pytest.mark.parametrize("value", WRONG_TYPES)
def test_aud_of_a_wrong_type_fails_plainly(value):
    finding = CHECK.run(context({"aud": value}, audiences=(API,)))
    assert (finding.status, finding.why) == ("fail", "aud is neither text nor a list of texts.")


def test_nothing_is_judged_when_the_api_names_no_audience():
    finding = CHECK.run(context({"aud": API}))
    assert (finding.status, finding.why) == ("unknown", "To decide this, the list of audiences is needed.")


def test_nothing_is_judged_without_readable_claims():
    assert CHECK.run(context(None, audiences=(API,))).status == "unknown"
