"""Where a client with a certificate asks for tokens, and what that address means for its credential."""

from console.core.oauth import mtls
from tests.core.grants.asking import PLACE

TYPED = {"mtls_token_endpoint": "https://mtls.idp.example/token"}


def test_the_typed_address_stands_for_the_token_endpoint_alone():
    assert mtls.alias(TYPED, PLACE, PLACE.token_endpoint) == "https://mtls.idp.example/token"
    assert mtls.alias(TYPED, PLACE, "https://idp.example/revoke") == "https://idp.example/revoke"
    assert mtls.alias({}, PLACE, PLACE.token_endpoint) == PLACE.token_endpoint


def test_it_is_part_of_what_a_credential_is_bound_to():
    assert mtls.destination({}, "generic x") == "generic x"
    assert mtls.destination(TYPED, "generic x") == "generic x and https://mtls.idp.example/token"
