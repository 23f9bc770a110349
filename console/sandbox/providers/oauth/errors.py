"""Refusals in the shape of RFC 6749 section 5.2, which the played OAuth providers share."""

from dataclasses import dataclass

from console.core.exchange import Header, Response
from console.sandbox.answers import json_response
from console.sandbox.providers.base import ProviderVisit


@dataclass(frozen=True, slots=True)
class OAuthRefusal:
    error: str
    text: str
    status: int = 400
    headers: tuple[Header, ...] = ()


def answer(refusal: OAuthRefusal, visit: ProviderVisit) -> Response:
    body = {"error": refusal.error, "error_description": refusal.text}
    return json_response(refusal.status, body, now=visit.now, headers=refusal.headers)


def refuse(visit: ProviderVisit, status: int, text: str) -> Response:
    """To an address or a method that is not served."""
    return answer(OAuthRefusal("invalid_request", text, status), visit)


def missing(name: str) -> OAuthRefusal:
    return OAuthRefusal("invalid_request", f"The parameter {name} is missing.")


def twice(name: str) -> OAuthRefusal:
    return OAuthRefusal("invalid_request", f"The parameter {name[:100]} stands there twice.")


def bad_grant(text: str) -> OAuthRefusal:
    return OAuthRefusal("invalid_grant", text)


def bad_client(text: str, *, by_header: bool, issuer: str) -> OAuthRefusal:
    """401, with a challenge where the client had used the Authorization header (RFC 6749 section 5.2)."""
    headers = (("WWW-Authenticate", f'Basic realm="{issuer}"'),) if by_header else ()
    return OAuthRefusal("invalid_client", text, 401, headers)
