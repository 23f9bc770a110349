"""What solved cases teach, and where onboarding stalls, for those who look after it."""

import pytest

from console.core.actor import Role
from console.core.diagnosis import read_evidence
from console.core.errors import NotFound
from console.services import case_evidence, cases, lessons
from tests.services.builders import person, with_samples
from tests.services.test_case_evidence import CALL, DEMANDS, NOW, TOKEN, added

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(time_machine):
    time_machine.move_to(NOW, tick=False)
    return with_samples()


@pytest.fixture
def support():
    return person("sam@example.com", Role.SUPPORT)


def solved(owner, support, true_cause, *, diagnosed=True):
    case = cases.create_of(owner, read_evidence(CALL), title="", note="")
    if diagnosed:
        case_evidence.add(owner, case.id, added(TOKEN))
        case_evidence.add(owner, case.id, added(DEMANDS))
    cases.solve(support, case.id, cause=true_cause, sentence="")
    return case


def test_wrong_first_causes_are_counted_with_their_cases(owner, support):
    wrong = [solved(owner, support, "token-expired") for _ in range(2)]
    solved(owner, support, "audience-other-api")
    unnamed = solved(owner, support, "call-timeout", diagnosed=False)
    found = lessons.teaching(support)
    assert [(one.cause, one.true_cause, one.count) for one in found.wrong] == [
        ("audience-other-api", "token-expired", 2), ("", "call-timeout", 1),
    ]  # fmt: skip
    assert {key for key, _ in found.wrong[0].examples} == {one.id for one in wrong}
    assert [key for key, _ in found.wrong[1].examples] == [unnamed.id]
    assert (found.right_count, found.solved_count) == (1, 4)


def test_steps_are_counted_for_everybody_and_named_only_to_who_may_open_them(owner, support):
    found = lessons.teaching(support)
    assert found.own == {} and found.profiles > 0 and not found.is_cut
    assert sum(one.count for one in found.steps) == found.profiles  # nobody has called yet
    both = person("both@example.com", Role.SUPPORT, Role.INTEGRATOR)
    assert lessons.teaching(both).own == {}


def test_it_is_not_there_for_others(owner):
    with pytest.raises(NotFound):
        lessons.teaching(owner)
    assert lessons.teaching(person("ada2@example.com", Role.ADMIN)).solved_count == 0


def test_it_asks_a_fixed_number_of_questions(owner, support, django_assert_num_queries):
    for _ in range(3):
        solved(owner, support, "token-expired")
    with django_assert_num_queries(4):
        lessons.teaching(support)
