"""A claim is explained as the provider that issued the token means it."""

import pytest

from console.core.tokens.parse import parse
from console.core.tokens.signature import NOT_CHECKED
from console.web.present.tokens import token_view
from tests.web.present.test_verdict import encoded

NOW = 1_767_225_600


def meaning_of(issuer, name, value="x"):
    token = parse(encoded({"alg": "RS256"}, {"iss": issuer, name: value}))
    view = token_view(token, NOT_CHECKED, (), api_name="", now=NOW, hides_signature=True)
    return next(row["meaning"] for row in view["claim_rows"] if row["name"] == name)


@pytest.mark.parametrize(
    ("issuer", "name", "told"),
    [
        ("https://login.example.com/realms/orders", "aud", "“account” is Keycloak’s own account page and no API"),
        ("https://test.maskinporten.no/", "aud", "Absent unless a resource was asked for."),
        ("https://test.maskinporten.no/", "consumer", "The organisation that asked"),
        ("https://cognito-idp.eu-north-1.amazonaws.com/eu-north-1_A", "client_id", "it takes the place of aud"),
        ("https://example.okta.com/oauth2/default", "cid", "The client that asked."),
    ],
)
def test_what_a_claim_means_is_said_as_its_provider_means_it(issuer, name, told):
    assert told in meaning_of(issuer, name)


def test_elsewhere_the_standard_speaks():
    standard = meaning_of("https://idp.example", "aud")
    assert standard and "Keycloak" not in standard and "resource was asked" not in standard
