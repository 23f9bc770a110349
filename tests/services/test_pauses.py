"""A far side that failed five times in a row is left alone for half a minute: for this person, and nobody else."""

import pytest

from console.adapters import clock
from console.core.call import ApiCall
from console.core.errors import Busy
from console.models import FarSideTrouble
from console.services import calls, tokens, wiring
from console.store import attempts
from tests.far_sides import stand_in
from tests.services.builders import person, with_samples
from tests.services.outside import api, outside_api, outside_profile, provider

__all__ = ["api", "provider"]  # fixtures

pytestmark = pytest.mark.django_db
BARE = {"sends_token": False, "sends_subscription_key": False}


def test_a_provider_in_trouble_is_left_alone_and_asked_again_later(settings, provider, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    actor, other = with_samples(), person("ben@example.com")
    failing, theirs = (outside_profile(one, "failing.example") for one in (actor, other))
    stand_in(settings, provider)
    for _ in range(5):
        assert tokens.obtain(actor, failing.id).error.kind == "server_error"
    with pytest.raises(Busy) as refused:
        tokens.obtain(actor, failing.id)
    assert refused.value.what == f"{provider.url} has failed 5 times in a row, so it is left alone for a moment."
    assert (refused.value.wait_s, len(provider.token_requests())) == (30, 5)
    assert len(attempts.list_recent(actor)) == 5
    assert tokens.obtain(other, theirs.id).error.kind == "server_error"
    time_machine.shift(30)
    assert tokens.obtain(actor, failing.id).error.kind == "server_error"


def test_a_success_in_between_begins_anew(settings, provider):
    actor = with_samples()
    failing, good = outside_profile(actor, "failing.example"), outside_profile(actor, "granting.example")
    stand_in(settings, provider)
    for _ in range(2):
        for _ in range(4):
            tokens.obtain(actor, failing.id)
        assert tokens.obtain(actor, good.id, wants_fresh=True).access_token is not None
    assert not FarSideTrouble.objects.exists()


def test_failures_that_are_far_apart_are_not_in_a_row(settings, provider, time_machine):
    actor = with_samples()
    failing = outside_profile(actor, "failing.example")
    stand_in(settings, provider)
    time_machine.move_to(clock.now(), tick=False)
    for _ in range(7):
        assert tokens.obtain(actor, failing.id).error is not None
        time_machine.shift(60)


def test_an_api_that_answers_with_errors_is_not_in_trouble_and_one_that_is_silent_is(settings, api):
    actor = with_samples()
    silent = outside_profile(actor, api_id=outside_api(actor, "http://127.0.0.1:9").id)
    loud = outside_profile(actor, api_id=outside_api(actor, api.url).id)
    settings.CONSOLE_EGRESS_ALLOW = f"127.0.0.1:{api.port}, 127.0.0.1:9"
    wiring.egress_policy.cache_clear()
    api.answers["/x"] = (503, [])
    for _ in range(7):
        assert calls.send(actor, loud.id, ApiCall("GET", "/x", **BARE)).exchange.response.status == 503
    for _ in range(5):
        assert calls.send(actor, silent.id, ApiCall("GET", "/x", **BARE)).exchange.failure.kind == "refused"
    with pytest.raises(Busy):
        calls.send(actor, silent.id, ApiCall("GET", "/x", **BARE))
