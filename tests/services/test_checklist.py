"""The checklist from the store: a newcomer's way through the sandbox, step by step, without one request of its own."""

from dataclasses import replace

import pytest

from console.adapters import clock
from console.core.call import ApiCall
from console.core.checklist.checklist import StepState
from console.core.credential import Secret
from console.core.errors import NotFound
from console.models import StoredCredential
from console.sandbox.faults import OF_APPLICATIONS
from console.sandbox.faults.base import Needs
from console.services import calls, checklist, opening, profiles, sandbox, tokens, wiring
from console.store import attempts
from tests.services.builders import person, with_samples

pytestmark = pytest.mark.django_db

NAME = "Sample: orders with a secret"


def sample(actor):
    return next(one for one in profiles.list_profiles(actor) if one.name == NAME)


def done(actor, profile):
    """The steps that are done, of which the checklist counts each."""
    found = checklist.of_profile(opening.of_profile(actor, "view", profile.id))
    codes = {one.code for one in found.steps if one.state is StepState.DONE}
    assert found.done_count == len(codes)
    return codes


def called(actor, profile):
    """The last step."""
    return checklist.of_profile(opening.of_profile(actor, "view", profile.id)).steps[-1]


def states(actor, profile):
    return {
        step.code: step.state.value
        for step in checklist.of_profile(opening.of_profile(actor, "view", profile.id)).steps
    }


def test_the_way_of_a_newcomer_ends_with_every_step_done():
    actor = with_samples()
    profile = sample(actor)
    before = checklist.of_profile(opening.of_profile(actor, "view", profile.id))
    assert before.next_step.code == "token"
    obtained = tokens.obtain(actor, profile.id)
    between = checklist.of_profile(opening.of_profile(actor, "view", profile.id))
    assert between.next_step.code == "accepted"
    assert next(step for step in between.steps if step.code == "token").evidence[0].attempt_id == obtained.attempt_id
    sent = calls.send(actor, profile.id, ApiCall("GET", "/orders"))
    after = checklist.of_profile(opening.of_profile(actor, "view", profile.id))
    assert [step.state for step in after.steps] == [StepState.DONE] * 7
    assert after.steps[-1].evidence[0].attempt_id == sent.attempt_id


def test_a_wrong_secret_fails_the_credential_and_a_new_one_makes_the_old_attempt_obsolete(monkeypatch):
    actor = with_samples()
    profile = sample(actor)
    profiles.replace_secret(actor, profile.id, Secret("wrong~secret-that-is-not-the-one-0123456789"))
    assert tokens.obtain(actor, profile.id).error is not None
    found = checklist.of_profile(opening.of_profile(actor, "view", profile.id))
    assert found.next_step.code == "credential"
    assert found.next_step.evidence[0].finding == "client-secret-invalid"
    assert states(actor, profile)["client"] == "done"
    later = clock.now() + 60
    monkeypatch.setattr(clock, "now", lambda: later)
    profiles.replace_secret(actor, profile.id, Secret("another~secret-that-is-new-0123456789abcdef"))
    assert states(actor, profile)["credential"] == "done"
    assert checklist.of_profile(opening.of_profile(actor, "view", profile.id)).next_step.code == "token"


def test_each_fault_of_the_sandbox_fails_a_step_and_names_its_attempt():
    actor = with_samples()
    profile = sample(actor)
    for fault in (one for one in OF_APPLICATIONS if one.needs is not Needs.CERTIFICATE):
        for attempt in attempts.list_recent(actor):
            attempts.delete(actor, attempt.id)
        sandbox.set_fault(actor, fault.code)
        obtained = tokens.obtain(actor, profile.id, wants_fresh=True)
        if obtained.access_token is not None:
            calls.send(actor, profile.id, ApiCall("GET", "/orders"))
        found = checklist.of_profile(opening.of_profile(actor, "view", profile.id))
        step = found.next_step
        assert step is not None and step.state is StepState.FAILED, fault.code
        assert step.evidence[0].attempt_id, fault.code
        assert step.why and step.do and step.who, fault.code


def test_without_an_api_the_steps_that_are_done_count_all_the_same():
    actor = with_samples()
    of_sample = opening.of_profile(actor, "use", sample(actor).id)
    profile = profiles.create(actor, replace(profiles.draft_of(of_sample.profile), name="No API yet", api_id=None))
    assert done(actor, profile) == set()
    profiles.replace_secret(actor, profile.id, of_sample.sealed.credential().value)
    assert done(actor, profile) == {"credential"}, "whether it knows the client, only the provider can tell"
    tokens.obtain(actor, profile.id)
    assert done(actor, profile) == {"client", "credential", "permission", "token"}


def test_after_refusals_and_a_new_token_the_call_that_was_answered_stays_done(monkeypatch):
    actor = with_samples()
    profile = sample(actor)
    first = calls.send(actor, profile.id, ApiCall("GET", "/orders"))
    sandbox.set_fault(actor, "missing-role")
    at = clock.now()
    for place in range(1, 4):
        monkeypatch.setattr(clock, "now", lambda place=place: at + place * 60)
        tokens.obtain(actor, profile.id, wants_fresh=True)
        refused = calls.send(actor, profile.id, ApiCall("GET", "/orders"))
        assert refused.exchange.response.status == 401
    between = called(actor, profile)
    assert (between.state, between.since.attempt_id) == (StepState.DONE, refused.attempt_id)
    sandbox.set_fault(actor, None)
    monkeypatch.setattr(clock, "now", lambda: at + 300)
    tokens.obtain(actor, profile.id, wants_fresh=True)
    after = called(actor, profile)
    assert (after.state, after.since, after.why) == (StepState.DONE, None, "")
    assert [one.attempt_id for one in after.evidence] == [first.attempt_id]
    assert len(done(actor, profile)) == 7


def test_no_request_leaves(monkeypatch):
    actor = with_samples()
    profile = sample(actor)
    tokens.obtain(actor, profile.id)

    def refused(_actor):
        raise AssertionError("the checklist asked for a way out")

    monkeypatch.setattr(wiring, "transport_for", refused)
    assert checklist.of_profile(opening.of_profile(actor, "view", profile.id)).done_count >= 4


def test_of_an_api_there_is_a_list_for_each_profile_of_the_actor_or_one_that_begins_with_making_one():
    actor = with_samples()
    profile = sample(actor)
    lists = checklist.of_api(actor, profile.api_id)
    assert profile.id in [one.profile.id for one, _ in lists if one]
    newcomer = person("nina@example.com")
    [(nobody, found)] = checklist.of_api(newcomer, profile.api_id)
    assert nobody is None
    assert found.next_step.code == "client"


def test_a_strangers_checklist_is_not_found():
    actor = with_samples()
    other = person("otto@example.com")
    with pytest.raises(NotFound):
        checklist.of_profile(opening.of_profile(other, "view", sample(actor).id))
    assert attempts.of_profile(other, sample(actor)).token is None


def test_a_credential_that_cannot_be_opened_is_a_failed_step(monkeypatch):
    actor = with_samples()
    profile = sample(actor)
    StoredCredential.objects.filter(profile_id=profile.id).update(sealed="k1.broken")
    found = checklist.of_profile(opening.of_profile(actor, "view", profile.id))
    assert found.next_step.code == "credential"
    assert found.next_step.state is StepState.FAILED
    assert found.next_step.why


def test_an_attempt_that_is_the_newest_and_went_well_is_explained_once(monkeypatch):
    actor = with_samples()
    profile = sample(actor)
    calls.send(actor, profile.id, ApiCall("GET", "/orders"))
    explained, explain = [], checklist.explain
    monkeypatch.setattr(checklist, "explain", lambda evidence: explained.append(evidence) or explain(evidence))
    assert checklist.of_profile(opening.of_profile(actor, "view", profile.id)).done_count == 7
    assert len(explained) == 2
