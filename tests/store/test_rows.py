"""What goes in comes out, on whatever database; edits that cross are told."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.core.cases.entries import TalkKind
from console.core.credential import CertificateFacts, ClientSecret, CredentialKind, NoCredential, Secret
from console.core.errors import Misconfigured, NotFound, Stale, Unavailable
from console.core.evidence import Evidence
from console.core.oauth.token_response import TokenResponse
from console.core.runs.base import Progress
from console.models import Attempt, Run
from console.store import (
    apis,
    attempts,
    case_stands,
    cases,
    credentials,
    json_text,
    keysets,
    leases,
    profiles,
    runs,
    sandbox,
    tokens,
)
from console.store.runs import RunRecord, StepRecord
from console.store.sandbox import SandboxInstallation
from console.store.tokens import TokenKey
from tests.store import builders
from tests.store.builders import NOW, ODD

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return builders.person("owner")


def test_an_attempt_with_text_that_databases_refuse_comes_back_as_it_was(owner):
    record = builders.attempt(owner)
    assert attempts.get(owner, record.id).value == replace(record, owner_id=owner.user_id)


def test_evidence_whose_headers_were_kept_as_an_object_still_opens(owner):
    record = builders.attempt(owner)
    old = {
        "request": {"method": "GET", "headers": {"Authorization": "Bearer <token>"}},
        "response": {"status": 401, "headers": {}},
    }
    Attempt.objects.filter(pk=record.id).update(evidence=json_text.dump(old))
    kept = attempts.get(owner, record.id).value.evidence
    assert (kept.request.headers, kept.response.headers) == ((("Authorization", "Bearer <token>"),), ())
    assert json_text.load(json_text.dump(kept), Evidence) == kept


def test_an_api_comes_back_as_it_was(owner):
    api = builders.api(owner)
    assert api.policy == ODD
    assert apis.get(owner, "view", api.id).value == api


def test_a_case_keeps_its_evidence_when_its_attempt_is_deleted(owner):
    case = builders.case(owner)
    attempts.delete(owner, case.attempt_id)
    case_stands.say(owner, case.id, TalkKind.COMMENT, ODD, id=builders.new_id(), now=NOW + 1)
    kept = cases.get(owner, case.id, now=NOW + 1).value
    assert kept.attempt_id is None
    assert (kept.title, kept.note, kept.evidence, kept.masked_count) == (ODD, ODD, case.evidence, 2)
    assert [(comment.author_email, comment.text) for comment in kept.comments] == [("owner@example.org", ODD)]


def test_the_second_of_two_edits_is_told_and_nothing_is_lost(owner):
    profile = builders.profile(owner)
    saved = profiles.update(owner, profile.id, builders.draft(name="First"), expected_version=1, now=NOW)
    assert (saved.name, saved.version) == ("First", 2)
    with pytest.raises(Stale) as told:
        profiles.update(owner, profile.id, builders.draft(name="Second"), expected_version=1, now=NOW)
    assert told.value.what == "This profile was changed while you were editing it."
    assert profiles.get(owner, "view", profile.id).value.name == "First"


def test_an_api_edited_twice_is_told_too(owner):
    api = builders.api(owner)
    apis.update(owner, api.id, replace(api, name="First"), expected_version=1, now=NOW)
    with pytest.raises(Stale):
        apis.update(owner, api.id, replace(api, name="Second"), expected_version=1, now=NOW)


def test_a_credential_is_kept_replaced_and_discarded_and_its_version_only_grows(owner):
    profile = builders.profile(owner)
    assert credentials.load(owner, profile.id) == NoCredential()
    first = credentials.replace_secret(owner, profile.id, Secret("s3cret"), bound_to="here", now=NOW)
    assert (first.kind, first.version, first.bound_to, first.set_at) == (CredentialKind.SECRET, 1, "here", NOW)
    assert credentials.load(owner, profile.id) == ClientSecret(Secret("s3cret"))
    credentials.replace_certificate(owner, profile.id, builders.CERTIFICATE, bound_to="here", now=NOW)
    assert credentials.load(owner, profile.id) == builders.CERTIFICATE
    assert isinstance(profiles.get(owner, "view", profile.id).value.credential.certificate, CertificateFacts)
    assert credentials.public_chain(owner, profile.id) == builders.CERTIFICATE.chain_pem
    credentials.discard(owner, profile.id)
    assert credentials.load(owner, profile.id) == NoCredential()
    summary = profiles.get(owner, "view", profile.id).value.credential
    assert (summary.kind, summary.version, summary.set_at, summary.certificate) == (CredentialKind.NONE, 3, None, None)


def test_nobody_else_can_load_or_replace_a_credential(owner):
    profile, other = builders.profile(owner), builders.person("other")
    credentials.replace_secret(owner, profile.id, Secret("s3cret"), bound_to="here", now=NOW)
    with pytest.raises(NotFound):
        credentials.load(other, profile.id)
    with pytest.raises(NotFound):
        credentials.replace_secret(other, profile.id, Secret("x"), bound_to="there", now=NOW)
    assert credentials.load(owner, profile.id) == ClientSecret(Secret("s3cret"))


def test_a_subscription_key_is_kept_with_its_binding_and_removed(owner):
    profile = builders.profile(owner)
    assert credentials.load_subscription_key(owner, profile.id) is None
    credentials.replace_subscription_key(owner, profile.id, Secret("key"), bound_to="api 1", now=NOW)
    kept = credentials.load_subscription_key(owner, profile.id)
    assert (kept.value, kept.bound_to) == (Secret("key"), "api 1")
    assert profiles.get(owner, "view", profile.id).value.has_subscription_key
    credentials.replace_subscription_key(owner, profile.id, None, bound_to="", now=NOW)
    assert not profiles.get(owner, "view", profile.id).value.has_subscription_key


def test_a_secret_moved_to_another_profile_does_not_open(owner):
    one, two = builders.profile(owner), builders.profile(owner)
    for profile in (one, two):
        credentials.replace_secret(owner, profile.id, Secret("s3cret"), bound_to="", now=NOW)
    table = "console_storedcredential"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sealed FROM {table} WHERE profile_id = %s", [_column(one.id)])
        (sealed,) = cursor.fetchone()
        cursor.execute(f"UPDATE {table} SET sealed = %s WHERE profile_id = %s", [sealed, _column(two.id)])
    with pytest.raises(Misconfigured) as refused:
        credentials.load(owner, two.id)
    assert "s3cret" not in f"{refused.value} {refused.value.why}"


def _column(profile_id):
    return profile_id.replace("-", "") if connection.vendor == "sqlite" else profile_id


def token(text="abc.def.ghi", *, at=NOW, expires_in_s=3600):
    return TokenResponse(Secret(text), "Bearer", expires_in_s, at, "scope ü")


def test_a_token_is_found_only_under_its_whole_key(owner):
    profile = builders.profile(owner)
    key = TokenKey(profile.id, 1, "client_credentials", "s" * 5000, "place")
    tokens.save(key, token())
    tokens.save(key, token("new.er.one", at=NOW + 5))
    found = tokens.find(key)
    assert found.access_token == Secret("new.er.one")
    assert (found.obtained_at, found.expires_at, found.scope) == (NOW + 5, NOW + 3605, "scope ü")
    for changed in (
        replace(key, credential_version=2),
        replace(key, grant="other"),
        replace(key, scope="s"),
        replace(key, place=""),
        replace(key, profile_id=builders.profile(owner).id),
    ):
        assert tokens.find(changed) is None


def test_replacing_a_credential_forgets_the_tokens(owner):
    profile = builders.profile(owner)
    key = TokenKey(profile.id, 0, "client_credentials", "s")
    tokens.save(key, token(expires_in_s=None))
    assert tokens.find(key).expires_at is None
    credentials.replace_secret(owner, profile.id, Secret("s"), bound_to="", now=NOW)
    assert tokens.find(key) is None


def test_only_expired_tokens_are_pruned(owner):
    profile = builders.profile(owner)
    for scope, life in (("ends", 10), ("stays", 11), ("unknown", None)):
        tokens.save(TokenKey(profile.id, 1, "g", scope), token(expires_in_s=life))
    assert tokens.prune(now=NOW + 11) == 1


def test_token_requests_are_counted_per_profile_from_a_moment_on(owner):
    profile = builders.profile(owner)
    for at in (NOW - 1, NOW, NOW + 1):
        builders.attempt(owner, profile_id=profile.id, created_at=at)
    builders.attempt(owner)
    assert tokens.asked_since(profile.id, NOW - 1, limit=3) == [NOW + 1, NOW]


@pytest.mark.parametrize(("later", "is_free"), [(59, False), (60, True), (61, True)])
def test_a_lease_is_held_until_its_end_and_then_taken_over(later, is_free):
    assert leases.acquire("k", holder="a", now=NOW, until=NOW + 60)
    assert leases.acquire("k", holder="b", now=NOW + later, until=NOW + 120) is is_free
    assert leases.release("k", holder="a") is not is_free
    assert leases.acquire("other", holder="b", now=NOW, until=NOW + 60)


def test_a_released_lease_is_free_at_once():
    leases.acquire("k", holder="a", now=NOW, until=NOW + 60)
    assert not leases.release("k", holder="b")
    assert leases.release("k", holder="a")
    assert leases.acquire("k", holder="b", now=NOW, until=NOW + 60)


def test_a_run_is_advanced_only_by_who_holds_its_lease(owner):
    kept = {"url": f"https://x/{ODD}"}
    about = (builders.attempt(owner).id, builders.profile(owner).id)
    run = RunRecord(builders.new_id(), "operation", *about, ODD, False, NOW, kept)
    runs.create(owner, run, now=NOW)
    assert runs.of_attempt(owner, run.attempt_id) == run
    assert runs.acquire_lease(run.id, holder="a", now=NOW, until=NOW + 60)
    done, step = Progress("Succeeded", is_done=True, not_before=NOW), StepRecord(1, 200, (), NOW)
    with pytest.raises(Unavailable):
        runs.take_step(owner, run, done, step, holder="b")
    assert runs.get(owner, run.id).value == run
    after = runs.take_step(owner, run, done, step, holder="a")
    assert runs.get(owner, run.id).value == after
    assert (after.version, after.is_done, after.kept, after.steps) == (1, True, {}, (step,))


def test_a_run_that_went_on_meanwhile_is_not_overwritten(owner):
    run = RunRecord(builders.new_id(), "operation", builders.attempt(owner).id, None, "Running", False, NOW)
    runs.create(owner, run, now=NOW)
    going = Progress("Running", is_done=False, not_before=NOW)
    for holder, begun in (("a", run), ("b", run)):
        assert runs.acquire_lease(run.id, holder=holder, now=NOW, until=NOW + 60)
        if holder == "a":
            runs.take_step(owner, begun, going, StepRecord(1, 202, (), NOW), holder=holder)
    with pytest.raises(Unavailable):
        runs.take_step(owner, run, going, StepRecord(1, 202, (), NOW), holder="b")


def test_a_run_keeps_its_newest_steps(owner):
    run = RunRecord(builders.new_id(), "operation", builders.attempt(owner).id, None, "Running", False, NOW)
    runs.create(owner, run, now=NOW)
    going = Progress("Running", is_done=False, not_before=NOW)
    for number in range(1, runs.MAX_STEPS + 4):
        runs.acquire_lease(run.id, holder="a", now=NOW, until=NOW + 60)
        run = runs.take_step(owner, run, going, StepRecord(number, 202, (), NOW), holder="a")
    assert [step.number for step in runs.get(owner, run.id).value.steps] == list(range(4, runs.MAX_STEPS + 4))
    assert runs.get(owner, run.id).value == run


def test_where_a_run_goes_on_is_sealed(owner):
    kept = {"url": "https://far.example/op?sig=secret"}
    about = (builders.attempt(owner).id, builders.profile(owner).id)
    run = RunRecord(builders.new_id(), "operation", *about, "Running", False, NOW, kept)
    runs.create(owner, run, now=NOW)
    assert "far.example" not in repr(Run.objects.values().get())
    assert "far.example" not in repr(run)
    assert runs.get(owner, run.id).value.kept == kept


def test_a_sandbox_state_saved_meanwhile_is_not_overwritten(owner):
    segment = sandbox.workspace_of(owner, new_segment="seg1").segment
    assert sandbox.workspace_of(owner, new_segment="seg2").segment == segment == "seg1"
    before = sandbox.load(segment)
    assert sandbox.save(segment, '{"a":1}', expected_version=before.version)
    assert not sandbox.save(segment, '{"b":1}', expected_version=before.version)
    assert before == sandbox.Workspace("seg1", "{}", 1, None)
    assert sandbox.load(segment) == sandbox.Workspace("seg1", '{"a":1}', 2, None)
    with pytest.raises(NotFound):
        sandbox.load("nobody")


def test_the_first_installation_of_the_sandbox_stays():
    assert sandbox.installation() is None
    first = SandboxInstallation("tenant", Secret("keys"), "{}")
    assert sandbox.create_installation(first, now=NOW) == first
    assert sandbox.create_installation(replace(first, tenant_id="late"), now=NOW) == first == sandbox.installation()


def test_a_key_set_is_replaced_and_pruned_by_age():
    url = "https://issuer.example/" + "x" * 4000
    assert keysets.get(url) is None
    keysets.put(url, text=ODD, source="https://keys", now=NOW)
    keysets.put(url, text="newer", source="https://keys", now=NOW + 1)
    assert (keysets.get(url).text, keysets.get(url).fetched_at) == ("newer", NOW + 1)
    assert keysets.prune(before=NOW + 1) == 0
    assert keysets.prune(before=NOW + 2) == 1


def test_recent_attempts_come_newest_first_in_pages(owner):
    for at in (NOW, NOW + 2, NOW + 1):
        builders.attempt(owner, created_at=at)
    times = [record.created_at for record in attempts.list_recent(owner, limit=2)]
    assert times == [NOW + 2, NOW + 1]
    assert [record.created_at for record in attempts.list_recent(owner, skip=2)] == [NOW]
    assert attempts.prune(before=NOW + 1) == 1


def test_lists_ask_a_fixed_number_of_questions(owner):
    def count(ask):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            ask(owner)
        return len(asked)

    asks = (profiles.list_visible, apis.list_visible, attempts.list_recent, builders.queue)
    for make in (builders.profile, builders.api, builders.case):
        make(owner)
    one = [count(ask) for ask in asks]
    for make in (builders.profile, builders.api, builders.case) * 3:
        made = make(owner)
        if make is builders.profile:
            credentials.replace_secret(owner, made.id, Secret("s"), bound_to="", now=NOW)
    assert [count(ask) for ask in asks] == one
