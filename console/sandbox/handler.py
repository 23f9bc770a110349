"""One request to the sandbox: identity provider, gateway or nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from console.core.exchange import Failure, Header, Request, Response
from console.sandbox import gateway, providers
from console.sandbox.answers import json_response, text_response
from console.sandbox.faults import fault
from console.sandbox.faults.base import Fault
from console.sandbox.idp import errors, metadata, token_endpoint
from console.sandbox.keys import SandboxKeys, jwks
from console.sandbox.not_served import is_gateway, not_served, unknown_address
from console.sandbox.providers.base import ProviderVisit
from console.sandbox.state import State
from console.sandbox.urls import RequestAddress, TenantUrls, split

Answered = tuple[Response | Failure, State]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request with all that is needed to answer it; `world` is the state as the active fault makes it look."""

    request: Request
    address: RequestAddress
    world: State
    keys: SandboxKeys
    now: int
    fault: Fault | None
    bases: tuple[str, ...]


def handle(request: Request, state: State, now: int, *, keys: SandboxKeys, bases: tuple[str, ...] = ()) -> Answered:
    """The answer and the new state. A Failure stands for an answer that does not come in time.

    `request.url` is absolute; everything up to and including `/sandbox/{workspace}` is the base of this request.
    `bases` are
    further bases under which the same workspace is served; a client assertion may name any of them. `state.entropy`
    must be fresh for each request. The returned state differs only in what happened (assertions used, work accepted).
    """
    active = fault(state.fault)
    world = active.world(state, now) if active is not None and active.world is not None else state
    answered, after = _route(Visit(request, split(request.url), world, keys, now, active, bases))
    if after.used_assertions is state.used_assertions and after.operations is state.operations:
        return answered, state
    return answered, replace(state, used_assertions=after.used_assertions, operations=after.operations)


def _route(visit: Visit) -> Answered:
    path = visit.address.path
    if is_gateway(path):
        return _gateway(visit)
    segment, _, rest = path.lstrip("/").partition("/")
    if providers.is_played(segment):
        return providers.answer(_at_provider(visit, segment, f"/{rest}"))
    for pattern, answer in _ROUTES:
        if (found := pattern.fullmatch(path)) is not None:
            return answer(visit, TenantUrls(visit.address.base, found["tenant"]))
    unknown = unknown_address()
    return not_served(unknown, path, visit.request, now=visit.now, entropy=visit.world.entropy), visit.world


def _at_provider(visit: Visit, segment: str, path: str) -> ProviderVisit:
    own = visit.fault if visit.fault is not None and visit.fault.provider == segment else None
    return ProviderVisit(
        visit.request,
        visit.address.base,
        segment,
        path,
        visit.address.query,
        visit.world,
        visit.keys,
        visit.now,
        own,
        visit.bases,
    )


def _gateway(visit: Visit) -> Answered:
    address = visit.address
    entry = gateway.Entry(
        visit.request,
        address.base,
        address.path.removeprefix("/gateway"),
        address.query,
        visit.keys,
        visit.now,
        visit.fault,
    )
    return gateway.answer(entry, visit.world)


def _token(visit: Visit, provider: TenantUrls) -> Answered:
    if visit.request.method == "OPTIONS":
        return _options(visit, "POST, OPTIONS"), visit.world
    endpoint = token_endpoint.Endpoint(provider, visit.bases, visit.keys, visit.now, visit.fault)
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


_TENANT = "/(?P<tenant>[^/]+)"
_ROUTES: tuple[tuple[re.Pattern[str], Callable[[Visit, TenantUrls], Answered]], ...] = (
    (re.compile(_TENANT + r"/v2\.0/\.well-known/openid-configuration"), _metadata_v2),
    (re.compile(_TENANT + r"/\.well-known/openid-configuration"), _metadata_v1),
    (re.compile("/sts" + _TENANT + r"/\.well-known/openid-configuration"), _metadata_v1),
    (re.compile(_TENANT + r"/oauth2(/v2\.0)?/token"), _token),
    (re.compile(_TENANT + r"/oauth2(/v2\.0)?/authorize"), _authorize),
    (re.compile(_TENANT + r"/discovery/v2\.0/keys"), _keys_v2),
    (re.compile(_TENANT + r"/discovery/keys"), _keys_v1),
)
