"""Break it on the page of a past call: the same call under a fault, whose own page opens and compares."""

import html
import re
from dataclasses import replace

import pytest

from console.core.call import ApiCall
from console.services import calls, practice_again, profiles, sandbox
from console.store.attempts import AttemptRecord
from tests.services import practice_profiles
from tests.services.builders import with_samples
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
CALL = ApiCall("GET", "/orders", headers=(("X-Colour", "green"),))


@pytest.fixture
def actor():
    return with_samples()


@pytest.fixture
def profile(actor):
    return next(one for one in profiles.list_profiles(actor) if one.name == "Sample: orders with a secret")


def page_of(client, attempt_id):
    return html.unescape(client.get(f"/calls/{attempt_id}/").content.decode())


def pressed(client, attempt_id, **fields):
    """The id of the attempt that opens."""
    answer = client.post(f"/calls/{attempt_id}/practise/", fields)
    assert answer.status_code == 302
    return re.fullmatch(r"/calls/([\w-]+)/", answer.headers["Location"])[1]


def record(actor, attempt_id) -> AttemptRecord:
    return calls.open_attempt(actor, attempt_id).record


def test_the_same_call_is_sent_under_the_fault_and_compared_with_the_good_one(actor, profile):
    client, good = signed_in(actor), calls.send(actor, profile.id, CALL).attempt_id
    assert 'id="break"' in page_of(client, good)
    broken = pressed(client, good, fault="missing-role")
    assert broken != good
    page = page_of(client, broken)
    assert "app-permission-not-granted" in page and "Switch the fault off and send" in page
    assert f'href="/inspect/compare/?attempt={broken}"' in page
    compared = client.get(f"/inspect/compare/?attempt={broken}").content.decode()
    assert "roles" in compared
    (sent,), (again,) = ([one.request for one in record(actor, each).exchanges] for each in (good, broken))
    assert (again.method, again.url) == (sent.method, sent.url)
    assert ("X-Colour", "green") in again.headers


def test_switching_the_fault_off_sends_it_once_more_and_it_goes_well(actor, profile):
    client = signed_in(actor)
    good = calls.send(actor, profile.id, CALL).attempt_id
    broken = pressed(client, good, fault="subscription-key-missing")
    assert record(actor, broken).primary_cause == "subscription-key-missing"
    mended = pressed(client, broken, mend="1")
    assert record(actor, mended).status == 200
    assert sandbox.workspace(actor).state.fault is None


def test_a_fault_of_the_token_opens_the_request_for_it(actor, profile):
    client, good = signed_in(actor), calls.send(actor, profile.id, CALL).attempt_id
    broken = record(actor, pressed(client, good, fault="secret-id"))
    assert (broken.kind, broken.primary_cause) == ("token", "client-secret-id-used")
    assert 'id="break-it"' not in page_of(client, broken.id)  # no call was sent


def test_what_was_not_kept_of_a_call_is_typed_before_it_is_broken(actor, profile):
    secret = replace(CALL, headers=(("X-Api-Key", "canary-3f9a7c2e5b1d"),))
    client, sent = signed_in(actor), calls.send(actor, profile.id, secret).attempt_id
    page = page_of(client, sent)
    assert 'id="break-elsewhere"' in page and 'id="break"' not in page
    answer = client.post(f"/calls/{sent}/practise/", {"fault": "missing-role"})
    assert answer.status_code == 403
    assert "This call cannot be sent again as it was." in html.unescape(answer.content.decode())
    assert sandbox.workspace(actor).state.fault is None


def test_an_unknown_fault_is_not_found_and_get_changes_nothing(actor, profile):
    client, good = signed_in(actor), calls.send(actor, profile.id, CALL).attempt_id
    assert client.post(f"/calls/{good}/practise/", {"fault": "no-such-fault"}).status_code == 404
    assert client.get(f"/calls/{good}/practise/?fault=expired").headers["Location"] == f"/calls/{good}/"
    assert sandbox.workspace(actor).state.fault is None


def test_a_call_of_a_person_is_broken_through_their_sign_in_and_the_page_says_when_it_has_ended(actor):
    opened = practice_profiles.idporten(actor)
    client, good = signed_in(actor), calls.send_for(opened, ApiCall("GET", "/orders")).attempt_id
    assert "Ends the sign-in: somebody signs in again afterwards" in page_of(client, good)
    assert record(actor, pressed(client, good, fault="rate-limited")).status == 429
    broken = pressed(client, good, fault="idporten-refresh-expired")
    assert record(actor, broken).primary_cause == "refresh-token-expired"
    assert "No refusal can be practised in one press: Nobody is signed in for it." in page_of(client, good)


def test_without_its_profile_a_call_cannot_be_broken(actor, profile):
    good = calls.send(actor, profile.id, CALL).attempt_id
    profiles.delete(actor, profile.id)
    client = signed_in(actor)
    assert client.post(f"/calls/{good}/practise/", {"fault": "expired"}).status_code == 404
    assert 'id="break-it"' not in page_of(client, good)
    assert practice_again.KEY_LEFT_OUT == "subscription-key-missing"
