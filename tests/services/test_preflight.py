"""A preflight checks a profile end to end, one stage a look, and stops where the rest would tell nothing."""

from dataclasses import replace

import pytest

from console.adapters import clock
from console.core.actor import Role
from console.core.call import ApiCall
from console.core.credential import Secret
from console.core.errors import Busy, NotAllowed, NotFound
from console.core.preflight import STAGES
from console.core.preflight.base import StageStatus
from console.services import call_start, opening, preflight, profiles, runs, sandbox, variables
from console.services.call_start import CallStart, Offer
from console.store import attempts, audit
from console.store import runs as run_store
from tests.services.builders import person, with_samples

pytestmark = pytest.mark.django_db

SECRET, CERTIFICATE = "Sample: orders with a secret", "Sample: orders with a certificate"
# fault of the sandbox, sample, the stage that fails, what it says first, whether the run stops there
FAULTS = [
    ("secret-expired", SECRET, "token", "client-secret-expired", True),
    ("secret-wrong", SECRET, "token", "client-secret-invalid", True),
    ("certificate-not-registered", CERTIFICATE, "token", "certificate-not-registered", True),
    ("provider-down", SECRET, "token", "identity-provider-unavailable", True),
    ("wrong-audience", SECRET, "checks", "audience-other-api", False),
    ("expired", SECRET, "checks", "token-expired", False),
    ("unknown-kid", SECRET, "checks", "signing-key-retired", False),
    ("subscription-key-invalid", SECRET, "call", "subscription-key-invalid", True),
    ("backend-500", SECRET, "call", "api-error", True),
]


@pytest.fixture
def actor():
    return with_samples()


def sample(actor, name=SECRET):
    return next(profile for profile in profiles.list_profiles(actor) if profile.name == name)


def statuses(found):
    return {one.code: one.status for one in found.stages}


def test_a_sample_of_the_sandbox_is_ready_and_says_what_does_not_concern_it(actor):
    found = preflight.run_to_end(actor, sample(actor).id)
    assert found.headline == f"{SECRET} is ready: 8 of 8."
    assert (found.is_done, found.is_good, found.cause, found.evidence) == (True, True, "", None)
    assert [one.code for one in found.stages] == [stage.code for stage in STAGES]
    skipped = {one.code for one in found.stages if one.status is StageStatus.SKIPPED}
    assert skipped == {"names", "tcp", "tls", "operation"}
    assert found.stages[0].what == "No name is looked up: the sandbox answers inside this console."


@pytest.mark.parametrize(("fault", "name", "stage", "cause", "stops"), FAULTS)
def test_each_fault_fails_at_its_stage_with_the_cause_that_the_diagnosis_names(actor, fault, name, stage, cause, stops):
    sandbox.set_fault(actor, fault)
    found = preflight.run_to_end(actor, sample(actor, name).id)
    assert (found.failing.code, found.cause) == (stage, cause)
    assert found.failing.what and found.failing.why and found.failing.do and found.failing.who_words
    assert found.evidence is not None and found.evidence.now
    assert found.is_done and not found.is_good
    assert found.headline.startswith("Stops at “" if stops else "Fails at “")


def test_stages_behind_the_one_that_stopped_it_are_skipped_with_the_reason(actor):
    sandbox.set_fault(actor, "secret-expired")
    found = preflight.run_to_end(actor, sample(actor).id)
    left_out = [one for one in found.stages if one.code in ("checks", "policy", "call", "operation")]
    assert {(one.status, one.what) for one in left_out} == {
        (StageStatus.SKIPPED, "Left out: without “Token” it would tell nothing.")
    }


def test_one_look_makes_one_stage_and_another_process_goes_on_with_the_rest(actor):
    run = preflight.begin(actor, sample(actor).id)
    for number in range(1, 4):
        run = preflight.look(actor, run.id)
        assert (run.version, len(preflight.result(actor, run.id).stages)) == (number, number)
    ended = preflight.go_on(actor, run.id, until_s=clock.monotonic() + 60)
    assert ended.is_done and ended.kept == {}
    assert preflight.look(actor, run.id) == ended


def test_a_second_click_goes_on_with_the_first_run(actor):
    profile = sample(actor)
    assert preflight.begin(actor, profile.id).id == preflight.begin(actor, profile.id).id


def test_the_planned_call_is_the_last_good_one_of_a_safe_method(actor):
    opened = opening.of_profile(actor, "use", sample(actor).id)
    assert preflight.planned_call(opened).call == ApiCall("GET", "/orders")
    assert preflight.planned_call(opened).is_known


def test_what_a_person_picks_is_sent_and_kept_in_the_history(actor):
    found = preflight.run_to_end(actor, sample(actor).id, call=ApiCall("POST", "/orders"))
    call = next(one for one in found.stages if one.code == "call")
    record = attempts.get(actor, call.attempt_id).value
    assert record.title == "POST /orders"


def test_a_call_that_leaves_the_api_is_refused_before_anything_is_sent(actor):
    with pytest.raises(NotAllowed, match="cannot be sent"):
        preflight.begin(actor, sample(actor).id, call=ApiCall("GET", "//elsewhere.example"))


def test_starting_one_is_in_the_audit_trail(actor):
    profile = sample(actor)
    preflight.begin(actor, profile.id)
    entry = next(one for one in audit.recent(limit=5) if one.action == "preflight began")
    assert (entry.object_id, entry.detail) == (profile.id, "the call is GET /orders")


def test_who_may_not_use_the_profile_neither_starts_nor_sees_one(actor):
    run = preflight.begin(actor, sample(actor).id)
    stranger = person("stranger@example.com", Role.INTEGRATOR)
    with pytest.raises(NotFound):
        preflight.begin(stranger, sample(actor).id)
    for door in (preflight.result, preflight.look):
        with pytest.raises(NotFound):
            door(stranger, run.id)


def test_another_kind_of_run_is_no_preflight_and_a_preflight_is_advanced_by_its_own_door_alone(actor):
    run = preflight.begin(actor, sample(actor).id)
    with pytest.raises(NotFound):
        runs.look(actor, run.id)


def test_old_runs_of_a_profile_make_room_for_new_ones(actor, monkeypatch):
    monkeypatch.setattr(preflight, "KEPT_RUNS", 2)
    profile = sample(actor)
    for _ in range(3):
        run = preflight.begin(actor, profile.id)
        preflight.go_on(actor, run.id, until_s=clock.monotonic())
        run_store.Run.objects.update(is_done=True)
    assert len(preflight.newest(opening.of_profile(actor, "view", profile.id))) == 2


def test_the_planned_call_is_one_of_this_profile_that_worked_else_a_health_check(actor, monkeypatch):
    opened = opening.of_profile(actor, "use", sample(actor).id)
    named = (Offer("POST", "/orders"), Offer("GET", "/orders/*"), Offer("GET", "/orders"), Offer("GET", "/v1/healthz"))
    others = (Offer("GET", "/invoices"),)
    for start, planned in (
        (CallStart(known=named, learned=others), ApiCall("GET", "/v1/healthz")),
        (
            CallStart(known=named, learned=others, worked=(Offer("DELETE", "/x"), Offer("HEAD", "/y"))),
            ApiCall("HEAD", "/y"),
        ),
        (CallStart(known=named[:2], learned=others), ApiCall("GET", "/invoices")),
        (CallStart(known=named[:2]), ApiCall("GET", "")),
    ):
        monkeypatch.setattr(call_start, "of_profile", lambda _, start=start: start)
        assert preflight.planned_call(opened).call == planned


def test_deleting_a_profile_deletes_its_preflights(actor):
    run = preflight.begin(actor, sample(actor).id)
    profiles.delete(actor, sample(actor).id)
    assert not run_store.Run.objects.filter(pk=run.id).exists()


def test_a_grant_that_needs_a_person_says_who_has_to_sign_in(actor):
    first = sample(actor)
    draft = replace(profiles.draft_of(first), name="Web", grant="authorization_code")
    made = profiles.create(actor, draft)
    profiles.replace_secret(actor, made.id, Secret(sandbox.samples().client_secret))
    found = preflight.run_to_end(actor, made.id)
    assert (found.failing.code, found.failing.what) == (
        "token",
        "A person has to sign in before this profile gets a token.",
    )
    assert found.failing.do.startswith("Make a connection on the profile's page")
    assert found.evidence.profile["observations"] == [f"{found.failing.what} {found.failing.why}"]


def test_whoever_has_spent_their_budget_is_waited_for_by_a_command_and_told_elsewhere(actor, settings, monkeypatch):
    settings.CONSOLE_CALLS_PER_MINUTE = 3
    waits, moments = [], []

    def wait(seconds):
        waits.append(seconds)
        moments.append(seconds)
        monkeypatch.setattr(clock, "now_us", lambda: real_us() + int(sum(moments) * 1_000_000))

    real_us = clock.now_us
    assert preflight.run_to_end(actor, sample(actor).id, wait=wait).is_good
    assert waits
    with pytest.raises(Busy):
        preflight.run_to_end(actor, sample(actor).id)


def test_its_call_may_hold_variables_of_the_profile_and_one_without_a_value_is_refused_before_anything_is_sent(actor):
    opened = opening.of_profile(actor, "use", sample(actor).id)
    call = ApiCall("GET", "/echo/{{place}}", "by={{who}}")
    with pytest.raises(NotAllowed, match="cannot be sent") as refused:
        preflight.begin(actor, opened.profile.id, call=call)
    assert "{{place}}" in refused.value.why
    version = variables.of_opened(opened).version
    variables.save(opened, {"place": "here", "who": "ina"}, None, version=version)
    run = preflight.begin(actor, opened.profile.id, call=call)
    while not run.is_done:
        run = preflight.look(actor, run.id)
    assert attempts.of_profile(actor, opened.profile).call.title == "GET /echo/here"
