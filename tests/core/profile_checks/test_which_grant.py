"""Every path through the questions ends in a provider and a grant that exist together."""

import pytest

from console.core.profile_checks.settings import grants_of
from console.core.profile_checks.which_grant import (
    ADVISED,
    QUESTIONS,
    advised,
    answered,
    next_question,
    question_of,
)
from console.core.providers import provider_of


def paths(answers=None):
    """Every way to answer to the end."""
    answers = answers or {}
    question = next_question(answers)
    if question is None:
        return [answers]
    return [path for code, _ in question.choices for path in paths({**answers, question.name: code})]


PATHS = paths()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: "-".join(path.values()))
def test_a_path_ends_in_a_provider_that_has_the_grant(path):
    found = advised(path)
    code, _, variant = found.provider.partition(":")
    provider = provider_of(code)
    assert found.grant in {grant.code for grant in grants_of(provider)}
    assert found.provider in dict(provider.choices)
    assert bool(variant) is (provider.variant is not None)
    assert found.why.endswith(".") and found.errands
    assert len(path) <= len(QUESTIONS)


def test_every_advice_is_reached_and_by_no_more_than_four_answers():
    assert {advised(path).code for path in PATHS} == set(ADVISED)
    assert max(len(path) for path in PATHS) == 4


@pytest.mark.parametrize(
    ("path", "provider", "grant"),
    [
        ({"person": "nobody", "api": "internal"}, "entra:global", "client_credentials"),
        ({"person": "nobody", "api": "public"}, "maskinporten:test", "jwt_bearer"),
        ({"person": "nobody", "api": "external"}, "generic:outside", "client_credentials"),
        ({"person": "here", "who": "citizen", "travels": "yes"}, "idporten:test", "authorization_code"),
        ({"person": "before", "who": "citizen", "travels": "yes"}, "tokenx:dev", "token_exchange"),
        ({"person": "before", "who": "employee", "travels": "yes"}, "entra:global", "on_behalf_of"),
        (
            {"person": "elsewhere", "who": "employee", "travels": "yes", "api": "internal"},
            "entra:global",
            "device_code",
        ),
        ({"person": "here", "who": "employee", "travels": "no", "api": "public"}, "maskinporten:test", "jwt_bearer"),
    ],
)
def test_the_usual_cases_end_where_they_should(path, provider, grant):
    found = advised(path)
    assert (found.provider, found.grant) == (provider, grant)


@pytest.mark.parametrize(
    "given", [{}, {"person": "x"}, {"who": "citizen"}, {"person": "here", "who": "nobody"}, {"api": "internal"}]
)
def test_answers_that_nobody_offered_count_as_none(given):
    assert advised(given) is None
    assert next_question(given) is not None
    assert set(answered(given)) <= {"person"}


def test_an_answer_that_another_answer_made_idle_is_dropped():
    given = {"person": "nobody", "who": "citizen", "travels": "no", "api": "internal"}
    assert answered(given) == {"person": "nobody", "api": "internal"}
    assert question_of(given, "api").name == "api"
