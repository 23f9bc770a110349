"""A clause accuses only where it says that something happened: not where it works, was tried, is asked or supposed."""

import pytest

from console.core.diagnosis import explain, read_evidence
from tests.core.diagnosis.prose.faults import CHANGES, FAULTS, IN_ORDER

HAPPENED = (
    "We call the API and {}.",
    "I see that {}.",
    "The log of our gateway says that {}.",
    "It worked yesterday, now {}.",
    "We get 401 because {}.",
    "Why is it that {}?",
)
NOT_SAID = (
    "How do I find out whether {}?",
    "What happens if {}?",
    "Is it possible that {}?",
    "If {}, the API should answer 401.",
    "We would get another error if {}.",
    "We wonder if {}.",
    "I first thought {}, but that was not it.",
    "The docs say that you get 401 when {}.",
    "Usually this means that {}.",
    "It should tell me that {}.",
    "I want a clear message when {}.",
    "It used to return 401 when {}.",
    "That is wrong: 403 should only be returned when {}.",
    "A colleague had the case that {} last week.",
)
WORKING = (
    "I checked that {}.",
    "As far as I can see {}.",
    "I get 401 although {}.",
    "I get 401 even though {}.",
    "We are sure that {}, and still the API answers 401.",
    "I can get a token and {}, but I get 401.",
    "The API answers 403 while {}, says our gateway.",
)
TRIED = (
    "I tried {}, it did not help.",
    "We already tried with {}.",
    "I have added {} and still get 401.",
    "We changed to {} with no luck.",
    "I tried to use {} instead.",
    "Should we use {}?",
    "We plan to use {}.",
)


def causes(text):
    return [(one.cause, one.confidence.value) for one in explain(read_evidence(text)).causes]


@pytest.mark.parametrize("told", HAPPENED)
@pytest.mark.parametrize(("fault", "cause"), FAULTS.items())
def test_what_somebody_says_happened_is_the_cause_and_never_certain(told, fault, cause):
    found = causes(told.format(fault))
    assert found[0][0] == cause
    assert all(confidence != "certain" for _, confidence in found) or "missing" in fault


@pytest.mark.parametrize("told", NOT_SAID)
def test_what_is_asked_supposed_wished_or_told_of_others_accuses_nothing(told):
    assert [told.format(fault) for fault in FAULTS if causes(told.format(fault))] == []


@pytest.mark.parametrize("told", WORKING)
def test_what_works_accuses_nothing(told):
    assert [told.format(one) for one in IN_ORDER if causes(told.format(one))] == []


@pytest.mark.parametrize("told", TRIED)
def test_what_was_tried_or_is_planned_accuses_nothing(told):
    assert [told.format(one) for one in CHANGES if causes(told.format(one))] == []


@pytest.mark.parametrize("maybe", ["Maybe", "Perhaps", "I think", "I suspect", "We guess"])
def test_what_somebody_only_takes_for_the_reason_is_possible(maybe):
    told = [causes(f"{maybe} {fault}.") for fault in ("the client secret is wrong", "the token has expired")]
    assert told == [[("client-secret-invalid", "possible")], [("token-expired", "possible")]]


@pytest.mark.parametrize("end", ["", ", says our gateway", " and we cannot log in"])
def test_a_known_message_in_a_sentence_that_only_supposes_it_is_not_heard(end):
    asked = f"If the call says Access denied due to missing subscription key{end}, what should I send?"
    assert causes(asked) == []
    assert causes("We call it, and it says Access denied due to missing subscription key.")[0][0] == (
        "subscription-key-missing"
    )
