"""A cause is told of the thing that its clause names, or that a pronoun stands for, and of none of another clause."""

from itertools import product

import pytest

from console.core.diagnosis import explain, read_evidence

# What is in order, and what is not: words of one clause are never set together with words of the other.
RIGHT = ("audience", "issuer", "signature", "client secret", "redirect URI", "subscription key", "scope")
WRONG = {
    "audience": "audience-other-api",
    "issuer": "issuer-wrong-tenant",
    "signature": "signature-invalid",
    "client secret": "client-secret-invalid",
    "redirect URI": "redirect-uri-mismatch",
    "subscription key": "subscription-key-invalid",
}
PAIRS = [pair for pair in product(RIGHT, WRONG) if pair[0] != pair[1]]
TWO = (
    "I see that the {0} is right, but the {1} is wrong.",
    "My {0} is fine, only the {1} is wrong.",
    "The {0} is right but the {1} is not.",
    "We checked the {0}. The {1} is wrong.",
    "I tried another {0}, and now I see that the {1} is wrong.",
)
PRONOUNS = (
    "I looked at the {}. It is wrong.",
    "We send a {}, which is wrong.",
    "There is my {}, but it is wrong.",
    "We use a {} that we got by mail, and it is not valid.",
)
OWNED = ("The {1}'s {0} is wrong, I think it is old.", "I see that the {0} of our {1} is wrong.")


def first(text):
    return next((one.cause for one in explain(read_evidence(text)).causes), "")


@pytest.mark.parametrize("told", TWO)
def test_only_the_clause_that_says_it_accuses(told):
    wrong = {told.format(*pair): found for pair in PAIRS if (found := first(told.format(*pair))) != WRONG[pair[1]]}
    assert wrong == {}


@pytest.mark.parametrize("told", PRONOUNS)
@pytest.mark.parametrize(("thing", "cause"), WRONG.items())
def test_a_pronoun_stands_for_what_was_named_before(told, thing, cause):
    assert first(told.format(thing)) == cause


@pytest.mark.parametrize("thing", WRONG)
def test_a_pronoun_stands_for_nothing_that_was_named_long_before(thing):
    assert first(f"I looked at the {thing}. We had lunch. Then it rained. My lamp is old. It is wrong.") == ""


@pytest.mark.parametrize("told", OWNED)
@pytest.mark.parametrize(
    ("part", "whole", "cause"),
    [
        ("secret", "client", "client-secret-invalid"),
        ("audience", "token", "audience-other-api"),
        ("signature", "token", "signature-invalid"),
        ("secret", "app", "client-secret-invalid"),
    ],
)
def test_a_part_and_its_whole_are_one_thing_in_either_order(told, part, whole, cause):
    assert first(told.format(part, whole)) == cause


@pytest.mark.parametrize("store", ["vault", "pipeline", "repository"])
def test_a_key_of_an_application_is_no_key_that_signs_tokens(store):
    assert first(f"The key of the app was not found in the vault of the {store}.") == ""


OUTCOMES = ("{} returns 401", "{} gives me 401 Unauthorized", "{} answered 403 Forbidden", "{} ends in 401")
NAMED = ("My JWKS endpoint", "The discovery document", "My redirect URI", "Our subscription key", "My certificate")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_how_a_call_ended_says_nothing_of_the_thing_that_is_named_beside_it(outcome):
    told = [f"I tried it. {outcome.format(thing)} and I am lost." for thing in NAMED]
    assert [text for text in told if first(text)] == []


@pytest.mark.parametrize("when", ["When {}, I get 401.", "I get 401 after {}.", "As soon as {} I get 401."])
@pytest.mark.parametrize("fault", ["the client secret is wrong", "the audience is wrong", "the issuer is not accepted"])
def test_when_it_is_so_is_no_claim_that_it_was(when, fault):
    assert first(when.format(fault)) == ""


@pytest.mark.parametrize(
    "fault", ["the role is missing in the token", "the audience is wrong", "the token has expired"]
)
def test_a_but_within_what_only_should_be_claims_nothing(fault):
    assert first(f"I am sure a 403 should be returned when the user is known, but {fault}.") == ""


@pytest.mark.parametrize(
    "gets", ["I can get a token fine", "We get a token without problems", "The token request works"]
)
def test_who_says_that_he_gets_a_token_doubts_what_he_says_of_its_proof(gets):
    found = explain(read_evidence(f"{gets}, we call the API, but I see that the client secret is wrong.")).causes
    assert [(one.cause, one.confidence.value) for one in found] == [("client-secret-invalid", "possible")]


def test_of_two_things_that_are_told_the_second_is_only_possible_and_a_reason_comes_first():
    found = explain(read_evidence("I see that the token has no roles because the admin consent is missing.")).causes
    assert [(one.cause, one.confidence.value) for one in found] == [
        ("consent-missing", "likely"),
        ("role-insufficient", "possible"),
    ]


def test_what_is_said_to_be_in_order_and_wrong_is_only_possible():
    found = explain(read_evidence("My audience is right. We see that the audience is wrong in the log.")).causes
    assert [(one.cause, one.confidence.value) for one in found] == [("audience-other-api", "possible")]
