"""Maskinporten as the sandbox plays it: organisations get tokens by a signed grant; nobody signs in."""

from console.core.exchange import Response
from console.sandbox.answers import json_response
from console.sandbox.keys import jwks
from console.sandbox.providers.base import PlayedEndpoint, PlayedProvider, ProviderVisit
from console.sandbox.providers.maskinporten import errors, token_endpoint
from console.sandbox.providers.maskinporten.details import TYPES
from console.sandbox.providers.maskinporten.errors import MpRefusal
from console.sandbox.providers.maskinporten.proof import ALGORITHMS
from console.sandbox.routes import Answered


def _metadata(visit: ProviderVisit) -> Answered:
    """RFC 8414; there is no authorization endpoint, which some parsers cannot do without."""
    document = {
        "issuer": f"{visit.issuer}/",
        "token_endpoint": f"{visit.issuer}/token",
        "jwks_uri": f"{visit.issuer}/jwk",
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "grant_types_supported": [token_endpoint.GRANT_TYPE],
        "authorization_details_types_supported": list(TYPES),
    }
    return json_response(200, document, now=visit.now), visit.state


def _keys(visit: ProviderVisit) -> Answered:
    return json_response(200, jwks(visit.keys, issuer=None), now=visit.now), visit.state


def _refuse(visit: ProviderVisit, status: int, text: str) -> Response:
    return errors.answer(MpRefusal("invalid_request", text, status=status), visit)


PROVIDER = PlayedProvider(
    "maskinporten",
    "Maskinporten",
    {
        "/.well-known/oauth-authorization-server": PlayedEndpoint(("GET",), _metadata),
        "/jwk": PlayedEndpoint(("GET",), _keys),
        "/token": PlayedEndpoint(("POST",), token_endpoint.answer),
    },
    _refuse,
    issuer_end="/",
)
