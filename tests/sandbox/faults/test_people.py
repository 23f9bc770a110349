"""Each fault of a person's grant, through the wire to its diagnosis; and what lets a person through again."""

from urllib.parse import parse_qsl

import pytest

from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence
from console.sandbox.faults.base import ENTRA
from console.sandbox.faults.people import CHALLENGE, CODE, DEVICE, FAULTS, ON_BEHALF_OF, PASSWORD, REFRESH
from console.sandbox.idp.grants import GRANTS
from console.sandbox.people import PASSWORD as WORD
from console.sandbox.registration import put_client, with_secret
from console.sandbox.state import ClientRegistration, Consent
from tests.sandbox.builders import NOW, body_of, post_form, samples
from tests.sandbox.people import BACK, VERIFIER, World, authorize_url, delegated, endpoint, person

ORDERS, INVOICES = samples().orders, samples().invoices
CODES = {
    "code-redeemed": ("invalid_grant", [54005]),
    "verifier-mismatch": ("invalid_grant", [501481]),
    "refresh-inactive": ("invalid_grant", [700082]),
    "refresh-revoked": ("invalid_grant", [50173]),
    "refresh-reused": ("invalid_grant", []),
    "consent-withdrawn": ("invalid_grant", [65001]),
    "device-expired": ("expired_token", [70019]),
    "device-declined": ("authorization_declined", []),
    "assertion-audience": ("invalid_grant", [500131]),
    "step-up": ("interaction_required", [50076]),
    "access-blocked": ("invalid_grant", [53003]),
}
CASES = [(fault, grant_type) for fault in FAULTS for grant_type in fault.grant_types]


def prepared():
    """A workspace in which each grant gives tokens."""
    world = World()
    middle = with_secret(ClientRegistration(ORDERS.id, "Orders"), "middle secret", expires_at=NOW + 10**9)
    world.state = put_client(world.state, middle)
    world.client(allows_password=True)
    world.change(consents=(Consent(ORDERS.id, "", INVOICES.id, ("access_as_user",)),))
    return world


def form_of(world, grant_type, **asked):
    """A form that gets tokens by this grant, with what went before it done."""
    client = {"client_id": samples().secret_client.id, "client_secret": samples().client_secret}
    own = {"grant_type": grant_type, **client}
    if grant_type == CODE:
        code = world.sign_in(**asked)["code"]
        return {**own, "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER}
    if grant_type == REFRESH:
        return {**own, "refresh_token": world.redeemed(**asked)["refresh_token"]}
    if grant_type == PASSWORD:
        world.sign_in()
        return {**own, "username": person().username, "password": WORD, "scope": delegated()}
    if grant_type == DEVICE:
        return {**own, "device_code": signed_in_device(world)}
    assertion = world.redeemed(**asked)["access_token"]
    return {
        "grant_type": ON_BEHALF_OF, "client_id": ORDERS.id, "client_secret": "middle secret", "assertion": assertion,
        "requested_token_use": "on_behalf_of", "scope": delegated(api=INVOICES),
    }  # fmt: skip


def signed_in_device(world):
    form = {"client_id": samples().secret_client.id, "scope": f"openid {delegated()}"}
    told = body_of(world.send(post_form(form, endpoint("devicecode"))))
    page = world.press(world.open(told["verification_uri"]), "Go on", user_code=told["user_code"])
    world.press(world.press(page, "Kari Nordmann"), "Allow")
    return told["device_code"]


def diagnosed(form, answer):
    evidence = {
        "token_request": {"endpoint": endpoint("token"), "params": form},
        "token_error": body_of(answer) if answer.status >= 400 else None,
        "http_status": answer.status,
        "now": NOW,
    }
    return explain(read_evidence(evidence))


@pytest.mark.parametrize(("fault", "grant_type"), CASES, ids=lambda value: getattr(value, "code", value))
def test_each_fault_is_refused_at_its_grant_and_explained_by_the_cause_it_names(fault, grant_type):
    world = prepared()
    form = form_of(world, grant_type)
    world.change(fault=fault.code)
    refused = world.send(post_form(form))
    told = body_of(refused)
    assert (refused.status, (told["error"], told["error_codes"])) == (400, CODES[fault.code])
    diagnosis = diagnosed(form, refused)
    assert diagnosis.primary is not None, body_of(refused)
    assert diagnosis.primary.cause == fault.cause, [one.cause for one in diagnosis.causes]
    assert diagnosis.primary.what and diagnosis.primary.do
    world.change(fault=None)
    again = world.send(post_form(form))
    assert again.status == 200, body_of(again)  # nothing of a fault stays
    assert diagnosed(form, again).causes == ()


def test_each_grant_with_a_person_has_two_faults_at_least():
    for grant in GRANTS:
        if grant.grant_type != "client_credentials":
            assert sum(grant.grant_type in fault.grant_types for fault in FAULTS) >= 2, grant.grant_type
    assert {fault.provider for fault in FAULTS} == {ENTRA}


@pytest.mark.parametrize("grant_type", [CODE, REFRESH, ON_BEHALF_OF])
def test_whoever_signs_in_as_the_challenge_asks_is_let_through(grant_type):
    world = prepared()
    form = form_of(world, grant_type)
    world.change(fault="step-up")
    challenged = body_of(world.send(post_form(form)))
    assert (challenged["error"], challenged["suberror"]) == ("interaction_required", "basic_action")
    assert challenged["claims"] == CHALLENGE
    again = form_of(world, grant_type, claims=challenged["claims"])
    assert world.send(post_form(again)).status == 200


def test_an_authorization_request_shows_none_of_them():
    for fault in FAULTS:
        world = prepared()
        world.change(fault=fault.code)
        assert "code" in world.sign_in(), fault.code
        assert dict(parse_qsl(authorize_url().partition("?")[2]))["response_type"] == "code"
