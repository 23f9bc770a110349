"""An Api fills itself from policy and document: proposed with its place, taken by a click, a destination with care."""

from dataclasses import replace

import pytest

from console.core.actor import Role
from console.core.api import Api, Expectation
from console.core.errors import NotFound, Stale
from console.services import api_filling, api_operations, apis
from tests.services.builders import person

pytestmark = pytest.mark.django_db
DOCUMENT = """
openapi: 3.0.3
info: {title: Orders, version: "1"}
servers: [{url: "https://new.example/orders"}]
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    login:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: "https://idp.example/token", scopes: {}}}
paths:
  /orders:
    get:
      security: [{login: ["api://orders/Orders.Read"]}]
      responses: {"200": {description: ok}}
"""
POLICY = """<policies><inbound><validate-jwt header-name="Authorization">
<openid-config url="https://idp.example/.well-known/openid-configuration" />
<audiences><audience>api://of-the-policy</audience></audiences>
<required-claims><claim name="roles" match="any"><value>Orders.Read</value></claim></required-claims>
</validate-jwt></inbound><backend/><outbound/><on-error/></policies>"""


@pytest.fixture
def owner():
    return person("olga@example.com")


@pytest.fixture
def api(owner):
    draft = Api("", 0, "Orders", "https://api.example/orders", expectation=Expectation(scopes=("Old",), leeway_s=0))
    return apis.create(owner, draft)


def told(filling):
    return {one.name: (one.new, one.source, one.is_advised) for one in filling.proposals}


def take(actor, api, *names):
    filling = api_filling.read(actor, api.id)
    return api_filling.take(actor, api.id, names, seen=filling.seen, expected_version=filling.api.version)


def test_without_policy_and_document_there_is_nothing_to_read(owner, api):
    filling = api_filling.read(owner, api.id)
    assert (filling.proposals, filling.has_source) == ((), False)


def test_a_document_proposes_and_a_click_takes_over_what_is_ticked(owner, api):
    api_operations.import_text(owner, api.id, DOCUMENT)
    assert told(api_filling.read(owner, api.id)) == {
        "base_url": ("https://new.example/orders", "servers of the document", False),
        "subscription_key_header": ("X-Key", "the security scheme key", True),
        "audiences": (("api://orders",), "the scope api://orders/Orders.Read", True),
        "scopes": (("Orders.Read",), "GET /orders", True),
    }
    after = take(owner, api, "audiences", "scopes", "subscription_key_header", "owner_id")
    assert (after.base_url, after.subscription_key_header) == ("https://api.example/orders", "X-Key")
    assert after.expectation == Expectation(audiences=("api://orders",), scopes=("Orders.Read",))
    assert set(told(api_filling.read(owner, api.id))) == {"base_url"}
    assert take(owner, api, "base_url").base_url == "https://new.example/orders"


def test_the_policy_counts_before_the_document_and_does_not_take_away(owner, api):
    api_operations.import_text(owner, api.id, DOCUMENT)
    stored = apis.get_stored(owner, "manage", api.id)
    apis.update(owner, api.id, replace(stored, policy=POLICY), expected_version=stored.version)
    found = told(api_filling.read(owner, api.id))
    assert found["audiences"] == (("api://of-the-policy",), "the gateway’s policy", True)
    assert found["roles"] == (("Orders.Read",), "the gateway’s policy", True)
    assert found["scopes"] == (("Orders.Read",), "GET /orders", True)
    assert found["metadata_url"][1:] == ("the gateway’s policy", True)


def test_what_was_read_anew_meanwhile_is_looked_at_first(owner, api):
    api_operations.import_text(owner, api.id, DOCUMENT)
    filling = api_filling.read(owner, api.id)
    api_operations.import_text(owner, api.id, DOCUMENT.replace("Orders.Read", "Orders.Write"))
    with pytest.raises(Stale):
        api_filling.take(owner, api.id, ["scopes"], seen=filling.seen, expected_version=filling.api.version)


def test_where_a_published_one_leads_waits_for_an_administrator(owner, api):
    api_operations.import_text(owner, api.id, DOCUMENT)
    apis.publish(person("ada@example.com", Role.ADMIN), api.id, is_published=True, expected_version=1)
    assert not told(api_filling.read(owner, api.id))["subscription_key_header"][2]
    after = take(owner, api, "base_url")
    assert after.base_url == "https://api.example/orders"
    assert after.proposal.destination.base_url == "https://new.example/orders"


def test_it_is_for_who_manages_the_api(owner, api):
    with pytest.raises(NotFound):
        api_filling.read(person("otto@example.com"), api.id)


ENTRA = "abc8Q~" + "dEfGhIjKlMnOpQrStUvWxYz0123456789a"
GITHUB = "ghp_abcdefghijklmnopqrstuvwxyz0123456789"


@pytest.mark.parametrize("secret", [ENTRA, GITHUB])
def test_what_the_form_refuses_is_not_proposed_whoever_says_it(owner, api, secret):
    text = DOCUMENT.replace("https://new.example/orders", f"https://new.example/{secret}")
    api_operations.import_text(owner, api.id, text.replace("name: X-Key", f"name: {secret}"))
    policy = POLICY.replace("api://of-the-policy", f"api://of-the-policy</audience><audience>api://{secret}")
    metadata = f"https://idp.example/{secret}/.well-known"
    apis.update(owner, api.id, replace(api, policy=policy.replace("https://idp.example/.well-known", metadata)),
                expected_version=api.version)  # fmt: skip
    filling = api_filling.read(owner, api.id)
    found = told(filling)
    assert secret not in repr(filling.proposals)
    assert found["audiences"][0] == ("api://of-the-policy",)
    assert not {"base_url", "metadata_url", "subscription_key_header"} & set(found)
    assert {one.name for one in filling.left_out} == {
        "audiences",
        "base_url",
        "metadata_url",
        "subscription_key_header",
    }
    assert secret not in repr(filling.left_out)
    taken = take(owner, api, *found)
    assert taken.expectation.audiences == ("api://of-the-policy",)
