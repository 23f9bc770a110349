"""Break it: a fault, a fresh token and the call of the form in one press, where the profile can meet that fault."""

import html
import re

import pytest

from console.services import profiles, sandbox
from tests.services.builders import with_samples
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db

SECRET, CERTIFICATE = "Sample: orders with a secret", "Sample: orders with a certificate"
CALL = {"method": "GET", "path": "/orders", "sends_token": "on", "sends_subscription_key": "on"}


@pytest.fixture
def actor():
    return with_samples()


def profile_of(actor, name=SECRET):
    return next(one for one in profiles.list_profiles(actor) if one.name == name)


def offered(client, profile):
    page = client.get(f"/profiles/{profile.id}/").content.decode()
    place = re.search(r'<select class="grow" id="fault".*?</select>', page, re.DOTALL)
    return re.findall(r'<option value="([^"]+)"', place[0]) if place else []


def pressed(client, profile, headers=None, **fields):
    answer = client.post(f"/profiles/{profile.id}/practise/", {**CALL, **fields}, headers=headers)
    return answer.status_code, html.unescape(answer.content.decode())


def test_the_faults_that_are_offered_show_with_the_profile(actor):
    client = signed_in(actor)
    with_secret, with_certificate = (offered(client, profile_of(actor, name)) for name in (SECRET, CERTIFICATE))
    assert {"missing-role", "secret-id"} <= set(with_secret)
    assert "secret-id" not in with_certificate
    assert "token-not-checked" not in with_secret  # it lets in what is to be refused
    assert not any("consent" in code for code in with_secret)  # nobody signs in for it


def test_a_press_breaks_the_call_of_the_form_and_another_mends_it(actor):
    client, profile = signed_in(actor), profile_of(actor)
    status, page = pressed(client, profile, HTMX, fault="missing-role", path="/orders/1001")
    assert status == 200
    assert "app-permission-not-granted" in page
    assert 'value="/orders/1001"' in page
    banner = re.search(
        r'<div class="through" id="fault-state" hx-swap-oob="true">.*?Fault switched on', page, re.DOTALL
    )
    assert banner and 'id="mend"' in page
    assert 'id="token" hx-swap-oob="true"' in page  # the fresh token takes the place of the one that is shown
    status, page = pressed(client, profile, HTMX, fault="missing-role", mend="1")
    assert (status, sandbox.workspace(actor).state.fault) == (200, None)
    assert "It worked" in page
    assert "Fault switched on" not in page and 'id="mend"' not in page


def test_a_fault_of_the_token_is_explained_without_a_call(actor):
    status, page = pressed(signed_in(actor), profile_of(actor), HTMX, fault="secret-id")
    assert (status, 'id="token-diagnosis"' in page) == (200, True)


def test_a_call_that_cannot_be_sent_breaks_nothing_and_stays_in_the_form(actor):
    status, page = pressed(signed_in(actor), profile_of(actor), fault="missing-role", path="/orders/{id}")
    assert (status, sandbox.workspace(actor).state.fault) == (422, None)
    assert "still holds {id}" in page and 'value="/orders/{id}"' in page


def test_nothing_is_offered_where_one_press_cannot_do_it(actor, settings):
    client, profile = signed_in(actor), profile_of(actor)
    settings.CONSOLE_SANDBOX = False
    assert offered(client, profile) == []


@pytest.mark.parametrize(("code", "is_said"), [("maskinporten-key-expired", True), ("missing-role", False)])
def test_the_fault_of_another_provider_is_told_to_be_nothing_here(actor, code, is_said):
    sandbox.set_fault(actor, code)
    page = signed_in(actor).get(f"/profiles/{profile_of(actor).id}/").text
    assert "Fault switched on" in page
    assert ("does not show with this profile" in page) is is_said
