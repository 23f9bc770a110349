"""Authlib, unmodified, as a client of the sandbox's generic provider and of its ID-porten."""

import time
from dataclasses import replace
from typing import Any

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from requests.adapters import BaseAdapter

from console.core.exchange import Request
from console.sandbox.handler import handle
from console.sandbox.providers.samples import sample_secret
from console.sandbox.state import State
from tests.sandbox.builders import BASE, key_pair, keys
from tests.sandbox.providers.builders import location, pressed, registrations, world

SEED, BACK = "seed of the tests", "https://console.example/back/"
CLIENTS = {
    provider: {one.method: one for one in getattr(registrations(), provider)} for provider in ("generic", "idporten")
}


class InProcess(BaseAdapter):
    """Where requests would open a connection, the sandbox answers; what it remembers it keeps."""

    def __init__(self) -> None:
        super().__init__()
        self.state: State = world()
        self.count = 0

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        asked = Request(request.method, request.url, tuple(request.headers.items()), body)
        answer, self.state = handle(asked, self.fresh(), int(time.time()), keys=keys())
        made = requests.Response()
        made.status_code, made._content, made.request, made.url = answer.status, answer.body, request, request.url
        made.headers.update(dict(answer.headers))
        return made

    def fresh(self) -> State:
        self.count += 1
        return replace(self.state, entropy=f"request {self.count}")

    def close(self) -> None:
        """Nothing is open."""


def session(provider: str, method: str, **more: Any) -> tuple[OAuth2Session, InProcess]:
    client = CLIENTS[provider][method]
    has_secret = method.startswith("client_secret")
    made = OAuth2Session(
        client.id,
        sample_secret(SEED, provider, method) if has_secret else key_pair("client").private_pem,
        token_endpoint_auth_method=method,
        **more,
    )
    if method == "private_key_jwt":
        token_endpoint = f"{BASE}/{provider}/token"
        made.register_client_auth_method(PrivateKeyJWT(token_endpoint, headers={"kid": "client"}))
    sandbox = InProcess()
    made.mount(BASE, sandbox)
    return made, sandbox


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post", "private_key_jwt"])
def test_it_gets_a_clients_own_token(method):
    client, _ = session("generic", method)
    token = client.fetch_token(f"{BASE}/generic/token", grant_type="client_credentials", scope="orders.read")
    assert (token["token_type"], token["scope"]) == ("Bearer", "orders.read")


@pytest.mark.parametrize("provider", ["generic", "idporten"])
def test_it_signs_somebody_in_refreshes_looks_and_revokes(provider):
    more = {"scope": "openid offline_access" if provider == "generic" else "openid", "redirect_uri": BACK}
    client, sandbox = session(provider, "client_secret_basic", code_challenge_method="S256", **more)
    document = client.get(f"{BASE}/{provider}/.well-known/openid-configuration", withhold_token=True).json()
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    url, state = client.create_authorization_url(document["authorization_endpoint"], code_verifier=verifier)
    now = int(time.time())
    page, _ = handle(Request("GET", url), sandbox.fresh(), now, keys=keys())
    answer, sandbox.state = pressed(page, "Kari", sandbox.fresh(), now=now)
    where, values = location(answer)
    assert (where, values["state"], values["iss"]) == (BACK, state, document["issuer"])
    came_back = dict(answer.headers)["Location"]
    token = client.fetch_token(
        document["token_endpoint"], authorization_response=came_back, state=state, code_verifier=verifier
    )
    first = token["refresh_token"]
    assert client.get(document["userinfo_endpoint"]).json()["sub"]
    second = client.refresh_token(document["token_endpoint"])["refresh_token"]
    assert second != first
    assert client.introspect_token(document["introspection_endpoint"], token=second).json()["active"] is True
    assert client.revoke_token(document["revocation_endpoint"], token=second).status_code == 200
    assert client.introspect_token(document["introspection_endpoint"], token=second).json() == {"active": False}
    assert client.get(document["userinfo_endpoint"]).status_code == 401
