"""The token endpoint (RFC 6749 section 3.2), answering as Entra ID does."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from console.core.exchange import Failure, Request, Response, header
from console.core.issuers import TENANTLESS
from console.sandbox.answers import json_response
from console.sandbox.faults.base import Fault
from console.sandbox.idp import errors
from console.sandbox.idp.client_auth import Authenticated, ProofRules, authenticate, unproven
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.granted import RefusedWithTrace, body
from console.sandbox.idp.grants import grant_named
from console.sandbox.idp.grants.base import Asked, GrantAnswer, SandboxGrant
from console.sandbox.ids import guid
from console.sandbox.keys import SandboxKeys
from console.sandbox.state import State
from console.sandbox.urls import TenantUrls

REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The endpoint a request reached. `bases` are others under which it is served; `fault` the active one; `version`
    1 or 2.
    """

    provider: TenantUrls
    bases: tuple[str, ...]
    keys: SandboxKeys
    now: int
    fault: Fault | None
    version: int = 2


def answer(request: Request, state: State, endpoint: Endpoint) -> tuple[Response | Failure, State]:
    """The token answer, and the state with what was used up for it."""
    fault = endpoint.fault
    if fault is not None and fault.token_answer is not None:
        overridden = fault.token_answer(request, endpoint.now, state.entropy)
        if overridden is not None:
            return overridden, state
    form = read_form(request)
    grant = _grant(request, form, state, endpoint)
    if isinstance(grant, EntraError):
        return errors.error_response(grant, request, now=endpoint.now, entropy=state.entropy), state
    client = _proven(request, form, state, endpoint, grant)
    if isinstance(client, EntraError):
        return errors.error_response(client, request, now=endpoint.now, entropy=state.entropy), state
    provider = TenantUrls(endpoint.provider.base, state.tenant_id)
    asked = Asked(form, client, state, provider, endpoint.keys, endpoint.now, endpoint.version, endpoint.bases, fault)
    return _answered(request, grant.answer(asked), asked)


def _answered(request: Request, granted: GrantAnswer, asked: Asked) -> tuple[Response, State]:
    if isinstance(granted, RefusedWithTrace):
        return _refusal(granted.error, request, asked), granted.state
    if isinstance(granted, EntraError):
        return _refusal(granted, request, asked), asked.state
    if asked.fault is not None and asked.fault.on_issue is not None:
        granted = replace(granted, token=asked.fault.on_issue(granted.token))
    members = body(granted, asked.issuing, wants_client_info=asked.form.get("client_info") == "1")
    headers = (("x-ms-request-id", guid(asked.state.entropy, "trace")), *_correlation(request))
    response = json_response(200, members, now=asked.now, headers=headers)
    return response, _remember(granted.state, asked.client, asked.now)


def _refusal(refused: EntraError, request: Request, asked: Asked) -> Response:
    return errors.error_response(refused, request, now=asked.now, entropy=asked.state.entropy)


def _grant(request: Request, form: dict[str, str], state: State, endpoint: Endpoint) -> SandboxGrant | EntraError:
    """The grant that is asked for at the right tenant by the right method, or the first error."""
    tenant = endpoint.provider.tenant
    if request.method != "POST":
        return errors.only_post(request.method)
    if tenant in TENANTLESS:
        return errors.no_tenant()
    if tenant.lower() != state.tenant_id:
        return errors.tenant_not_found(tenant)
    grant_type = form.get("grant_type")
    if not grant_type:
        return errors.parameter_missing("grant_type")
    return grant_named(grant_type) or errors.unsupported_grant(grant_type)


def _proven(
    request: Request, form: dict[str, str], state: State, endpoint: Endpoint, grant: SandboxGrant
) -> Authenticated | EntraError:
    """The client that asks, or the first error."""
    rules = ProofRules(state, endpoint.provider, endpoint.bases, endpoint.now, endpoint.fault)
    client = authenticate(form, request, rules)
    if isinstance(client, Authenticated) and client.proof == "0" and not grant.allows_public:
        return unproven(form)
    return client


def read_form(request: Request) -> dict[str, str]:
    """The form's fields, the last of a repeated name; empty when the body is something else, as Entra treats JSON."""
    media_type = (header(request.headers, "content-type") or "application/x-www-form-urlencoded").partition(";")[0]
    if media_type.strip().lower() != "application/x-www-form-urlencoded":
        return {}
    return dict(parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True))


def _correlation(request: Request) -> tuple[tuple[str, str], ...]:
    value = header(request.headers, "client-request-id")
    return (("client-request-id", value),) if value else ()


def _remember(state: State, client: Authenticated, now: int) -> State:
    """The state that will refuse this assertion a second time; only an assertion that got a token counts as used."""
    if client.used is None or client.used in state.used_assertions:
        return state
    still_valid = tuple(used for used in state.used_assertions if used.until >= now)
    return replace(state, used_assertions=(*still_valid, client.used)[-REMEMBERED:])
