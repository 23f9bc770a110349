"""TokenX (tokendings) as the sandbox plays it: applications exchange the token of a person for the next one's."""

from console.core.exchange import Response
from console.sandbox.answers import json_response
from console.sandbox.keys import jwks
from console.sandbox.providers.base import PlayedEndpoint, PlayedProvider, ProviderVisit
from console.sandbox.providers.tokenx import errors, token_endpoint
from console.sandbox.providers.tokenx.errors import TokenXRefusal
from console.sandbox.providers.tokenx.verification import ALGORITHM
from console.sandbox.routes import Answered


def _metadata(visit: ProviderVisit) -> Answered:
    """As TokenX publishes it, but for its authorization endpoint: it names one that nothing answers at."""
    document = {
        "issuer": visit.issuer,
        "token_endpoint": f"{visit.issuer}/token",
        "jwks_uri": f"{visit.issuer}/jwks",
        "grant_types_supported": [token_endpoint.GRANT_TYPE],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": [ALGORITHM],
        "subject_types_supported": ["public"],
    }
    return json_response(200, document, now=visit.now), visit.state


def _keys(visit: ProviderVisit) -> Answered:
    return json_response(200, jwks(visit.keys, issuer=None), now=visit.now), visit.state


def _refuse(visit: ProviderVisit, status: int, text: str) -> Response:
    return errors.answer(TokenXRefusal("invalid_request", text, status), visit)


PROVIDER = PlayedProvider(
    "tokenx",
    "TokenX",
    {
        "/.well-known/oauth-authorization-server": PlayedEndpoint(("GET",), _metadata),
        "/jwks": PlayedEndpoint(("GET",), _keys),
        "/token": PlayedEndpoint(("POST",), token_endpoint.answer),
    },
    _refuse,
)
