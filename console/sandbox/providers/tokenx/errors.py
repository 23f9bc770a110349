"""TokenX's refusals: texts and statuses of its source (nais/tokendings), with the words of the library it uses."""

from dataclasses import dataclass
from urllib.parse import quote_plus

from console.core.exchange import Response
from console.sandbox.answers import json_response
from console.sandbox.providers.base import ProviderVisit

UNAUTHENTICATED = "Client authentication failed"


@dataclass(frozen=True, slots=True)
class TokenXRefusal:
    error: str
    text: str
    status: int = 400


def answer(refusal: TokenXRefusal, visit: ProviderVisit) -> Response:
    body = {"error_description": refusal.text, "error": refusal.error}
    return json_response(refusal.status, body, now=visit.now)


def bad_request(text: str) -> TokenXRefusal:
    return TokenXRefusal("invalid_request", text)


def missing(name: str) -> TokenXRefusal:
    return bad_request(f"Parameter {name} missing")


def must_be(name: str, value: str) -> TokenXRefusal:
    return bad_request(f"Parameter {name} must be {value}")


def unreadable_token() -> TokenXRefusal:
    return bad_request("invalid request, cannot parse token")


def bad_client(text: str) -> TokenXRefusal:
    return TokenXRefusal("invalid_client", text, 401)


def client_unknown(client_id: str) -> TokenXRefusal:
    return bad_client(f"invalid client authentication for client_id={client_id[:200]}, client not registered.")


def assertion_lives_too_long(client_id: str, limit_s: int) -> TokenXRefusal:
    text = f"invalid client authentication for client_id={client_id}, client assertion exceeded max lifetime"
    return bad_client(f"{text} ({limit_s}s).")


def failed(reason: str) -> TokenXRefusal:
    """What the library said of a token, encoded as for a URL."""
    return bad_request(f"token verification failed: {quote_plus(reason, safe='*-._')}")


def of_subject(refusal: TokenXRefusal) -> TokenXRefusal:
    return bad_request(f"invalid subject_token: {refusal.text}")


def no_authorizer(grant_type: str) -> TokenXRefusal:
    return TokenXRefusal("access_denied", f"could not find authorizer for grant_type={grant_type[:200]}", 403)


def audience_unknown(audience: str) -> TokenXRefusal:
    return bad_request(f"token exchange audience {audience[:200]} is invalid")


def not_in_policy(client_id: str, audience: str) -> TokenXRefusal:
    return bad_request(f"client '{client_id}' is not authorized to get token with aud={audience}")


def issuer_unknown(issuer: object) -> TokenXRefusal:
    told = issuer[:200] if isinstance(issuer, str) else "null"
    return bad_request(f"invalid request, validator for issuer={told} not found")
