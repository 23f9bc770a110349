"""A collection runs step by step, takes values of one answer into the next call, and says first how it went."""

from dataclasses import replace

import pytest

from console.adapters import clock
from console.core.access import SharedWith
from console.core.collections.collection import CollectionStep
from console.core.collections.result import StepOutcome
from console.core.compose.draft import RequestDraft
from console.core.errors import NotAllowed, NotFound
from console.core.reports.collection import line_of, to_json
from console.services import (
    collection_runs,
    collections,
    left_alone,
    opening,
    sandbox,
    saved_requests,
    sharing,
    tokens,
    variables,
)
from console.store import attempts, audit
from console.store import runs as run_store
from tests.services.builders import person, with_samples
from tests.services.collection_samples import READ, WRITE, opened_sample, orders, step

pytestmark = pytest.mark.django_db
NOBODY = RequestDraft("GET", "/orders", sends_token=False)


@pytest.fixture
def opened():
    return opened_sample(with_samples())


def ran(opened, collection):
    run = collection_runs.begin(opened, collection.id)
    collection_runs.go_on(opened.actor, run.id, until_s=clock.monotonic() + 60)
    return collection_runs.of_run(opened, run.id).value


def test_values_of_one_answer_go_into_the_calls_that_follow(opened):
    body = '$.body is "{\\"order\\": \\"1001\\"}"'
    found = ran(opened, orders(opened, step(opened, "Write", WRITE, f"status 2xx\n{body}")))
    assert found.headline == "3 of 3 as expected."
    assert found.is_good
    assert [(one.name, one.value) for one in found.steps[0].taken] == [("orderId", "1001"), ("customer", "Contoso")]
    records = [attempts.get(opened.actor, one.attempt_id).value for one in found.steps]
    assert [one.title for one in records] == ["GET /orders", "GET /echo/1001", "POST /echo"]


def test_the_first_step_that_is_not_as_expected_is_said_with_its_cause_and_the_others_are_sent(opened):
    found = ran(opened, orders(opened, step(opened, "Nobody", NOBODY, "status 200"), step(opened, "Again", READ)))
    assert found.headline == "3 of 4 as expected; step 3 answered 401 instead of 200: No token sent."
    failing = found.failing
    assert (failing.cause, failing.status, failing.is_good) == ("authorization-header-missing", 401, False)
    assert attempts.get(opened.actor, failing.attempt_id).value.primary_cause == failing.cause


def test_a_refusal_may_be_what_is_expected(opened):
    found = ran(opened, orders(opened, step(opened, "Nobody", NOBODY, "status 401\n$.statusCode is 401")))
    assert found.headline == "3 of 3 as expected."
    assert found.steps[2].cause == ""


def test_it_may_stop_at_the_first_step_that_is_not_as_expected(opened):
    early = orders(opened, step(opened, "Nobody", NOBODY), step(opened, "Again", READ), stops_early=True)
    found = ran(opened, early)
    assert (len(found.steps), found.total, found.is_done, found.is_good) == (3, 4, True, False)


def test_a_fault_of_the_provider_leaves_every_step_unsent_and_says_why(opened):
    sandbox.set_fault(opened.actor, "secret-expired")
    found = ran(opened, orders(opened))
    assert found.headline == "0 of 2 as expected; step 1 was not sent: No token was given for it."
    assert [one.outcome for one in found.steps] == [StepOutcome.NOT_SENT] * 2
    assert found.steps[0].cause == "client-secret-expired"
    assert found.steps[1].problem.what == "{{orderId}} has no value, because step 1 gave none."


STORED = (
    "It went with a stored token. The fault “Token for another API” shows only in a token that was got while it is "
    "switched on: get a fresh one on the profile’s page, then run the collection again."
)


def test_a_step_says_that_a_stored_token_hides_the_fault_that_is_switched_on(opened):
    made = orders(opened, step(opened, "Open", NOBODY))
    assert [one.note for one in ran(opened, made).steps] == ["", "", ""], "no fault"
    sandbox.set_fault(opened.actor, "wrong-audience")
    hidden = ran(opened, made)
    assert [one.note for one in hidden.steps] == [STORED, STORED, ""], "the last sends no token"
    assert to_json(hidden)["steps"][0]["note"] == STORED
    assert line_of(hidden.steps[0]).endswith(STORED)
    tokens.obtain_for(opened_sample(opened.actor), wants_fresh=True)
    shown = ran(opened, made)
    assert shown.steps[0].cause == "audience-other-api"
    assert [one.note for one in shown.steps] == ["", "", ""], "it shows, and explains the answer"
    sandbox.set_fault(opened.actor, "subscription-key-missing")
    assert not any(one.note for one in ran(opened, made).steps), "it shows whichever token goes along"


def test_one_look_sends_one_step_and_another_process_goes_on_with_the_rest(opened):
    run = collection_runs.begin(opened, orders(opened).id)
    run = collection_runs.look(opened.actor, run.id)
    assert (run.version, run.state, run.is_done) == (1, "Step 2 of 2", False)
    assert "1001" in run.kept["value.orderId"]
    left_alone.go_on.func(run.id)
    ended = run_store.get(opened.actor, run.id).value
    assert (ended.is_done, ended.kept) == (True, {})
    assert collection_runs.look(opened.actor, run.id).version == 2


def test_a_second_click_goes_on_with_the_first_run(opened):
    made = orders(opened)
    assert collection_runs.begin(opened, made.id).id == collection_runs.begin(opened, made.id).id


def test_a_run_that_is_stopped_sends_no_further_step(opened):
    run = collection_runs.begin(opened, orders(opened).id)
    collection_runs.look(opened.actor, run.id)
    stopped = collection_runs.stop(opened.actor, run.id)
    assert (stopped.is_done, stopped.kept) == (True, {})
    assert collection_runs.look(opened.actor, run.id).version == 2
    found = collection_runs.of_run(opened, run.id).value
    assert found.headline == "1 of 2 as expected; step 2 was stopped before it was sent."
    assert collection_runs.stop(opened.actor, run.id).version == 2


def test_a_stop_while_a_step_is_being_sent_is_kept_for_the_next_look(opened):
    run = collection_runs.begin(opened, orders(opened).id)
    now = clock.now()
    assert run_store.acquire_lease(run.id, holder="another", now=now, until=now + 60)
    assert not collection_runs.stop(opened.actor, run.id).is_done
    run_store.release_lease(run.id, holder="another")
    assert collection_runs.look(opened.actor, run.id).is_done
    assert "step 1 was stopped before it was sent" in collection_runs.of_run(opened, run.id).value.headline


def test_a_collection_that_is_changed_meanwhile_is_not_gone_on_with(opened):
    made = orders(opened)
    run = collection_runs.begin(opened, made.id)
    collection_runs.look(opened.actor, run.id)
    collections.change(opened, made, name="Other", steps=made.steps[:1], stops_early=False, version=made.version)
    assert collection_runs.look(opened.actor, run.id).is_done
    assert "was changed while it ran" in collection_runs.of_run(opened, run.id).value.headline


def test_a_request_that_was_deleted_is_a_step_that_says_so(opened):
    made = orders(opened)
    saved_requests.delete(opened, made.steps[1].request_id)
    found = ran(opened, made)
    assert found.headline == "1 of 2 as expected; step 2 was not sent: Its saved request is gone."


def test_each_step_tells_what_was_really_sent_and_where_its_values_come_from(opened):
    found = ran(opened, orders(opened, step(opened, "Write", WRITE, "$.path is /echo/{{orderId}}\n$.id is {{other}}")))
    read, write = found.steps[1:]
    assert read.call == "GET /echo/1001?by=Contoso"
    used = [(one.name, one.value, one.step) for one in read.used]
    assert used == [("orderId", "1001", 1), ("customer", "Contoso", 1)]
    assert [one.shown for one in read.checks[1:]] == ["$.path is /echo/1001", "$.query contains Contoso"]
    assert write.checks[1].problem == 'There is "/echo".'
    assert write.checks[2].problem == "There is nothing. {{other}} was never filled: nobody gave it a value."
    assert [(one.name, one.value) for one in write.used] == [("orderId", "1001"), ("other", None)]
    assert "but “$.path is /echo/1001” was expected" in found.headline


def test_a_step_that_is_refused_here_tells_what_would_have_been_sent(opened):
    away = step(opened, "Away", RequestDraft("GET", "/echo/{{up}}/{{orderId}}"))
    variables.save(opened, {"up": ".."}, {}, version=variables.of_opened(opened).version)
    found = ran(opened, orders(opened, away))
    assert found.steps[2].outcome is StepOutcome.NOT_SENT
    assert found.steps[2].call == "GET /echo/../1001"
    assert [one.origin for one in found.steps[2].used] == ["typed under Variables", "from the answer to step 1"]


def test_a_value_that_no_step_takes_is_named(opened):
    found = ran(opened, collections.make(opened, "C", [step(opened, "Read", READ)], stops_early=False))
    assert "step 1 was not sent: Nobody gave a value for {{orderId}} and {{customer}}." in found.headline


def test_variables_of_the_profile_are_known_to_every_step_and_a_taken_value_goes_first(opened):
    variables.save(opened, {"orderId": "typed", "customer": "Ann"}, None, version=variables.of_opened(opened).version)
    alone = step(opened, "Alone", READ, "$.path is /echo/{{orderId}}\n$.query is by=Ann")
    assert ran(opened, collections.make(opened, "C", [alone], stops_early=False)).headline == "1 of 1 as expected."
    assert ran(opened, orders(opened)).headline == "2 of 2 as expected."


def test_a_collection_without_steps_cannot_run(opened):
    empty = collections.make(opened, "Empty", [], stops_early=False)
    with pytest.raises(NotAllowed, match="no steps yet"):
        collection_runs.begin(opened, empty.id)


@pytest.mark.parametrize("line", ["nonsense", "$..a exists"])
def test_lines_that_were_changed_by_hand_send_nothing(opened, line):
    made = orders(opened)
    broken = replace(made.steps[0], expects=line)
    found = ran(opened, collections.change(opened, made, name="B", steps=[broken], stops_early=False, version=0))
    assert found.headline == "0 of 1 as expected; step 1 was not sent: What is expected of it cannot be read."


def test_a_path_with_a_part_that_is_still_open_is_not_sent(opened):
    one = step(opened, "Open", RequestDraft("GET", "/orders/{id}"))
    found = ran(opened, collections.make(opened, "C", [one], stops_early=False))
    assert "step 1 was not sent: The path still holds {id}" in found.headline


def test_what_begins_and_what_stops_is_in_the_audit_trail(opened):
    run = collection_runs.begin(opened, orders(opened).id)
    collection_runs.stop(opened.actor, run.id)
    told = {one.action: (one.object_id, one.detail) for one in audit.recent(limit=20)}
    profile = opened.profile.id
    assert told["collection made"] == (profile, "Orders")
    assert told["collection began"] == (profile, "Orders, 2 steps")
    assert told["collection stopped"] == (profile, "Orders")


def test_a_run_can_be_stopped_by_who_may_no_longer_use_its_profile(opened):
    guest, profile_id = person("guest@example.com"), opened.profile.id
    made = orders(opened)
    sharing.give(opened.actor, "profile", profile_id, SharedWith(guest.user_id), right="use", reveals_token=False)
    run = collection_runs.begin(opening.of_profile(guest, "use", profile_id), made.id)
    sharing.take(opened.actor, "profile", profile_id, SharedWith(guest.user_id))
    assert collection_runs.stop(guest, run.id).is_done
    assert collection_runs.of_run(opened, run.id).value.headline.endswith("step 1 was stopped before it was sent.")


def test_nobody_else_sees_the_collection_or_its_run(opened):
    made = orders(opened)
    run = collection_runs.begin(opened, made.id)
    other = person("other@example.com")
    theirs = replace(opened, actor=other)
    for refused in (
        lambda: collection_runs.look(other, run.id),
        lambda: collection_runs.stop(other, run.id),
        lambda: collections.open_collection(theirs, made.id),
        lambda: collections.to_change(theirs, made.id),
        lambda: collection_runs.begin(theirs, made.id),
        lambda: collection_runs.of_run(theirs, run.id),
    ):
        with pytest.raises(NotFound):
            refused()


def test_a_request_of_another_profile_is_no_step(opened):
    elsewhere = opened_sample(opened.actor, "Sample: orders with a certificate")
    foreign = saved_requests.save(elsewhere, "Elsewhere", RequestDraft("GET", "/orders"))
    made = collections.make(opened, "Mixed", [CollectionStep(foreign.id)], stops_early=False)
    assert "Its saved request is gone." in ran(opened, made).headline
