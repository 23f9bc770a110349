"""The addresses of the provider in Entra's shape."""

import re
from collections.abc import Callable

from console.core.exchange import Header, Response
from console.sandbox.answers import json_response, text_response
from console.sandbox.faults.base import ENTRA
from console.sandbox.idp import device, errors, logout, metadata, sign_in, token_endpoint
from console.sandbox.keys import jwks
from console.sandbox.routes import Answered, Route, Visit, route
from console.sandbox.urls import TenantUrls

Answer = Callable[[Visit, TenantUrls, int], Answered]


def _token(visit: Visit, provider: TenantUrls, version: int) -> Answered:
    if visit.request.method == "OPTIONS":
        return _options(visit, "POST, OPTIONS"), visit.world
    endpoint = token_endpoint.Endpoint(provider, visit.bases, visit.keys, visit.now, visit.fault_of(ENTRA), version)
    return token_endpoint.answer(visit.request, visit.world, endpoint)


def _metadata(visit: Visit, provider: TenantUrls, version: int) -> Answered:
    return _published(visit, provider, metadata.openid_configuration(provider, version=version))


def _keys(visit: Visit, provider: TenantUrls, version: int) -> Answered:
    return _published(visit, provider, jwks(visit.keys, issuer=provider.issuer_v2 if version == 2 else None))


def _authorize(visit: Visit, provider: TenantUrls, version: int) -> Answered:
    refused = _refused(visit, provider, "GET, HEAD, POST, OPTIONS")
    return (refused, visit.world) if refused is not None else sign_in.authorize(visit, version=version)


def _sign_in(visit: Visit, provider: TenantUrls, version: int) -> Answered:
    refused = _refused(visit, provider, "POST, OPTIONS")
    return (refused, visit.world) if refused is not None else sign_in.chosen(visit, version=version)


def _device_code(visit: Visit, provider: TenantUrls, version: int) -> Answered:
    if (refused := _refused(visit, provider, "POST, OPTIONS")) is not None:
        return refused, visit.world
    place = TenantUrls(provider.base, visit.world.tenant_id)
    return device.begin(visit, place, token_endpoint.read_form(visit.request), version=version)


def _device_page(visit: Visit, provider: TenantUrls, _version: int) -> Answered:
    if (refused := _refused(visit, provider, "GET, HEAD, POST, OPTIONS")) is not None:
        return refused, visit.world
    return device.entered(visit) if visit.request.method == "POST" else (device.enter_page(visit), visit.world)


def _logout(visit: Visit, provider: TenantUrls, _version: int) -> Answered:
    refused = _refused(visit, provider, "GET, HEAD, POST, OPTIONS")
    return (refused, visit.world) if refused is not None else logout.answer(visit)


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


def _of_tenant(pattern: str, answer: Answer) -> Route:
    """A route whose pattern names the tenant; it is of version 2 where the path says so, else of version 1."""

    def answered(visit: Visit, found: "re.Match[str]") -> Answered:
        version = 2 if found.groupdict().get("v2") else 1
        return answer(visit, TenantUrls(visit.address.base, found["tenant"]), version)

    return route(pattern, answered)


_TENANT = "/(?P<tenant>[^/]+)"
_V2 = r"(?P<v2>/v2\.0)?"
ROUTES: tuple[Route, ...] = (  # the most asked for first
    _of_tenant(f"{_TENANT}/oauth2{_V2}/token", _token),
    _of_tenant(f"{_TENANT}{_V2}" + r"/\.well-known/openid-configuration", _metadata),
    _of_tenant(f"/sts{_TENANT}" + r"/\.well-known/openid-configuration", _metadata),
    _of_tenant(f"{_TENANT}/oauth2{_V2}/authorize", _authorize),
    _of_tenant(f"{_TENANT}/oauth2{_V2}/authorize/sign-in", _sign_in),
    _of_tenant(f"{_TENANT}/oauth2{_V2}/devicecode", _device_code),
    _of_tenant(f"{_TENANT}/oauth2/deviceauth", _device_page),
    _of_tenant(f"{_TENANT}/oauth2{_V2}/logout", _logout),
    _of_tenant(f"{_TENANT}/discovery{_V2}/keys", _keys),
)
