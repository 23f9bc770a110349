"""A secret typed on a page goes where that page said, or nowhere: the profile may change in another tab."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from console.adapters import clock, keyfiles
from console.core.credential import CredentialKind
from console.models import AuditEntry
from console.services import apis, destinations, opening, profiles
from console.store import credentials
from tests.services.builders import with_samples
from tests.services.outside import outside_api
from tests.services.test_profiles import draft
from tests.web.people import HTMX, seen, signed_in

pytestmark = pytest.mark.django_db

TYPED = "canary-typed-in-the-first-tab-0123456789"
OTHER_TENANT = "7d1a9c52-5b0e-4c0e-9a57-3c1f0a4f7b11"
TOLD = "Nothing was stored: this profile no longer leads where the page showed."

ASSERTION = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"


@pytest.fixture
def actor():
    return with_samples()


@pytest.fixture
def profile(actor):
    api = outside_api(actor, "https://api.example/orders")
    return profiles.create(actor, replace(draft(), api_id=api.id))


def key_file():
    made = keyfiles.make_certificate("two tabs", days=30, now=clock.now())
    return SimpleUploadedFile("key.pem", f"{made.private_key_pem.reveal()}\n{made.chain_pem}".encode())


FORMS = {
    "secret": lambda: {"secret": TYPED},
    "key-file": lambda: {"key_file": key_file(), "passphrase": ""},
    "certificate": lambda: {"days": "90"},
    "assertion": lambda: {"assertion": ASSERTION},
    "subscription-key": lambda: {"subscription_key": TYPED},
}


def move(actor, profile):
    """In the other tab: another tenant, and another Api with another address."""
    api = outside_api(actor, "https://elsewhere.example/orders")
    settings = {**profile.settings, "tenant": OTHER_TENANT}
    now = profiles.open_profile(actor, "view", profile.id)
    changed = replace(profiles.draft_of(now), settings=settings, api_id=api.id)
    profiles.update(actor, profile.id, changed, expected_version=now.version)


def nothing_is_stored(actor, profile):
    kept = credentials.load_subscription_key(actor, profile.id)
    return profiles.open_profile(actor, "view", profile.id).credential.kind is CredentialKind.NONE and kept is None


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text.replace("<wbr>", "")))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_was_typed_for_the_destination_before_is_not_stored_for_the_new_one(actor, profile, form, headers):
    client = signed_in(actor)
    before = seen(client, profile.id, form)
    move(actor, profile)
    entries = AuditEntry.objects.count()
    answer = client.post(f"/profiles/{profile.id}/{form}/", {**FORMS[form](), "seen": before}, headers=headers)
    assert answer.status_code == 422
    assert nothing_is_stored(actor, profile)
    assert AuditEntry.objects.count() == entries
    assert TOLD in words(answer)
    for told in (
        "It was changed after the page was opened, in another tab or by somebody else.",
        "Compare where it leads now. Store it for there only if it was given to you for there.",
        "You can do this.",
        "https://elsewhere.example/orders" if form == "subscription-key" else OTHER_TENANT,
    ):
        assert told in words(answer)
    assert TYPED not in answer.text
    assert ("<html" in answer.text) == (not headers)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("digest", [None, "", "0" * 32, "é\x00", "x" * 70_000])
def test_a_form_that_does_not_say_what_its_page_showed_stores_nothing(actor, profile, form, digest):
    client = signed_in(actor)
    sent = FORMS[form]() if digest is None else {**FORMS[form](), "seen": digest}
    answer = client.post(f"/profiles/{profile.id}/{form}/", sent)
    assert answer.status_code == 422
    assert TOLD in words(answer)
    assert nothing_is_stored(actor, profile)


@pytest.mark.parametrize("form", FORMS)
def test_with_the_destination_of_the_page_it_is_stored(actor, profile, form):
    client = signed_in(actor)
    sent = {**FORMS[form](), "seen": seen(client, profile.id, form)}
    assert client.post(f"/profiles/{profile.id}/{form}/", sent).status_code == 302
    assert not nothing_is_stored(actor, profile)


@pytest.mark.parametrize("form", ["secret", "subscription-key"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_was_typed_is_sealed_in_the_answer_and_can_be_sent_for_the_new_destination(actor, profile, form, headers):
    client = signed_in(actor)
    before = seen(client, profile.id, form)
    move(actor, profile)
    address = f"/profiles/{profile.id}/{form}/"
    answer = client.post(address, {**FORMS[form](), "seen": before}, headers=headers)
    sealed = re.search(r'name="held_form" value="([^"]+)"', answer.text)[1]
    assert f"{len(TYPED)} characters" in words(answer)
    assert client.post(address, {"held_form": sealed}).status_code == 302
    stored = credentials.load if form == "secret" else credentials.load_subscription_key
    assert stored(actor, profile.id).value.reveal() == TYPED


def test_the_destination_that_changes_once_more_is_asked_about_once_more(actor, profile):
    client = signed_in(actor)
    address = f"/profiles/{profile.id}/secret/"
    answer = client.post(address, {"secret": TYPED, "seen": ""})
    sealed = re.search(r'name="held_form" value="([^"]+)"', answer.text)[1]
    move(actor, profile)
    again = client.post(address, {"held_form": sealed})
    assert again.status_code == 422
    assert OTHER_TENANT in words(again)
    assert nothing_is_stored(actor, profile)
    sealed = re.search(r'name="held_form" value="([^"]+)"', again.text)[1]
    assert client.post(address, {"held_form": sealed}).status_code == 302
    assert credentials.load(actor, profile.id).value.reveal() == TYPED


@pytest.mark.parametrize("form", ["secret", "key-file", "certificate", "subscription-key"])
def test_a_form_with_an_error_does_not_come_back_with_a_destination_that_nobody_saw(actor, profile, form):
    client = signed_in(actor)
    before = seen(client, profile.id, form)
    wrong = {"secret": "", "days": "1", "subscription_key": "", "passphrase": ""}
    address = f"/profiles/{profile.id}/{form}/"
    assert TOLD not in words(client.post(address, {**wrong, "seen": before}))
    move(actor, profile)
    assert TOLD in words(client.post(address, {**wrong, "seen": before}))


def test_a_file_is_chosen_again_and_goes_with_the_sealed_form(actor, profile):
    client = signed_in(actor)
    address = f"/profiles/{profile.id}/key-file/"
    answer = client.post(address, {**FORMS["key-file"](), "seen": ""})
    assert "Choose the file again" in answer.text
    sealed = re.search(r'name="held_form" value="([^"]+)"', answer.text)[1]
    assert client.post(address, {"held_form": sealed, "key_file": key_file()}).status_code == 302
    assert profiles.open_profile(actor, "view", profile.id).credential.kind is CredentialKind.CERTIFICATE


def test_a_copy_of_a_profile_has_digests_of_its_own(actor, profile):
    client, copy = signed_in(actor), profiles.duplicate(actor, profile.id)
    assert profiles.destination_of(copy) == profiles.destination_of(profile)
    for form in FORMS:
        digest = seen(client, profile.id, form)
        assert digest != seen(client, copy.id, form)
        answer = client.post(f"/profiles/{copy.id}/{form}/", {**FORMS[form](), "seen": digest})
        assert (answer.status_code, TOLD in words(answer)) == (422, True)
    assert nothing_is_stored(actor, copy)


def test_an_api_that_leads_elsewhere_counts_for_the_key_only_when_that_is_confirmed(actor, profile):
    client = signed_in(actor)
    digest = seen(client, profile.id, "subscription-key")
    api = opening.of_profile(actor, "view", profile.id).api
    apis.update(actor, api.id, replace(api, base_url="https://evil.example/orders"), expected_version=api.version)
    assert seen(client, profile.id, "subscription-key") == digest
    change = destinations.change_of(opening.of_profile(actor, "view", profile.id))
    destinations.accept(actor, profile.id, seen=change.seen)
    answer = client.post(f"/profiles/{profile.id}/subscription-key/", {"subscription_key": TYPED, "seen": digest})
    assert (answer.status_code, "https://evil.example/orders" in words(answer)) == (422, True)
    assert credentials.load_subscription_key(actor, profile.id) is None


def test_a_key_is_removed_from_any_page(actor, profile):
    client = signed_in(actor)
    digest = seen(client, profile.id, "subscription-key")
    client.post(f"/profiles/{profile.id}/subscription-key/", {"subscription_key": TYPED, "seen": digest})
    assert credentials.load_subscription_key(actor, profile.id).value.reveal() == TYPED
    assert client.post(f"/profiles/{profile.id}/subscription-key/", {"remove": "1"}).status_code == 302
    assert credentials.load_subscription_key(actor, profile.id) is None
