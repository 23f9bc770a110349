"""Two tokens are compared from pastes or from the history, without storing or fetching anything."""

import pytest

from console.core.actor import SYSTEM
from console.core.call import ApiCall
from console.core.errors import NotFound
from console.services import calls, comparison, profiles, sandbox, tokens
from console.store import attempts
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
    first, second = (record.id for record in attempts.list_recent(actor))
    found = comparison.of_attempts(actor, first, second)
    assert "roles" in {change.name for change in found.difference.claims}
    with pytest.raises(NotFound):
        comparison.of_attempts(person("otto@example.com"), first, second)


@pytest.mark.django_db
def test_the_last_that_went_well_is_of_the_same_call_where_there_is_one_and_before_where_there_is_one(time_machine):
    time_machine.move_to(1_900_000_000, tick=False)
    actor = with_samples()
    profile = next(one for one in profiles.list_profiles(actor) if one.name == "Sample: orders with a secret")
    sent = {}
    for second, (name, path) in enumerate(
        [("refused", "/orders"), ("good", "/orders"), ("other", "/orders/1001"), ("refused again", "/orders")]
    ):
        time_machine.move_to(1_900_000_001 + second, tick=False)
        sandbox.set_fault(actor, "missing-role" if name.startswith("refused") else None)
        tokens.obtain(actor, profile.id, wants_fresh=True)
        sent[name] = calls.send(actor, profile.id, ApiCall("GET", path)).attempt_id

    def with_last_good(name):
        found = comparison.with_last_good(actor, sent[name])
        return found.first.id if found else None

    assert with_last_good("refused again") == sent["good"]
    assert with_last_good("refused") == sent["good"], "nothing went well before it"
    assert with_last_good("other") == sent["good"]
    assert with_last_good("good") is None
