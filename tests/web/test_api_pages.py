"""The API owner's path: the policy first, its demands filled in, what it leaves open, and what opening means."""

import html
import re

import pytest

from console.core.actor import Role
from console.core.api import Api, Expectation
from console.services import apis
from tests.services.builders import person
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db

METADATA = "https://login.microsoftonline.com/contoso.example/v2.0/.well-known/openid-configuration"
POLICY = (
    f'<policies><inbound><validate-jwt header-name="Authorization"><openid-config url="{METADATA}" />'
    "<audiences><audience>AUDIENCE</audience></audiences>"
    '<required-claims><claim name="roles" match="any"><value>Orders.Read</value></claim></required-claims>'
    "</validate-jwt></inbound></policies>"
)
FORM = {
    "name": "Orders", "base_url": "https://api.example/orders", "leeway_s": "0",
    "subscription_key_header": "Ocp-Apim-Subscription-Key",
}  # fmt: skip


def words(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode().replace("<wbr>", ""))).split())


@pytest.fixture
def owner():
    actor = person()
    return actor, signed_in(actor)


def made(owner, **changed):
    actor, client = owner
    answer = client.post("/apis/new/", {**FORM, **changed}, follow=True)
    return words(answer), apis.list_apis(actor)[0]


def test_a_policy_fills_what_the_form_left_empty(owner):
    told, api = made(owner, policy=POLICY.replace("AUDIENCE", "api://orders"))
    assert api.expectation == Expectation(audiences=("api://orders",), roles=("Orders.Read",))
    assert api.metadata_url == METADATA
    assert "What it demands of a token was filled in from the policy." in told


def test_what_was_typed_wins_and_without_a_readable_policy_nothing_is_filled(owner):
    told, api = made(owner, policy=POLICY.replace("AUDIENCE", "api://orders"), audiences="api://mine")
    assert api.expectation == Expectation(audiences=("api://mine",))
    assert "filled in from the policy" not in told
    for text in ("", "<policies><inbound>"):
        told, _ = made(owner, name="Other", policy=text)
        assert "filled in from the policy" not in told


def test_a_value_that_only_the_gateway_knows_is_told_as_a_demand(owner):
    told, api = made(owner, policy=POLICY.replace("AUDIENCE", "{{orders-audience}}"))
    assert api.expectation.audiences == ()
    assert "The policy demands more One of the audiences is only known at run time." in told


def test_the_form_asks_for_the_policy_before_what_it_says(owner):
    shown = owner[1].get("/apis/new/").content.decode()
    assert shown.index('name="policy"') < shown.index('id="more-fields"') < shown.index('name="audiences"')
    assert '<details class="plain" id="more-fields">' in shown
    refused = owner[1].post("/apis/new/", {**FORM, "algorithms": "XS1"}).content.decode()
    assert '<details class="plain" id="more-fields" open>' in refused


def test_opening_says_what_it_means_and_who_can_do_it(owner):
    actor, client = owner
    api = apis.create(actor, Api(id="", owner_id=0, name="Orders", base_url="https://api.example/orders"))
    told = words(client.get(f"/apis/{api.id}/"))
    assert "An administrator of this console can open it to everybody: send them the address of this page." in told
    admin = signed_in(person("boss@example.com", Role.ADMIN))
    told = words(admin.get(f"/apis/{api.id}/"))
    assert "their tokens and subscription keys then go to https://api.example/orders" in told
    form = {"publish": "1", "version": str(api.version)}
    assert client.post(f"/apis/{api.id}/publish/", form).status_code == 403
    refused = admin.post(f"/apis/{api.id}/publish/", form)
    assert refused.status_code == 422
    assert "Say that you know who runs it. If you do not, ask the owner of the API first." in words(refused)
    admin.post(f"/apis/{api.id}/publish/", {**form, "knows": "on"})
    assert "It is not open to everybody" not in words(admin.get(f"/apis/{api.id}/"))


@pytest.mark.parametrize(("policy", "more"), [("", ""), (POLICY, " (the policy below may demand more)")])
def test_what_nothing_is_given_for_is_one_line_and_no_saying_of_the_api(owner, policy, more):
    actor, client = owner
    wanted = Expectation(audiences=("api://orders",), roles=("Orders.Read",))
    draft = Api(id="", owner_id=0, name="Orders", base_url="https://api.example/o", expectation=wanted, policy=policy)
    told = words(client.get(f"/apis/{apis.create(actor, draft).id}/"))
    silent = "Issuers (iss), Clients (azp or appid), Scopes (scp), Tenant (tid), Token version, Algorithms"
    assert f"Audiences (aud) api://orders Roles Orders.Read Clock leeway 0 s Nothing given for {silent}{more}" in told
    assert "does not say" not in told
