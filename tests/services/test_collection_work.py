"""A step may wait for long work that its answer began: what is expected is about the answer at its end."""

from dataclasses import replace

import pytest

from console.adapters import clock
from console.core.collections.collection import CollectionStep
from console.core.collections.result import StepOutcome
from console.core.compose.draft import RequestDraft
from console.core.errors import Unavailable
from console.core.exchange import Response
from console.core.reports.collection import line_of, to_json
from console.core.runs import operation
from console.sandbox import echo
from console.services import calls, collection_runs, collections, long_work, opening, operations, runs, wiring
from console.store import attempts
from console.store import runs as run_store
from tests.services.builders import with_samples
from tests.services.collection_samples import opened_sample, step
from tests.services.outside import outside_api, outside_profile
from tests.vectors.bad_input.faultserver import FaultServer

pytestmark = pytest.mark.django_db
REPORT = RequestDraft("POST", "/reports")
READ = RequestDraft("GET", "/echo/{{word}}")


@pytest.fixture
def now(monkeypatch):
    moment = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    return moment


@pytest.fixture
def opened(now):
    return opened_sample(with_samples())


def made(opened, expects="", takes="", *more, draft=REPORT):
    first = step(opened, "Make a report", draft)
    waits = CollectionStep(first.request_id, expects, takes, follows=True)
    return collections.make(opened, "Reports", [waits, *more], stops_early=False)


def begun(opened, collection):
    run = collection_runs.begin(opened, collection.id)
    return collection_runs.look(opened.actor, run.id)


def result(opened, run):
    return collection_runs.of_run(opened, run.id).value


def work_of(opened):
    """The run beside the attempt whose work is waited for."""
    return run_store.of_attempt(opened.actor, calls.last_attempts(opened).call.id)


def at_the_end(opened, run, now):
    for _ in range(echo.WORK_S + 3):
        now[0] += 1
        run = collection_runs.look(opened.actor, run.id)
        if run.is_done:
            break
    return result(opened, run)


def answers(monkeypatch, body, status=200):
    """Every look at work is answered with this."""
    response = Response(status, "OK", (("Content-Type", "application/json"),), body)
    ask = operations.look

    def look(actor, run):
        looked = ask(actor, run)
        shown = tuple(replace(one, response=response) for one in looked.shown)
        return replace(looked, came=replace(looked.came, response=response), shown=shown)

    monkeypatch.setattr(operations, "look", look)
    monkeypatch.setitem(runs.LOOKS, operation.KIND.code, look)


def test_the_answer_at_the_end_of_the_work_is_what_the_lines_are_about(opened, now):
    after = step(opened, "Read", READ, "$.path is /echo/Succeeded")
    run = begun(opened, made(opened, "status 200\n$.status is Succeeded", "word = $.status", after))
    assert (run.state, run.is_done) == ("Step 1 of 2, waiting for its work", False)
    waiting = result(opened, run)
    assert waiting.headline == "Reports is under way: 0 of 2 as expected so far; step 1 waits for its work."
    followed = work_of(opened)
    found = at_the_end(opened, run, now)
    assert found.headline == "2 of 2 as expected."
    first = found.steps[0]
    assert first.told == "answered 202 and, at the end of its work, 200 as expected"
    assert to_json(found)["steps"][0]["began_with"] == 202
    assert [(one.name, one.value) for one in first.taken] == [("word", "Succeeded")]
    assert attempts.get(opened.actor, first.attempt_id).value.title == "POST /reports"
    ended = run_store.get(opened.actor, followed.id).value
    assert (ended.attempt_id, ended.state, ended.is_done) == (first.attempt_id, "Succeeded", True)


def test_the_monitor_is_asked_no_sooner_than_it_said(opened, now):
    run = begun(opened, made(opened))
    for _ in range(3):
        run = collection_runs.look(opened.actor, run.id)
    assert work_of(opened).version == 0
    now[0] += echo.RETRY_AFTER_S
    collection_runs.look(opened.actor, run.id)
    assert work_of(opened).version == 1


def test_waiting_keeps_one_entry_and_no_look_of_it_is_told_as_a_step(opened, now):
    run, told = begun(opened, made(opened)), []
    now[0] += echo.RETRY_AFTER_S
    after = collection_runs.go_on(opened.actor, run.id, until_s=clock.monotonic() + 60, told=told.append)
    assert (after.version, after.is_done, told) == (1, False, [])
    now[0] += echo.WORK_S
    collection_runs.go_on(opened.actor, run.id, until_s=clock.monotonic() + 60, told=told.append)
    assert [line_of(one).split()[0] for one in told] == ["ok"]


def test_without_the_wish_the_first_answer_is_it(opened):
    collection = collections.make(opened, "Reports", [step(opened, "Report", REPORT, "status 202")], stops_early=False)
    assert result(opened, begun(opened, collection)).headline == "1 of 1 as expected."


def test_an_answer_that_begins_no_work_is_compared_at_once(opened):
    run = begun(opened, made(opened, "status 200", draft=RequestDraft("GET", "/orders")))
    found = result(opened, run)
    assert (found.headline, found.steps[0].began_with) == ("1 of 1 as expected.", None)


def test_work_that_failed_is_not_as_expected_and_its_error_is_told(opened, now, monkeypatch):
    run = begun(opened, made(opened))
    answers(monkeypatch, b'{"status": "Failed", "error": {"code": "NoPaper", "message": "The tray is empty."}}')
    found = at_the_end(opened, run, now)
    assert found.headline == (
        "0 of 1 as expected; step 1 answered 202 and, at the end of its work, 200, but “its work succeeds” was "
        "expected. It ended with Failed: NoPaper: The tray is empty."
    )


def test_that_work_fails_may_be_what_is_expected(opened, now, monkeypatch):
    run = begun(opened, made(opened, "$.status is Failed"))
    answers(monkeypatch, b'{"status": "Failed"}')
    assert at_the_end(opened, run, now).is_good


def test_a_refusal_of_the_monitor_ends_it_with_its_status(opened, now, monkeypatch):
    run = begun(opened, made(opened))
    answers(monkeypatch, b'{"statusCode": 401}', status=401)
    found = at_the_end(opened, run, now)
    assert "answered 202 and, at the end of its work, 401 instead of 2xx" in found.headline


def test_a_secret_of_the_end_is_masked_and_put_into_the_next_call(opened, now, monkeypatch):
    secret = "Sup3r-s3cret-of-the-report"
    after = step(opened, "Read", RequestDraft("GET", "/echo/{{password}}"), "$.path is /echo/{{password}}")
    run = begun(opened, made(opened, "", "password = $.result", after))
    answers(monkeypatch, f'{{"status": "Succeeded", "result": "{secret}"}}'.encode())
    found = at_the_end(opened, run, now)
    assert found.is_good
    assert secret not in repr(to_json(found))


def test_what_another_look_received_is_compared_and_no_mask_is_taken_for_a_value(opened, now, monkeypatch):
    run = begun(opened, made(opened, "status 200", "key = $.password\nword = $.status"))
    answers(monkeypatch, b'{"status": "Succeeded", "password": "***"}')
    now[0] += echo.RETRY_AFTER_S
    runs.look(opened.actor, work_of(opened).id)
    found = at_the_end(opened, run, now)
    assert found.steps[0].told.endswith("what is kept hides the value.")
    assert [one.name for one in found.steps[0].taken] == ["word"]


def test_work_that_nobody_follows_any_more_says_so(opened, now):
    run = begun(opened, made(opened))
    long_work.leave(opened.actor, work_of(opened).attempt_id)
    found = at_the_end(opened, run, now)
    assert found.steps[0].told == "got no answer about its work: Nobody follows its work any more."


def test_an_attempt_that_is_deleted_meanwhile_says_so(opened, now):
    run = begun(opened, made(opened))
    calls.delete_attempt(opened.actor, work_of(opened).attempt_id)
    found = at_the_end(opened, run, now)
    assert "Its work cannot be followed." in found.headline


def test_a_run_that_is_stopped_while_it_waits_says_that_the_call_was_sent(opened):
    run = begun(opened, made(opened))
    collection_runs.stop(opened.actor, run.id)
    found = result(opened, run)
    assert found.steps[0].outcome is StepOutcome.STOPPED
    assert found.headline == "0 of 1 as expected; step 1 was stopped while its work went on."


def test_a_collection_that_is_changed_while_it_waits_is_not_gone_on_with(opened):
    collection = made(opened)
    run = begun(opened, collection)
    collections.change(opened, collection, name="Other", steps=(), stops_early=False, version=collection.version)
    assert "got no answer about its work: The collection was changed" in at_the_end(opened, run, [0]).headline


def test_a_look_that_another_overtook_ends_nothing(opened, now, monkeypatch):
    run = begun(opened, made(opened))

    def overtaken(*_):
        raise Unavailable("Somebody else looked at this run meanwhile.")

    now[0] += echo.RETRY_AFTER_S
    with monkeypatch.context() as patch:
        patch.setattr(operations, "look", overtaken)
        assert not collection_runs.look(opened.actor, run.id).is_done
    assert at_the_end(opened, run, now).is_good


def test_a_202_that_says_nowhere_how_its_work_goes_is_not_as_expected(settings):
    actor = with_samples()
    with FaultServer() as server:
        settings.CONSOLE_EGRESS_ALLOW = f"http://127.0.0.1:{server.server_address[1]}"
        wiring.egress_policy.cache_clear()
        profile = outside_profile(actor, api_id=outside_api(actor, server.url).id)
        far = opening.of_profile(actor, "use", profile.id)
        draft = RequestDraft("POST", "/status/202", sends_token=False, sends_subscription_key=False)
        found = result(far, begun(far, made(far, "status 202", draft=draft)))
    wiring.egress_policy.cache_clear()
    assert found.headline.startswith("0 of 1 as expected; step 1 answered 202, but “its work can be followed” was")
    assert "has no Operation-Location, Azure-AsyncOperation or Location" in found.headline
