"""Maskinporten: its issuer with the slash, its codes from error_uri or text, its scopes."""

import pytest

from console.core.oauth.habits import AssertionAudience
from console.core.oauth.metadata import Metadata
from console.core.providers.maskinporten import PROVIDER
from tests.core.providers.told import cause, told

BASE = "https://console.example/sandbox/w1"


@pytest.mark.parametrize(
    ("environment", "issuer"),
    [
        ("test", "https://test.maskinporten.no/"),
        ("prod", "https://maskinporten.no/"),
        ("sandbox", f"{BASE}/maskinporten/"),
    ],
)
def test_each_environment_is_reached_below_its_issuer_which_ends_with_a_slash(environment, issuer):
    place = PROVIDER.locate({"environment": environment}, BASE)
    assert (place.issuer, place.accepted_issuers) == (issuer, (issuer,))
    assert place.metadata_url == f"{issuer}.well-known/oauth-authorization-server"
    assert (place.token_endpoint, place.jwks_uri) == (f"{issuer}token", f"{issuer}jwk")
    assert place.authorization_endpoint == ""


def test_the_environments_are_offered_as_providers_of_their_own():
    assert [value for value, _ in PROVIDER.choices_where(has_sandbox=False)] == [
        "maskinporten:test",
        "maskinporten:prod",
    ]
    assert PROVIDER.destination({"environment": "test"}) == "maskinporten https://test.maskinporten.no/token"
    assert PROVIDER.destination({"environment": "sandbox"}) == "maskinporten {sandbox}/maskinporten/token"


def test_a_grant_is_made_for_the_issuer_and_lives_two_minutes():
    assert (PROVIDER.assertion.audience, PROVIDER.assertion.lifetime_s) == (AssertionAudience.ISSUER, 120)
    assert set(PROVIDER.assertion.algorithms) == {"RS256", "RS384", "RS512"}


def test_an_issuer_without_its_slash_is_not_believed():
    place = PROVIDER.locate({"environment": "test"}, "")
    refused = PROVIDER.believes(Metadata("https://test.maskinporten.no", place.token_endpoint, ""), place)
    assert refused is not None and refused.rule == "issuer"
    assert PROVIDER.believes(Metadata(place.issuer, place.token_endpoint, ""), place) is None


@pytest.mark.parametrize(
    ("description", "uri", "slug"),
    [
        ("Invalid scope (trace_id: 1)", "https://test.maskinporten.no/errors/MP-200", "scope-not-granted"),
        ("MP-012: grant used before", "", "assertion-replayed"),
        ("MP-100: Client not found", "", "client-id-wrong"),
        ("Wrong aud", "https://maskinporten.no/errors/MP-110", "assertion-audience-wrong"),
        ("MP-251: not delegated", "", "delegation-missing"),
        ("consumer_org is the same as the client's own", "", "delegation-party-missing"),
        ("Issue time is after now", "", "clock-skew"),
        ("Something else", "", None),
        ("MP-2001: no such code", "", None),
    ],
)
def test_a_code_is_read_from_error_uri_or_text(description, uri, slug):
    assert cause(PROVIDER, "invalid_grant", description, uri) == slug


def test_what_no_source_confirms_is_marked():
    assert told(PROVIDER, "invalid_grant", "MP-110").is_confirmed
    assert not told(PROVIDER, "invalid_grant", "Issue time is after now").is_confirmed


@pytest.mark.parametrize(
    ("scope", "is_well"),
    [
        ("nav:helse/sykepenger/afp.read", True),
        ("nav:a nav:b", True),
        ("", True),
        ("nav:a,nav:b", False),
        ("afp.read", False),
        ("api://orders/.default nav", False),
    ],
)
def test_a_scope_has_a_prefix(scope, is_well):
    assert (PROVIDER.scope_problem("jwt_bearer", scope) is None) is is_well
