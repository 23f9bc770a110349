"""Two tokens are compared from pastes or from the history, without storing or fetching anything."""

import pytest

from console.core.actor import SYSTEM
from console.core.errors import NotFound
from console.services import comparison, profiles, sandbox, tokens
from console.services.calls import history
from tests.services.builders import person, with_samples

FIRST = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJhcGk6Ly9hIiwic2NwIjoiYSBiIn0."
SECOND = "eyJhbGciOiJub25lIn0.eyJhdWQiOiJhcGk6Ly9iIiwic2NwIjoiYiBhIn0."


def test_two_pastes_are_compared_and_a_set_in_another_order_is_no_change():
    found = comparison.of_pastes(SYSTEM, FIRST, f"Bearer {SECOND}")
    assert [change.name for change in found.diff.changes] == ["aud"]


def test_two_tokens_in_the_first_box_are_enough():
    assert [change.name for change in comparison.of_pastes(SYSTEM, f"{FIRST}\n{SECOND}", "").diff.changes] == ["aud"]


@pytest.mark.parametrize(("before", "after"), [("", SECOND), (FIRST, ""), ("hello", SECOND), (FIRST, "hello")])
def test_a_missing_token_is_said(before, after):
    found = comparison.of_pastes(SYSTEM, before, after)
    assert found.diff is None
    assert found.problem.endswith("is a token.")


@pytest.mark.django_db
def test_two_attempts_of_the_history_are_compared_and_a_strangers_is_not_found():
    actor = with_samples()
    profile = profiles.list_profiles(actor)[0]
    tokens.obtain(actor, profile.id, wants_fresh=True)
    sandbox.set_fault(actor, "missing-role")
    tokens.obtain(actor, profile.id, wants_fresh=True)
    first, second = (record.id for record in history(actor))
    found = comparison.of_attempts(actor, first, second)
    assert "roles" in {change.name for change in found.diff.changes}
    with pytest.raises(NotFound):
        comparison.of_attempts(person("otto@example.com"), first, second)
