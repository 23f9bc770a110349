"""The sandbox's grants mirror those of the core, and its metadata names what answers."""

import base64
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from console.core.exchange import Request
from console.core.grants import GRANTS as CORE_GRANTS
from console.sandbox.idp.grants import GRANTS, grant_named
from console.sandbox.idp.metadata import openid_configuration
from console.sandbox.providers import generic
from console.sandbox.urls import TenantUrls
from tests.sandbox.builders import (
    BASE,
    answered,
    assertion,
    assertion_form,
    body_of,
    post_form,
    samples,
    secret_form,
    send,
)

TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
TENANT = samples().state.tenant_id
DOCUMENTS = {version: openid_configuration(TenantUrls(BASE, TENANT), version=version) for version in (1, 2)}
ADVERTISED = [
    (version, name, url)
    for version, document in DOCUMENTS.items()
    for name, url in document.items()
    if name.endswith(("_endpoint", "_uri"))
]


def test_every_grant_of_the_core_is_answered_by_the_sandbox():
    """By one of its providers; implicit asks no token endpoint (RFC 6749 section 4.2), and none here answers it."""
    of_entra = {grant.grant_type for grant in GRANTS}
    assert {grant.grant_type for grant in CORE_GRANTS} - {"implicit"} <= of_entra | set(generic.RULES.grants)
    assert all(grant_named(name) is grant for grant in GRANTS for name in grant.grant_types)


def test_the_password_grant_is_there_and_not_advertised():
    """RFC 9700 section 2.4: it must not be used; who needs it for an old gateway finds its switch."""
    assert grant_named("password") is not None
    assert "password" not in DOCUMENTS[2]["grant_types_supported"]


@pytest.mark.parametrize(("version", "name", "url"), ADVERTISED, ids=[f"v{row[0]}-{row[1]}" for row in ADVERTISED])
def test_every_advertised_address_answers(version, name, url):
    """What is not served is a 404; each of these says something of its own, if only which parameter is missing."""
    method = "POST" if name in ("token_endpoint", "device_authorization_endpoint") else "GET"
    response = answered(Request(method, url))
    assert response.status in (200, 400, 401), body_of(response)
    assert answered(Request(method, f"{url}x")).status == 404


def test_the_addresses_are_there_to_be_followed():
    assert {name for _, name, _ in ADVERTISED} == {
        "token_endpoint",
        "jwks_uri",
        "authorization_endpoint",
        "device_authorization_endpoint",
        "end_session_endpoint",
    }


@pytest.mark.parametrize("grant_type", DOCUMENTS[2]["grant_types_supported"])
def test_every_advertised_grant_is_known_to_the_token_endpoint(grant_type):
    form = {**secret_form(), "grant_type": grant_type}
    told = body_of(send(post_form(form))[0])
    assert "unsupported_grant_type" not in str(told)
    unknown = body_of(send(post_form({**form, "grant_type": f"{grant_type}x"}))[0])
    assert unknown["error"] == "unsupported_grant_type"


def _by_basic(request: Request, form: dict[str, str]) -> Request:
    pair = f"{form['client_id']}:{form['client_secret']}"
    rest = {name: value for name, value in form.items() if not name.startswith("client_")}
    header = ("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}")
    return replace(request, headers=(*request.headers, header), body=urlencode(rest).encode())


@pytest.mark.parametrize("method", DOCUMENTS[2]["token_endpoint_auth_methods_supported"])
def test_every_advertised_way_to_prove_a_client_gives_a_token(method):
    requests = {
        "client_secret_post": post_form(secret_form()),
        "client_secret_basic": _by_basic(post_form(secret_form()), secret_form()),
        "private_key_jwt": post_form(assertion_form(assertion())),
    }
    assert send(requests[method])[0].status == 200
