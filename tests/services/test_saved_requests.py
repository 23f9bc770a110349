"""Requests are kept with a profile under names, the last one too, by right and without secrets."""

import json
from dataclasses import replace

import pytest

from console.core.access import SharedWith
from console.core.compose.draft import RequestDraft
from console.core.compose.keeping import without_secrets
from console.core.errors import NotAllowed, NotFound, Stale
from console.models import AuditEntry, SavedRequest
from console.services import opening, profiles, saved_requests, sharing
from console.store import saved_requests as store
from tests.services.builders import person, with_samples
from tests.store.builders import ODD

SECRET = "a-secret-nobody-reads-4711"
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ"
DRAFT = RequestDraft("POST", "/orders", "expand=lines", (("X-Plain", "seen"),), body='{"item": "chair"}')
DIRTY = RequestDraft(
    "POST",
    "/orders",
    f"top=10&api_key={SECRET}&skip=1",
    (("X-Plain", "seen"), ("X-Api-Key", SECRET), ("X-Trace", JWT)),
    body=json.dumps({"password": SECRET, "item": "chair"}),
)


def opened_by(actor, profile_id, right="use"):
    return opening.of_profile(actor, right, profile_id)


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def mine(owner):
    found = next(one for one in profiles.list_profiles(owner) if one.name == "Sample: orders with a secret")
    return opened_by(owner, found.id)


def shared_with(mine, email, right):
    other = person(email)
    sharing.give(mine.actor, "profile", mine.profile.id, SharedWith(other.user_id), right=right)
    return opened_by(other, mine.profile.id, right)


def test_what_is_no_secret_is_kept_as_it_was_typed():
    assert without_secrets(DRAFT).draft == DRAFT
    assert without_secrets(DRAFT).left_out == ()


def test_a_secret_is_left_out_of_each_place_and_its_place_is_named():
    kept = without_secrets(DIRTY)

    assert SECRET not in str(kept)
    assert JWT not in str(kept)
    assert kept.draft.query == "top=10&api_key=&skip=1"
    assert kept.draft.headers == (("X-Plain", "seen"), ("X-Api-Key", ""), ("X-Trace", ""))
    assert kept.draft.body == ""
    assert kept.left_out == ("api_key in the query", "the header X-Api-Key", "the header X-Trace", "the body")


def test_a_name_that_stands_for_a_value_is_no_secret():
    draft = RequestDraft(
        "POST",
        "/orders/{{id}}",
        "api_key={{key}}",
        (("Authorization", "Bearer {{token}}"), ("X-Api-Key", "{{ key }}")),
        body='{"password": "{{pw}}", "count": {{n}}}',
        fields=(("client_secret", "{{secret}}"),),
    )
    assert without_secrets(draft).draft == draft
    mixed = replace(draft, headers=(("X-Api-Key", "{{key}}4711-abcd-0815"), ("X-A", f"{{{{{JWT}}}}}")))
    assert without_secrets(mixed).draft.headers == (("X-Api-Key", ""), ("X-A", ""))


def test_a_token_in_the_path_leaves_no_path():
    kept = without_secrets(replace(DRAFT, path=f"/orders/{JWT}"))
    assert (kept.draft.path, kept.left_out) == ("", ("the path",))


@pytest.mark.django_db
def test_a_saved_request_is_listed_opened_replaced_renamed_and_deleted(mine):
    saved = saved_requests.save(mine, "  Place \n an order ", DRAFT)
    assert [(one.value.name, one.value.title) for one in saved_requests.of_profile(mine).named] == [
        ("Place an order", "POST /orders")
    ]
    assert saved_requests.open_saved(mine, saved.id).value.kept.draft == DRAFT

    again = saved_requests.save(mine, "Place an order", replace(DRAFT, body=ODD))
    assert again.id == saved.id
    assert saved_requests.open_saved(mine, saved.id).value.kept.draft.body == ODD

    assert saved_requests.rename(mine, saved.id, "Order") == "Order"
    saved_requests.delete(mine, saved.id)
    assert saved_requests.of_profile(mine).named == ()
    with pytest.raises(NotFound):
        saved_requests.open_saved(mine, saved.id)
    told = [(one.action, json.loads(one.detail)) for one in AuditEntry.objects.order_by("-id")[:4]]
    assert told == [
        ("request deleted", "Order"),
        ("request renamed", "Place an order to Order"),
        ("request saved", "Place an order, in place of the one before"),
        ("request saved", "Place an order"),
    ]


@pytest.mark.django_db
def test_others_of_the_profile_open_it_and_change_only_their_own(mine):
    saved = saved_requests.save(mine, "Mine", DRAFT)
    user = shared_with(mine, "use@example.com", "use")
    viewer = shared_with(mine, "view@example.com", "view")
    theirs = saved_requests.save(user, "Theirs", DRAFT)

    listed = {one.value.name: one.strongest for one in saved_requests.of_profile(user).named}
    assert listed == {"Mine": "use", "Theirs": "manage"}
    assert saved_requests.open_saved(viewer, saved.id).strongest == "view"
    assert {one.strongest for one in saved_requests.of_profile(mine).named} == {"manage"}
    for refused, error in (
        (lambda: saved_requests.save(user, "Mine", DRAFT), Stale),
        (lambda: saved_requests.rename(user, theirs.id, "Mine"), Stale),
        (lambda: saved_requests.rename(user, saved.id, "Other"), NotFound),
        (lambda: saved_requests.delete(user, saved.id), NotFound),
    ):
        with pytest.raises(error):
            refused()
    saved_requests.delete(mine, theirs.id)
    assert [one.value.name for one in saved_requests.of_profile(user).named] == ["Mine"]


@pytest.mark.django_db
def test_a_saved_request_of_another_profile_is_not_found(owner, mine):
    saved = saved_requests.save(mine, "Mine", DRAFT)
    other = next(one for one in profiles.list_profiles(owner) if one.id != mine.profile.id)
    with pytest.raises(NotFound):
        saved_requests.open_saved(opened_by(owner, other.id), saved.id)


@pytest.mark.django_db
def test_what_was_sent_last_is_there_again_for_who_sent_it_alone(mine):
    assert saved_requests.of_profile(mine).last is None
    user = shared_with(mine, "use@example.com", "use")
    saved_requests.send(mine, replace(DIRTY, method="GET", path="/orders"))
    saved_requests.send(user, RequestDraft("GET", "/other"))
    saved_requests.send(mine, RequestDraft("GET", "/orders/1042", "expand=lines"))

    last = saved_requests.of_profile(mine).last
    assert last is not None
    assert (last.draft.path, last.draft.query) == ("/orders/1042", "expand=lines")
    assert saved_requests.of_profile(user).last.draft.path == "/other"
    assert saved_requests.of_profile(mine).named == ()
    row = SavedRequest.objects.get(owner_id=user.actor.user_id)
    for refused in (saved_requests.open_saved, saved_requests.delete):
        with pytest.raises(NotFound):
            refused(mine, str(row.pk))


@pytest.mark.django_db
def test_no_secret_of_what_was_sent_is_kept(mine):
    saved_requests.send(mine, DIRTY)
    saved_requests.save(mine, f"Order {JWT}", DIRTY)
    for row in SavedRequest.objects.all():
        assert not any(one in text for one in (SECRET, JWT) for text in (row.name, row.title, row.detail))


@pytest.mark.django_db
def test_a_profile_keeps_so_many_and_a_request_so_much(mine, monkeypatch):
    with pytest.raises(NotAllowed):
        saved_requests.save(mine, "Large", replace(DRAFT, body="x " * saved_requests.LONGEST))
    monkeypatch.setattr(store, "count", lambda *_: saved_requests.MOST)
    with pytest.raises(NotAllowed):
        saved_requests.save(mine, "One more", DRAFT)


@pytest.mark.django_db
def test_saved_requests_go_with_their_profile(mine):
    saved_requests.save(mine, "Mine", DRAFT)
    profiles.delete(mine.actor, mine.profile.id)
    assert not SavedRequest.objects.exists()
