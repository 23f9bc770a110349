"""A diagnosis has a budget of work: when it is spent the diagnosis says so, the same each time."""

from functools import partial

import pytest
from msgspec.structs import replace

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.budget import PASTED_RULES, WorkMeter, affordable
from console.core.diagnosis.ticket import ticket_text
from console.core.evidence import Evidence
from tests.core.diagnosis.evidence import of_call
from tests.patterns.growth import LONGER, MOST, worst_growth

HUGE = "<policies>" + " " * 2_000_000 + "</policies>"


def test_evidence_of_usual_size_is_read_whole():
    assert explain(read_evidence(of_call())).unread == ""


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (Evidence(policy_xml=HUGE), "0 of 2,000,021"),
        (Evidence(pasted="x" * 300_000), "200,000 of 300,000"),
        (read_evidence({"response": {"status": 500, "body": "y" * 40_000}}), "32,000 of 40,000"),
        (Evidence(token_claims={"a": "b" * 2_000_000}), "0 of 2,000,003"),
    ],
    ids=["policy", "paste", "body", "claims"],
)
def test_a_diagnosis_says_what_it_did_not_read(evidence, said):
    found = explain(evidence)
    assert found.unread == f"The evidence was too large to read whole: {said} characters were read."
    assert found == explain(evidence)
    assert found.unread in ticket_text(evidence, found)


def test_what_one_part_spends_is_not_there_for_the_next():
    meter = WorkMeter(left=PASTED_RULES * 100)
    assert meter.afford(60, rules=PASTED_RULES, most=1000) == 60
    assert affordable(Evidence(pasted="z" * 200), meter).pasted == "z" * 40
    assert (meter.left, meter.read, meter.total) == (0, 100, 260)


def test_the_causes_stay_when_nothing_was_left_out():
    evidence = read_evidence({**of_call(), "pasted": "x" * 300_000})
    assert explain(evidence).primary == explain(read_evidence({**of_call(), "pasted": "x" * 1000})).primary


@pytest.mark.parametrize("repeated", ["<!--", "HTTP/1.1 401 \n", '{"a":', "aud=", "curl -H '", "key kid "])
def test_the_work_of_a_diagnosis_grows_with_the_evidence_only(repeated):
    assert worst_growth(lambda text: explain(Evidence(pasted=text)), "", repeated, sizes=LONGER) < MOST


@pytest.mark.parametrize(
    ("first", "repeated"),
    [
        ("<validate-jwt ", "a"),
        ("", "<!--"),
        ("", "<validate-jwt"),
        ("<policies><inbound><validate-jwt>", "<value>a</value>"),
        ("<policies><inbound><validate-jwt>", "<claim name='a'>"),
        ("<policies><inbound>", "<set-header name='Authorization'>"),
    ],
)
def test_and_with_its_policy(first, repeated):
    refused = read_evidence(of_call())
    run = partial(_explained_with, refused)
    assert worst_growth(run, first, repeated, sizes=LONGER) < MOST


def _explained_with(refused, policy):
    return explain(replace(refused, policy_xml=policy))
