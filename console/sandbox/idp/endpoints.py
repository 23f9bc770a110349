"""The addresses of the provider in Entra's shape."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl

from console.core.exchange import Header, Response
from console.sandbox.answers import json_response, text_response
from console.sandbox.faults.base import ENTRA
from console.sandbox.idp import errors, metadata, token_endpoint
from console.sandbox.keys import jwks
from console.sandbox.routes import Answered, Route, Visit, route
from console.sandbox.urls import TenantUrls


def _token(visit: Visit, provider: TenantUrls) -> Answered:
    if visit.request.method == "OPTIONS":
        return _options(visit, "POST, OPTIONS"), visit.world
    endpoint = token_endpoint.Endpoint(provider, visit.bases, visit.keys, visit.now, visit.fault_of(ENTRA))
    return token_endpoint.answer(visit.request, visit.world, endpoint)


def _metadata_v1(visit: Visit, provider: TenantUrls) -> Answered:
    return _published(visit, provider, metadata.openid_configuration(provider, version=1))


def _metadata_v2(visit: Visit, provider: TenantUrls) -> Answered:
    return _published(visit, provider, metadata.openid_configuration(provider, version=2))


def _keys_v1(visit: Visit, provider: TenantUrls) -> Answered:
    return _published(visit, provider, jwks(visit.keys, issuer=None))


def _keys_v2(visit: Visit, provider: TenantUrls) -> Answered:
    return _published(visit, provider, jwks(visit.keys, issuer=provider.issuer_v2))


def _authorize(visit: Visit, provider: TenantUrls) -> Answered:
    """Nobody signs in at the sandbox: no client has a redirect address, and that is what Entra says then.

    Stock libraries read no metadata without this endpoint, even where they never use it.
    """
    if (refused := _refused(visit, provider, "GET, HEAD, POST, OPTIONS")) is not None:
        return refused, visit.world
    asked = dict(parse_qsl(visit.address.query) + parse_qsl(visit.request.body.decode("utf-8", "replace")))
    client_id = asked.get("client_id", "")
    error = errors.no_reply_address()
    if not client_id:
        error = errors.parameter_missing("client_id")
    elif visit.world.client(client_id) is None:
        error = errors.client_not_found(client_id, visit.world.tenant_id)
    return _error(visit, error), visit.world


def _published(visit: Visit, provider: TenantUrls, document: dict[str, object]) -> Answered:
    refused = _refused(visit, provider, "GET, HEAD, OPTIONS")
    return refused or json_response(200, document, now=visit.now), visit.world


def _refused(visit: Visit, provider: TenantUrls, allowed: str) -> Response | None:
    """The answer to another tenant or method, or to a question for the methods; None for a request to be served."""
    if provider.tenant.lower() != visit.world.tenant_id:
        return _error(visit, errors.tenant_not_found(provider.tenant))
    method = visit.request.method
    if method == "OPTIONS":
        return _options(visit, allowed)
    if method in allowed.split(", "):
        return None
    return _error(visit, errors.not_allowed(method, allowed), headers=(("Allow", allowed),))


def _error(visit: Visit, error: errors.EntraError, *, headers: tuple[Header, ...] = ()) -> Response:
    entropy = visit.world.entropy
    return errors.error_response(error, visit.request, now=visit.now, entropy=entropy, headers=headers)


def _options(visit: Visit, allowed: str) -> Response:
    return text_response(200, "", now=visit.now, headers=(("Allow", allowed),))


def _of_tenant(pattern: str, answer: Callable[[Visit, TenantUrls], Answered]) -> Route:
    def answered(visit: Visit, found: "re.Match[str]") -> Answered:
        return answer(visit, TenantUrls(visit.address.base, found["tenant"]))

    return route(pattern, answered)


_TENANT = "/(?P<tenant>[^/]+)"
ROUTES: tuple[Route, ...] = (
    _of_tenant(_TENANT + r"/v2\.0/\.well-known/openid-configuration", _metadata_v2),
    _of_tenant(_TENANT + r"/\.well-known/openid-configuration", _metadata_v1),
    _of_tenant("/sts" + _TENANT + r"/\.well-known/openid-configuration", _metadata_v1),
    _of_tenant(_TENANT + r"/oauth2(/v2\.0)?/token", _token),
    _of_tenant(_TENANT + r"/oauth2(/v2\.0)?/authorize", _authorize),
    _of_tenant(_TENANT + r"/discovery/v2\.0/keys", _keys_v2),
    _of_tenant(_TENANT + r"/discovery/keys", _keys_v1),
)
