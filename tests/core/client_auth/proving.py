"""Clients of every kind of credential, for the tests of what proves them."""

from console.core.client_auth.base import Client
from console.core.credential import ClientSecret, Credential, FederatedAssertion, NoCredential, Secret
from console.core.oauth.assertion_style import AssertionStyle
from console.core.oauth.habits import AssertionAudience, KeyName
from tests.core.grants.asking import PLACE
from tests.core.oauth.test_assertion import EC_KEY, RSA

ENDPOINT = PLACE.token_endpoint
STYLE = AssertionStyle("RS256", (KeyName.X5T,), AssertionAudience.TOKEN_ENDPOINT, lifetime_s=600)
FEDERATED = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"


def client(credential: Credential, **more: object) -> Client:
    return Client("c", credential, **more)  # type: ignore[arg-type]


EVERY_KIND = (
    NoCredential(),
    ClientSecret(Secret("s")),
    RSA,
    EC_KEY,
    FederatedAssertion(Secret(FEDERATED)),
)
