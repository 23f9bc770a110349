"""An application's own token at the sandbox: for the API its scope names, or Entra's error."""

import pytest

from console.sandbox.idp.client_auth import Authenticated
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.grants.base import Asked
from console.sandbox.idp.grants.client_credentials import GRANT
from console.sandbox.urls import TenantUrls
from tests.sandbox.builders import BASE, NOW, fresh, keys, samples, scope


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
