"""Registering a client with the sandbox's tenant: once, with labels, and on to a profile that can call."""

import html
import re

import pytest

from console.core.call import ApiCall
from console.services import calls, profiles, sandbox
from tests.services.builders import with_samples
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def integrator():
    actor = with_samples()
    return actor, signed_in(actor)


def register(actor, client, **changed):
    page = client.get("/sandbox/").content.decode()
    client_id = re.search(r'name="client_id" value="([0-9a-f-]{36})"', page)[1]
    api = sandbox.workspace(actor).state.apis[0]
    sent = {"name": "Mine", "client_id": client_id, "role": f"{api.id} {api.app_roles[0]}", **changed}
    return sent, client.post("/sandbox/-/clients/", sent)


def hidden(text, name):
    return html.unescape(re.search(rf'name="{name}" value="([^"]+)"', text)[1])


def test_a_reload_of_the_answer_makes_no_second_client_and_shows_no_other_secret(integrator):
    actor, client = integrator
    sent, first = register(actor, client)
    assert 'id="made-secret"' in first.content.decode()
    before = sandbox.workspace(actor).state
    again = client.post("/sandbox/-/clients/", sent).content.decode()
    assert sandbox.workspace(actor).state == before
    assert "This client is registered already. Its secret was shown once: make another one." in again
    assert 'id="made-secret"' not in again


def test_both_values_have_their_names_and_the_secret_travels_sealed(integrator):
    actor, client = integrator
    shown = register(actor, client)[1].content.decode()
    assert re.search(r"<dt>Client ID</dt>\s*<dd>", shown)
    assert re.search(r"<dt>Client secret</dt>\s*<dd>", shown)
    secret = re.sub("<[^>]*>", "", re.search(r'id="made-secret">(.*?)</span>', shown, re.DOTALL)[1])
    assert len(secret) > 20
    assert secret not in hidden(shown, "found")


def test_the_new_client_becomes_a_profile_whose_first_call_is_answered(integrator):
    actor, client = integrator
    sent, shown = register(actor, client)
    found = hidden(shown.content.decode(), "found")
    answer = client.post(f"/sandbox/-/clients/{sent['client_id']}/profile/", {"found": found})
    made = next(one for one in profiles.list_profiles(actor) if one.client_id == sent["client_id"])
    assert answer.headers["Location"] == f"/profiles/{made.id}/"
    assert calls.send(actor, made.id, ApiCall("GET", "/orders")).exchange.response.status == 200


def test_a_client_that_is_gone_becomes_no_profile(integrator):
    actor, client = integrator
    before = profiles.list_profiles(actor)
    answer = client.post("/sandbox/-/clients/f73ba7f2-5bf9-44b5-b82c-e4b191a80c41/profile/", {"found": ""})
    assert answer.status_code == 404
    assert profiles.list_profiles(actor) == before


def test_the_certificate_file_is_named_after_its_profile(integrator):
    actor, client = integrator
    profile = next(one for one in profiles.list_profiles(actor) if one.credential.certificate)
    answer = client.get(f"/profiles/{profile.id}/certificate.cer")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sample-orders-with-a-certificate.cer"'
