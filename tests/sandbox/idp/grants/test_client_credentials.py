"""An application's own token at the sandbox: for the API its scope names, or Entra's error."""

import pytest

from console.sandbox.idp.client_auth import Authenticated
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.grants.base import Asked
from console.sandbox.idp.grants.client_credentials import GRANT
from console.sandbox.urls import TenantUrls
from tests.sandbox.builders import BASE, NOW, answered, body_of, fresh, keys, post_form, samples, scope, secret_form
from tests.sandbox.people import World, endpoint


def asked(text):
    client = Authenticated(samples().secret_client, proof="1")
    state = fresh()
    return Asked({"scope": text}, client, state, TenantUrls(BASE, state.tenant_id), keys(), NOW)


def test_the_token_is_for_the_api_of_the_scope_and_nothing_else_changes():
    question = asked(scope())
    granted = GRANT.answer(question)
    claims = granted.token.claims
    assert (claims["aud"], claims["azp"]) == (samples().orders.id, samples().secret_client.id)
    assert claims["roles"] == ["Orders.Read", "Orders.Write"]
    assert (granted.state is question.state, granted.scope, granted.refresh_token) == (True, "", "")
    assert granted.id_token is None


@pytest.mark.parametrize(("text", "code"), [("", 900144), ("api://unknown/.default", 500011), ("x", 1002012)])
def test_a_scope_that_names_no_api_of_the_tenant_is_refused_as_entra_does(text, code):
    refused = GRANT.answer(asked(text))
    assert isinstance(refused, EntraError)
    assert refused.code == code


def test_the_v1_endpoint_gives_an_application_a_token_for_a_resource_with_texts_for_numbers():
    form = {**secret_form(scope=None), "resource": samples().invoices.identifier_uri}
    got = body_of(answered(post_form(form, endpoint("token", version=1))))
    assert got.pop("access_token").count(".") == 2
    assert got == {
        "token_type": "Bearer", "expires_in": "3599", "ext_expires_in": "3599", "expires_on": str(NOW + 3599),
        "not_before": str(NOW - 300), "resource": samples().invoices.identifier_uri,
    }  # fmt: skip
    for resource, code in ((None, 50001), ("api://nobody", 500011)):
        refused = secret_form(scope=None, resource=resource)
        assert body_of(answered(post_form(refused, endpoint("token", version=1))))["error_codes"] == [code]


def test_a_public_client_has_no_token_of_its_own():
    world = World()
    world.client(is_public=True)
    assert world.token(grant_type="client_credentials", scope=scope(), client_secret=None)["error_codes"] == [7000216]
