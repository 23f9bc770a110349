"""What is pinned is kept by pruning, listed, and unpinned; a call of the past fills the form of its own profile."""

import pytest

from console.core.attempts.history import HistoryFilter, HistorySpan
from console.core.call import ApiCall
from console.core.errors import NotAllowed, NotFound
from console.models import AuditEntry
from console.services import calls, history, opening, pins, profiles, pruning, replays
from console.store import attempts
from tests.services.builders import person, with_samples

pytestmark = pytest.mark.django_db
PINNED = HistoryFilter(is_pinned=True)


@pytest.fixture
def owner(time_machine):
    time_machine.move_to(1_900_000_000, tick=False)
    return with_samples()


@pytest.fixture
def sent(owner, time_machine):
    """A token and two calls of one profile: the calls, the newer one first."""
    profile = next(one for one in profiles.list_profiles(owner) if one.name == "Sample: orders with a secret")
    for second, path in enumerate(("/orders", "/orders/1001")):
        time_machine.move_to(1_900_000_000 + second, tick=False)
        calls.send(owner, profile.id, ApiCall("GET", path, query="top=1", headers=(("X-A", "1"),)))
    return [one for one in attempts.list_recent(owner) if one.kind == "call"]


def test_what_is_pinned_outlives_its_time_until_it_is_unpinned(owner, sent, time_machine):
    pins.pin(owner, sent[1].id, wants_kept=True)
    pins.pin(owner, sent[1].id, wants_kept=True)
    assert [one.id for one in history.read(owner, PINNED, HistorySpan.ALL).lines] == [sent[1].id]
    time_machine.shift(400 * 86_400)
    assert pruning.prune_all()["attempts"] == 2
    found = history.read(owner, PINNED, HistorySpan.ALL).lines
    assert [(one.id, one.pinned_at is not None) for one in found] == [(sent[1].id, True)]
    pins.pin(owner, sent[1].id, wants_kept=False)
    assert pruning.prune_all()["attempts"] == 1
    told = AuditEntry.objects.filter(action__startswith="attempt ").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["attempt pinned", "attempt unpinned"]


def test_only_so_many_are_pinned(owner, sent, monkeypatch):
    monkeypatch.setattr(pins, "MOST", 1)
    pins.pin(owner, sent[0].id, wants_kept=True)
    with pytest.raises(NotAllowed, match="1 attempts are pinned already"):
        pins.pin(owner, sent[1].id, wants_kept=True)
    pins.pin(owner, sent[0].id, wants_kept=False)
    pins.pin(owner, sent[1].id, wants_kept=True)


def test_a_stranger_pins_nothing_and_fills_no_form_with_it(owner, sent):
    stranger = person("otto@example.com")
    with pytest.raises(NotFound):
        pins.pin(stranger, sent[0].id, wants_kept=True)
    own = profiles.duplicate(owner, sent[0].profile_id)
    opened = opening.of_profile(owner, "use", own.id)
    with pytest.raises(NotFound, match="no such call of this profile"):
        replays.of_attempt(opened, sent[0].id)


def test_a_call_fills_the_form_of_its_profile(owner, sent):
    opened = opening.of_profile(owner, "use", sent[0].profile_id)
    found = replays.of_attempt(opened, sent[0].id).call
    assert (found.method, found.path, found.query, found.headers) == ("GET", "/orders/1001", "top=1", (("X-A", "1"),))
    assert found.sends_token
    token = next(one for one in attempts.list_recent(owner) if one.kind == "token")
    with pytest.raises(NotFound):
        replays.of_attempt(opened, token.id)
