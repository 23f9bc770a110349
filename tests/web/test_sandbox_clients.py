"""Registering a client with the sandbox's tenant: once, with labels, and on to a profile that can call."""

import html
import re
from dataclasses import replace

import pytest

from console.core.call import ApiCall
from console.sandbox.state import Consent
from console.services import calls, profiles, sandbox
from tests.services.builders import with_samples
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def integrator():
    actor = with_samples()
    return actor, signed_in(actor)


def register(actor, client, **changed):
    page = client.get("/sandbox/?tab=clients").content.decode()
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


def sign_in_settings(actor, client, **changed):
    client_id = sandbox.samples().secret_client.id
    sent = {"sign_in": "1", "redirect_uris": f"{sandbox.workspace(actor).console}/back/", **changed}
    return client.post(f"/sandbox/-/clients/{client_id}/", sent), sandbox.workspace(actor).state.client(client_id)


def test_a_registration_has_the_consoles_own_address_from_the_start_and_takes_others(integrator):
    actor, client = integrator
    own = f"{sandbox.workspace(actor).console}/back/"
    assert f"{own}</textarea>" in client.get("/sandbox/?tab=clients").content.decode()
    typed = f"{own}\r\n\r\n https://app.example/cb \r\nhttps://app.example/cb\r\nhttp://localhost:3000/"
    answer, saved = sign_in_settings(actor, client, redirect_uris=typed, is_public="on", allows_password="on")
    assert answer.status_code == 302
    assert saved.redirect_uris == ("{console}/back/", "https://app.example/cb", "http://localhost:3000/")
    assert (saved.is_public, saved.allows_password, saved.allows_implicit) == (True, True, False)
    shown = client.get("/sandbox/?tab=clients").content.decode()
    assert f"{own}\nhttps://app.example/cb\nhttp://localhost:3000/</textarea>" in shown


def test_an_address_that_may_not_be_registered_is_told_by_its_line_and_nothing_typed_is_lost(integrator):
    actor, client = integrator
    before = sandbox.workspace(actor).state
    typed = "https://app.example/cb\r\njavascript:alert(1)\r\nhttp://app.example/"
    answer, _ = sign_in_settings(actor, client, redirect_uris=typed, is_public="on")
    assert answer.status_code == 422
    shown = html.unescape(answer.content.decode())
    assert "Line 2: Write a whole address that begins with https://" in shown
    assert "Line 3: Plain http is for this machine alone" in shown
    assert "https://app.example/cb\njavascript:alert(1)\nhttp://app.example/</textarea>" in shown.replace("\r", "")
    assert sandbox.workspace(actor).state == before
    many = "\n".join(f"https://app.example/{number}" for number in range(21))
    assert "At most 20 addresses" in sign_in_settings(actor, client, redirect_uris=many)[0].content.decode()


def test_an_administrators_consent_is_given_for_everybody_and_taken_back(integrator):
    actor, client = integrator
    samples = sandbox.samples()
    sign_in_settings(actor, client, consent=[samples.orders.id])
    of_all = {(one.api_id, one.person_id) for one in sandbox.workspace(actor).state.consents}
    assert of_all == {(samples.orders.id, ""), ("00000003-0000-0000-c000-000000000000", "")}
    assert re.search(rf'value="{samples.orders.id}"[^>]* checked', client.get("/sandbox/?tab=clients").content.decode())
    kari = sandbox.workspace(actor).state.people[0]
    own = Consent(samples.secret_client.id, kari.id, samples.invoices.id, ("access_as_user",))
    sandbox.change(actor, lambda state: replace(state, consents=(*state.consents, own)), told="a test")
    sign_in_settings(actor, client)
    assert sandbox.workspace(actor).state.consents == (own,)
    assert "Forget the consent of Kari Nordmann" in client.get("/sandbox/?tab=clients").content.decode()
    client.post(f"/sandbox/-/clients/{samples.secret_client.id}/", {"forget": "1"})
    assert sandbox.workspace(actor).state.consents == ()


def test_an_api_becomes_a_client_too_so_that_it_can_call_on_behalf_of_people(integrator):
    actor, client = integrator
    orders = sandbox.samples().orders
    page = client.get("/sandbox/?tab=addresses").content.decode()
    assert f"Register {orders.name} as a client" in page
    made = client.post("/sandbox/-/clients/", {"client_id": orders.id, "name": orders.name})
    assert 'id="made-secret"' in made.content.decode()
    assert sandbox.workspace(actor).state.client(orders.id).name == orders.name
    again = client.get("/sandbox/?tab=addresses").content.decode()
    assert f"Register {orders.name} as a client" not in again and f"{orders.name} is a client already." in again


def test_the_page_names_the_people_who_can_sign_in(integrator):
    shown = integrator[1].get("/sandbox/?tab=clients").content.decode()
    for person in sandbox.samples().state.people:
        assert person.name in shown and person.username in shown


def test_a_client_that_is_not_registered_is_not_found(integrator):
    gone = "/sandbox/-/clients/11111111-2222-4333-8444-555555555555/"
    for button in ("sign_in", "forget"):
        assert integrator[1].post(gone, {button: "1"}).status_code == 404
