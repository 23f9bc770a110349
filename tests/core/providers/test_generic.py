"""Any server: what was typed or looked up is where it is; another issuer is another destination."""

import pytest

from console.core.oauth.metadata import Metadata
from console.core.oauth.setting import problems
from console.core.providers.generic import PROVEN_AT, PROVIDER

THERE = {"environment": "outside", "issuer": "https://idp.example/t1", "token_endpoint": "https://tokens.example/t"}


def test_it_is_reached_where_it_was_typed_and_nowhere_else():
    place = PROVIDER.locate({**THERE, "jwks_uri": "https://idp.example/keys"}, "")
    assert (place.issuer, place.token_endpoint, place.jwks_uri) == (
        "https://idp.example/t1", "https://tokens.example/t", "https://idp.example/keys",
    )  # fmt: skip
    assert (place.authorization_endpoint, place.revocation_endpoint) == ("", "")
    assert place.metadata_url == "https://idp.example/t1/.well-known/openid-configuration"


def test_the_document_that_was_found_stays_the_one():
    named = "https://idp.example/.well-known/oauth-authorization-server/t1"
    assert PROVIDER.locate({**THERE, "metadata_url": named}, "").metadata_url == named


def test_a_credential_is_bound_to_endpoint_and_issuer():
    other = {**THERE, "issuer": "https://other.example"}
    assert PROVIDER.destination(THERE) == "generic https://tokens.example/t of https://idp.example/t1"
    assert PROVIDER.destination(THERE) != PROVIDER.destination(other)


@pytest.mark.parametrize("name", PROVEN_AT)
def test_another_host_where_the_client_proves_itself_is_another_destination_and_asked_about(name):
    moved = {**THERE, "accepted_host": "tokens.example", name: "https://evil.example/x"}
    beside = {**THERE, "accepted_host": "tokens.example", name: "https://tokens.example/x"}
    assert PROVIDER.destination(moved) != PROVIDER.destination(THERE)
    assert PROVIDER.destination(beside) == PROVIDER.destination(THERE)
    assert PROVIDER.unconfirmed(moved).value == "evil.example, tokens.example"
    assert PROVIDER.unconfirmed(beside) is None


def test_the_sandbox_needs_no_address():
    wanted = PROVIDER.settings
    assert problems(wanted, {"environment": "sandbox"}) == {}
    assert set(problems(wanted, {"environment": "outside"})) == {"issuer", "token_endpoint"}
    assert set(problems(wanted, {**THERE, "token_endpoint": "idp.example/token"})) == {"token_endpoint"}
    place = PROVIDER.locate({"environment": "sandbox"}, "https://c.example/sandbox/w/")
    assert place.issuer == "https://c.example/sandbox/w/generic"
    assert place.device_authorization_endpoint == f"{place.issuer}/device_authorization"


def test_both_parameters_go_along_where_they_are_set():
    given = {**THERE, "resource": "https://api.example", "audience": "orders"}
    assert PROVIDER.adds(given) == (("resource", "https://api.example"), ("audience", "orders"))
    assert PROVIDER.adds(THERE) == ()


def test_only_the_issuer_that_was_typed_is_believed():
    place = PROVIDER.locate(THERE, "")
    assert PROVIDER.believes(Metadata(place.issuer, place.token_endpoint, ""), place) is None
    assert PROVIDER.believes(Metadata("https://idp.example", place.token_endpoint, ""), place).rule == "issuer"
