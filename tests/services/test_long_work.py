"""Long work beside its looks: cancelled, left, followed with the token where both sides agreed, across a restart."""

import pytest

from console.adapters import clock
from console.core.call import ApiCall
from console.core.errors import NotAllowed, NotFound
from console.services import answer_bodies, calls, long_work, profiles, wiring
from console.services.runs import LEFT_ALONE
from console.store import audit
from tests.far_sides import EchoApi, Provider, allow
from tests.services.builders import person, with_samples
from tests.services.outside import KEY, api
from tests.services.test_calls import begin_work

__all__ = ["api"]  # a fixture

pytestmark = pytest.mark.django_db
SAMPLE = "Sample: orders with a secret"


@pytest.fixture
def actor():
    return with_samples()


@pytest.fixture
def work(actor):
    """Long work of the sandbox, just begun."""
    profile = next(one for one in profiles.list_profiles(actor) if one.name == SAMPLE)
    return calls.send(actor, profile.id, ApiCall("POST", "/reports"))


def run_of(actor, sent):
    return calls.open_attempt(actor, sent.attempt_id).run


def test_work_is_cancelled_at_the_far_side_whatever_it_was_told_to_wait_for(actor, work):
    cancelled = long_work.cancel(actor, work.attempt_id)
    assert (cancelled.state, cancelled.is_done) == ("Canceled", True)
    asked = cancelled.exchanges[-1].request
    assert (asked.method, asked.url.endswith(":cancel")) == ("POST", True)
    assert ("Authorization", "Bearer <token>") in asked.headers


def test_an_api_that_knows_no_cancelling_is_followed_on(api, actor):
    api.answers["/op/1"] = (200, [("Retry-After", "0")])
    sent = begin_work(actor, api, "", "/op/1", header="Operation-Location")
    refused = long_work.cancel(actor, sent.attempt_id)
    assert (refused.state, refused.is_done) == ("Cancel refused", False)
    assert api.seen[-1]["path"] == "/op/1:cancel"


def test_work_is_left_without_asking_anybody(api, actor):
    sent = begin_work(actor, api, "", "/monitor")
    seen = len(api.seen)
    left = long_work.leave(actor, sent.attempt_id)
    assert (left.state, left.is_done, len(api.seen)) == (LEFT_ALONE, True, seen)
    assert run_of(actor, sent) == left
    assert "long work not followed any more" in [str(one.action) for one in audit.recent(limit=1)]
    assert long_work.leave(actor, sent.attempt_id) == left, "a second time changes nothing"


def test_only_whoever_sent_the_call_does_any_of_it(actor, work):
    stranger = person("stranger@example.com")
    for deed in (long_work.cancel, long_work.leave, long_work.look_with_token):
        with pytest.raises(NotFound):
            deed(stranger, work.attempt_id)


def test_the_token_goes_outside_the_api_only_where_the_administrator_and_the_person_say_so(settings, api, actor):
    with Provider() as elsewhere:  # which speaks https
        allow(settings, api, elsewhere)
        place = f"{elsewhere.url}/sandbox/x/monitor.example/keys"
        sent = begin_work(actor, api, "", place)
        with pytest.raises(NotAllowed, match="not sent to that address"):
            long_work.look_with_token(actor, sent.attempt_id)
        settings.CONSOLE_MONITOR_HOSTS = [f"127.0.0.1:{elsewhere.port}"]
        looked = long_work.look_with_token(actor, sent.attempt_id)
        arrived = dict(looked.exchanges[-1].request.headers)
        assert arrived["Authorization"] == "Bearer <token>"
        assert KEY not in repr(looked)
        assert "Ocp-Apim-Subscription-Key" not in arrived
        other = begin_work(actor, api, "", place)
        calls.look_again(actor, other.attempt_id)
        assert "Authorization" not in dict(run_of(actor, other).exchanges[-1].request.headers)
    wiring.egress_policy.cache_clear()


def test_over_plain_http_it_never_goes(settings, api, actor):
    with EchoApi() as elsewhere:
        allow(settings, api, elsewhere)
        settings.CONSOLE_MONITOR_HOSTS = [f"127.0.0.1:{elsewhere.port}"]
        sent = begin_work(actor, api, "", f"{elsewhere.url}/monitor")
        with pytest.raises(NotAllowed):
            long_work.look_with_token(actor, sent.attempt_id)
        assert elsewhere.seen == []
    wiring.egress_policy.cache_clear()


def test_a_run_goes_on_where_it_was_after_a_restart(actor, work, time_machine):
    """All that a look needs stands in its row: nothing of the process that began it."""
    time_machine.move_to(clock.now() + 3, tick=False)
    wiring.egress_policy.cache_clear()
    going = calls.look_again(actor, work.attempt_id)
    assert (going.state, going.is_done) == ("Running", False)
    time_machine.move_to(clock.now() + 30, tick=False)
    assert calls.look_again(actor, work.attempt_id).state == "Succeeded"


def test_the_same_work_is_answered_at_once_where_that_is_preferred(actor, work):
    wish = (("Prefer", "wait=20"),)
    twin = calls.send(actor, work.profile.id, ApiCall("POST", "/reports", headers=wish))
    assert (work.exchange.response.status, twin.exchange.response.status) == (202, 200)
    assert twin.run is None
    assert b"Succeeded" in twin.exchange.response.body


def test_the_result_of_the_work_is_a_body_like_any_other(actor, work, time_machine):
    with pytest.raises(NotFound), answer_bodies.opened(actor, work.attempt_id, of_work=True):
        pass
    time_machine.move_to(clock.now() + 30, tick=False)
    calls.look_again(actor, work.attempt_id)
    with answer_bodies.opened(actor, work.attempt_id, of_work=True) as result:
        assert b'"rows"' in result.content
        assert (result.is_of_work, result.is_text) == (True, True)
    with answer_bodies.opened(actor, work.attempt_id) as own:
        assert b"NotStarted" in own.content
