"""Fetching an issuer's metadata and keys."""

import json

import pytest

from console.adapters.discovery import fetch_keys, fetch_metadata
from console.adapters.egress import EgressPolicy
from console.adapters.transport import Transport
from console.core.exchange import Purpose
from tests.adapters.support import transport_for
from tests.vectors.bad_input.faultserver import FaultServer


@pytest.fixture(scope="module")
def server():
    with FaultServer() as running:
        yield running


def test_metadata_is_fetched_with_its_endpoints(server):
    base = f"{server.url}/idp/good"
    fetched = fetch_metadata(f"{base}/.well-known/openid-configuration", transport_for(server))
    assert fetched.value is not None
    assert (fetched.value.issuer, fetched.value.jwks_uri) == (base, f"{base}/jwks.json")
    assert (fetched.problem, fetched.exchange.purpose) == ("", Purpose.METADATA)


@pytest.mark.parametrize(
    ("variant", "words"),
    [
        ("disc-html", "web page. It usually stands at {issuer}/.well-known"),
        ("disc-404", "HTTP 404"),
        ("disc-list", "not a JSON object"),
        ("disc-null-jwks", "gives jwks_uri as something else than a text"),
    ],
)
def test_something_else_than_a_discovery_document_is_explained(server, variant, words):
    fetched = fetch_metadata(f"{server.url}/idp/{variant}/.well-known/openid-configuration", transport_for(server))
    assert fetched.value is None
    assert words in fetched.problem


def test_a_redirect_names_the_address_to_enter_instead(server):
    fetched = fetch_metadata(f"{server.url}/redirect/301?to=https://login.example/x", transport_for(server))
    assert "redirect to https://login.example/x; enter that address instead" in fetched.problem


def test_metadata_behind_a_refused_address_is_not_fetched():
    fetched = fetch_metadata("http://169.254.169.254/x", Transport(EgressPolicy()))
    assert fetched.value is None
    assert fetched.problem.startswith("The discovery document could not be fetched. The host leads to an address of")


@pytest.mark.parametrize(
    ("variant", "words"),
    [
        ("jwks-html", "web page"),
        ("jwks-list", "not a JSON object"),
        ("jwks-500", "HTTP 500"),
        ("jwks-10000", "could not be fetched. The answer is larger than 1,000,000 bytes"),
    ],
)
def test_something_else_than_a_key_set_is_explained(server, variant, words):
    fetched = fetch_keys(f"{server.url}/idp/{variant}/jwks.json", transport_for(server))
    assert fetched.text is None
    assert words in fetched.problem


@pytest.mark.parametrize("variant", ["good", "jwks-no-keys", "jwks-strings", "jwks-private"])
def test_a_key_set_is_handed_on_as_published_for_the_core_to_judge(server, variant):
    fetched = fetch_keys(f"{server.url}/idp/{variant}/jwks.json", transport_for(server))
    assert fetched.problem == "" and fetched.text is not None
    assert isinstance(json.loads(fetched.text)["keys"], list)
    assert fetched.exchange is not None
    assert fetched.exchange.purpose is Purpose.KEYS


def test_without_a_jwks_uri_nothing_is_sent(server):
    before = len(server.seen)
    fetched = fetch_keys("", transport_for(server))
    assert (fetched.text, fetched.exchange, len(server.seen)) == (None, None, before)
    assert "names no jwks_uri" in fetched.problem
