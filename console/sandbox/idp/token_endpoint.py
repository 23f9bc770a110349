"""The token endpoint (RFC 6749 section 3.2), answering as Entra ID does."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from console.core.exchange import Failure, Request, Response, header
from console.core.issuers import TENANTLESS
from console.sandbox.answers import json_response
from console.sandbox.faults.base import Fault
from console.sandbox.idp import errors, issue
from console.sandbox.idp.client_auth import Authenticated, ProofRules, authenticate
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.grants import GRANTS
from console.sandbox.idp.grants.base import Asked
from console.sandbox.ids import guid
from console.sandbox.keys import SandboxKeys
from console.sandbox.state import State
from console.sandbox.urls import TenantUrls

REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The endpoint a request reached. `bases` are others under which it is served; `fault` the active
    one.
    """

    provider: TenantUrls
    bases: tuple[str, ...]
    keys: SandboxKeys
    now: int
    fault: Fault | None


def answer(request: Request, state: State, endpoint: Endpoint) -> tuple[Response | Failure, State]:
    """The token answer, and the state with the assertion that was used for it."""
    fault = endpoint.fault
    if fault is not None and fault.token_answer is not None:
        overridden = fault.token_answer(request, endpoint.now, state.entropy)
        if overridden is not None:
            return overridden, state
    granted = _grant(request, state, endpoint)
    if isinstance(granted, EntraError):
        return errors.error_response(granted, request, now=endpoint.now, entropy=state.entropy), state
    prepared, client, after = granted
    if fault is not None and fault.on_issue is not None:
        prepared = fault.on_issue(prepared)
    body = {
        "token_type": "Bearer",
        "expires_in": issue.LIFETIME_S - 1,
        "ext_expires_in": issue.LIFETIME_S - 1,
        "access_token": issue.sign(prepared, endpoint.keys),
    }
    headers = (("x-ms-request-id", guid(state.entropy, "trace")), *_correlation(request))
    return json_response(200, body, now=endpoint.now, headers=headers), _remember(after, client, endpoint.now)


def _grant(request: Request, state: State, endpoint: Endpoint) -> tuple[issue.Issue, Authenticated, State] | EntraError:
    form = _form(request)
    if (refused := _check_request(request, form, state, endpoint)) is not None:
        return refused
    client = authenticate(
        form, request, ProofRules(state, endpoint.provider, endpoint.bases, endpoint.now, endpoint.fault)
    )
    if isinstance(client, EntraError):
        return client
    provider = TenantUrls(endpoint.provider.base, state.tenant_id)
    asked = Asked(form, client, state, provider, endpoint.keys, endpoint.now)
    granted = GRANTS[form["grant_type"]].answer(asked)
    return granted if isinstance(granted, EntraError) else (granted[0], client, granted[1])


def _check_request(request: Request, form: dict[str, str], state: State, endpoint: Endpoint) -> EntraError | None:
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
    return None if grant_type in GRANTS else errors.unsupported_grant(grant_type)


def _form(request: Request) -> dict[str, str]:
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
    if client.used is None:
        return state
    still_valid = tuple(used for used in state.used_assertions if used.until >= now)
    return replace(state, used_assertions=(*still_valid, client.used)[-REMEMBERED:])
