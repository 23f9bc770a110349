"""A matrix is a run: what its Api keeps, what changed since the last, how it ends, and whose token goes along."""

import re
from dataclasses import replace

import pytest

from console.adapters import clock
from console.core.access import SharedWith
from console.core.call import ApiCall
from console.core.errors import NotFound
from console.core.json.text import json_text
from console.core.matrix.base import Actual, KnownBy, MatrixChoice, Must
from console.core.matrix.variants import BY_CODE
from console.core.reports.matrix import line_of, to_json, to_junit
from console.models import ApiMatrix, Attempt, AuditEntry, Run, RunStep
from console.services import left_alone, matrix, matrix_choices, matrix_results, profiles, sandbox, sharing, tokens
from console.services import matrix_variants as variants
from console.store import attempts, people
from console.store import runs as run_store
from console.store import tokens as token_store
from tests.services.builders import begun_matrix, person, with_samples
from tests.services.test_matrix import INVOICES, ORDERS, SECRET, opened_as, tried

pytestmark = pytest.mark.django_db
CERTIFICATE = "Sample: orders with a certificate"
FEW = ("without-token", "twice")


@pytest.fixture
def actor():
    return with_samples()


def actions():
    return [entry.action for entry in AuditEntry.objects.order_by("pk")]


def test_what_a_person_says_counts_and_what_changed_since_the_last_run_is_told(actor):
    opened = opened_as(actor)
    tried(opened, *FEW)
    sandbox.set_fault(actor, "token-not-checked")
    run = tried(opened, "twice", musts={"twice": Must.LET_IN})
    row = run.rows[-1]
    assert (row.outcome, row.demanded.must, row.demanded.rule) == (Actual.LET_IN, Must.LET_IN, KnownBy.PERSON)
    assert [one.code for one in run.changed] == ["twice"]
    before = run.change_of(row)
    assert (before.outcome, before.status, before.must) == (Actual.REFUSED, 401, Must.REFUSE)
    first = matrix_results.newest(opened)[1].value
    assert (first.before, first.changed) == ({}, ())


def test_who_manages_the_api_keeps_what_is_chosen_and_others_try_that(actor):
    choice = MatrixChoice(FEW, {"twice": Must.REFUSE})
    matrix.stop(actor, matrix.begin(opened_as(actor), choice, call=ORDERS, keeps=True).id)
    assert not ApiMatrix.objects.exists()  # the sample API is somebody else's
    assert not matrix_choices.offered(opened_as(actor)).may_keep
    api_id = opened_as(actor).profile.api_id
    sharing.give(people.find("ada@example.com"), "api", api_id, SharedWith(actor.user_id), right="manage")
    matrix.stop(actor, matrix.begin(opened_as(actor), choice, call=ORDERS, keeps=True).id)
    for anybody, name in ((actor, SECRET), (actor, CERTIFICATE)):
        offered = matrix_choices.offered(opened_as(anybody, name))
        assert (offered.is_kept, offered.choice.musts) == (True, {"twice": Must.REFUSE})
        assert matrix_choices.call_to_send(opened_as(anybody, name), offered.choice) == ORDERS
    assert set(offered.choice.variants) == {*FEW, "without-key", "wrong-key"} & {*FEW, *offered.choice.variants}
    assert actions().count("matrix kept") == 1


def test_an_operation_that_may_hold_a_secret_is_not_kept(actor):
    api_id = opened_as(actor).profile.api_id
    sharing.give(people.find("ada@example.com"), "api", api_id, SharedWith(actor.user_id), right="manage")
    for call in (
        ApiCall("GET", "/orders", "key=abcdefgh12345678"),
        ApiCall("GET", "/orders/eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln"),
    ):
        matrix.stop(actor, matrix.begin(opened_as(actor), MatrixChoice(FEW), call=call, keeps=True).id)
        kept = matrix_choices.offered(opened_as(actor)).choice
        assert (kept.method, kept.path) == ("", "")


def test_it_ends_when_somebody_asks_for_it_and_sends_nothing_more(actor):
    opened = opened_as(actor)
    run_id = begun_matrix(actor, opened.profile.id)
    matrix.look(actor, run_id)
    matrix.stop(actor, run_id)
    found = matrix_results.of_run(opened, run_id).value
    assert (found.is_done, found.is_stopped, len(found.rows), len(found.chosen)) == (True, True, 1, 17)
    assert matrix.look(actor, run_id).version == 2
    assert "matrix stopped" in actions()
    matrix.stop(actor, run_id)
    assert matrix_results.of_run(opened, run_id).value == found


def test_one_that_is_asked_to_end_while_a_call_is_under_way_keeps_that_call(actor):
    opened = opened_as(actor)
    run_id = begun_matrix(actor, opened.profile.id)
    now = clock.now()
    run_store.acquire_lease(run_id, holder="another tab", now=now, until=now + 60)
    matrix.stop(actor, run_id)
    assert matrix_results.of_run(opened, run_id).value.is_stopping
    run_store.release_lease(run_id, holder="another tab")
    assert matrix.look(actor, run_id).is_done


def test_a_second_click_goes_on_with_the_first_and_one_left_alone_goes_on_by_itself(actor):
    profile_id = opened_as(actor).profile.id
    run_id = begun_matrix(actor, profile_id)
    assert begun_matrix(actor, profile_id) == run_id
    left_alone.go_on.func(run_id)
    assert Run.objects.get(pk=run_id).version == 1
    assert actions().count("matrix began") == 1


def test_a_held_expired_token_is_sent_and_is_gone_from_the_run_at_its_end(actor, monkeypatch):
    opened = opened_as(actor)
    obtained = tokens.obtain_for(opened)
    later = clock.now() + 7200
    monkeypatch.setattr(clock, "now", lambda: later)
    assert variants.kept_of_expired(opened)["expired_token"] == obtained.access_token.reveal()
    found = tried(opened, "expired")
    row = found.rows[-1]
    assert (row.outcome, row.demanded.must, row.cause) == (Actual.REFUSED, Must.REFUSE, "token-expired")
    claims = attempts.get(actor, row.attempt_id).value.evidence.token_claims
    assert claims["exp"] < later and claims["uti"] == obtained.token.claims["uti"]
    assert Run.objects.get().sealed == ""
    kept = "".join(RunStep.objects.values_list("told", flat=True)) + "".join(
        Run.objects.values_list("state", flat=True)
    )
    assert obtained.access_token.reveal() not in kept
    assert token_store.find(tokens.key_of(opened)).access_token != obtained.access_token


def test_without_a_token_nothing_that_needs_one_is_sent_and_the_provider_is_asked_once(actor):
    sandbox.set_fault(actor, "secret-expired")
    found = tried(opened_as(actor))
    sent = {row.code for row in found.rows if row.outcome is not Actual.NOT_TRIED}
    assert sent == {"without-token", "other-profile"}
    assert found.rows[0].told.endswith("because the client secret is past its end date.")
    assert len([one for one in actions() if one == "token requested"]) <= 2


def test_another_profiles_token_goes_only_where_its_user_accepted(actor):
    opened, other = opened_as(actor), opened_as(actor, CERTIFICATE)
    assert [one.id for one in variants.others(opened)] == [other.profile.id]
    assert variants.others(opened_as(actor, INVOICES)) == []
    stranger = person("eve@example.com")
    task = variants.VariantTask(
        opened, BY_CODE["other-profile"], ORDERS, Must.UNKNOWN, {"other": opened_as(actor, INVOICES).profile.id}
    )
    assert variants.make(task).row.outcome is Actual.NOT_TRIED
    with pytest.raises(NotFound):
        matrix.look(stranger, begun_matrix(actor, opened.profile.id))


def test_a_run_is_for_the_place_where_its_api_led_when_it_began(actor):
    opened = opened_as(actor)
    run_id = begun_matrix(actor, opened.profile.id)
    elsewhere = opened_as(actor, INVOICES).profile.api_id
    draft = replace(profiles.draft_of(opened.profile), api_id=elsewhere)
    profiles.update(actor, opened.profile.id, draft, expected_version=opened.profile.version)
    assert matrix.look(actor, run_id).is_done
    assert not Attempt.objects.exists()


def test_a_run_can_be_stopped_by_who_may_no_longer_use_its_profile(actor):
    guest, profile_id = person("guest@example.com"), opened_as(actor).profile.id
    sharing.give(actor, "profile", profile_id, SharedWith(guest.user_id), right="use", reveals_token=False)
    run_id = begun_matrix(guest, profile_id)
    sharing.take(actor, "profile", profile_id, SharedWith(guest.user_id))
    matrix.stop(guest, run_id)
    assert Run.objects.get(pk=run_id).is_done


def test_a_run_goes_with_its_profile(actor):
    profile_id = opened_as(actor).profile.id
    begun_matrix(actor, profile_id)
    profiles.delete(actor, profile_id)
    assert not Run.objects.filter(kind="matrix").exists()


def test_no_token_and_no_key_is_left_in_what_is_kept_or_written(actor):
    """A token that was changed, minted, sent without its scheme or twice is as secret as the usual one."""
    opened = opened_as(actor)
    key = profiles.subscription_key_for(opened).reveal()
    found = tried(opened)
    kept = [str(list(rows.objects.values())) for rows in (Attempt, Run, RunStep, AuditEntry)]
    written = [json_text(to_json(found)), to_junit(found), *map(line_of, found.rows)]
    for text in (*kept, *written):
        assert not re.search(r"eyJ[\w-]+\.eyJ", text)
        assert key not in text
    assert len(found.rows) == 17
