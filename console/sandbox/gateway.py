"""The sandbox's API gateway: operation, subscription key, policy, then the API behind it."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from console.core.exchange import Failure, Header, Request, Response
from console.core.policy.engine.answers import GatewayAnswer, error_answer, unknown_operation
from console.core.policy.engine.caller import CallerIdentity
from console.core.policy.engine.evaluate import Trace, evaluate
from console.core.policy.engine.model import MetadataView, Verdict
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.engine.trial import Trial
from console.core.policy.policies.subscription_key import SubscriptionRule
from console.core.policy.text.document import PolicyProblem, read_policy
from console.sandbox import echo
from console.sandbox.answers import text_response
from console.sandbox.faults.base import Fault
from console.sandbox.keys import SandboxKeys, own_keys
from console.sandbox.policy_text import fill
from console.sandbox.possession import UnprovenPossession, prove_possession
from console.sandbox.providers import PLAYED
from console.sandbox.sendable import hindrance
from console.sandbox.state import GatewayApi, State
from console.sandbox.urls import TenantUrls

KEY_HEADER = "Ocp-Apim-Subscription-Key"
KEY_QUERY = "subscription-key"
SET_BY_GATEWAY = frozenset({"x-client-id", "x-client-roles", KEY_HEADER.lower()})


@dataclass(frozen=True, slots=True)
class Entry:
    """A call that reached the gateway: `path` below `/gateway`, `query` without the question mark."""

    request: Request
    base: str
    path: str
    query: str
    keys: SandboxKeys
    now: int
    fault: Fault | None
    bases: tuple[str, ...] = ()


def answer(entry: Entry, state: State) -> tuple[Response | Failure, State]:
    """The gateway's own answer when it refuses, else the answer of the API behind it."""
    segment, _, rest = entry.path.strip("/").partition("/")
    api = next((one for one in state.gateway_apis if one.path == segment), None)
    if api is None or not has_operation(api, entry.request.method, f"/{rest}"):
        return _own_answer(unknown_operation(), entry.now), state
    sent = _as_received(entry)
    if api.checks_possession:
        proven = prove_possession(sent, state, base=entry.base, bases=entry.bases, keys=entry.keys, now=entry.now)
        if isinstance(proven, UnprovenPossession):
            return _own_answer(_unproven(proven), entry.now), state
        sent, state = proven.request, proven.state
    trace = trace_call(sent, api, base=entry.base, state=state, keys=entry.keys, now=entry.now)
    if trace.verdict is Verdict.UNDECIDED:
        return _cannot_decide(trace, entry.now), state
    if trace.verdict is Verdict.REJECT or trace.status is not None:
        own = GatewayAnswer(trace.status, trace.body, trace.headers, trace.reason_phrase)
        return _own_answer(own, entry.now), state
    return _pass_on(entry, api, trace, state)


def _unproven(why: UnprovenPossession) -> GatewayAnswer:
    refused = error_answer(401, why.text)
    return GatewayAnswer(refused.status, refused.body, (*refused.headers, ("WWW-Authenticate", why.challenge)))


def trace_call(
    request: GatewayRequest, api: GatewayApi, *, base: str, state: State, keys: SandboxKeys, now: int
) -> Trace:
    """What the policy of this API decides about a call. A policy that cannot be read leaves the call undecided."""
    document = _document(fill(api.policy, base=base, state=state))
    if isinstance(document, PolicyProblem):
        return Trace(Verdict.UNDECIDED, (), request, needs=(document.what,))
    realm = f"{base}/gateway/{api.path}"
    rule = SubscriptionRule(state.key_hashes, realm, KEY_HEADER, KEY_QUERY) if api.requires_key else None
    return evaluate(Trial(document, request, now, metadata=metadata_views(base, state, keys), subscription=rule))


def metadata_views(base: str, state: State, keys: SandboxKeys) -> dict[str, MetadataView]:
    """What the gateway knows of this sandbox's providers, by metadata address: nothing is fetched."""
    provider = TenantUrls(base, state.tenant_id)
    keyset = own_keys(keys)
    return {
        **{
            f"{base}/{one.segment}{path}": MetadataView(f"{base}/{one.segment}{one.issuer_end}", keyset)
            for one in PLAYED
            for path in one.metadata_paths
        },
        provider.metadata_v2: MetadataView(provider.issuer_v2, keyset),
        provider.metadata_v1: MetadataView(provider.issuer_v1, keyset),
    }


_document = lru_cache(maxsize=32)(read_policy)  # reading costs more than deciding, and both are asked for each call


def has_operation(api: GatewayApi, method: str, path: str) -> bool:
    """Whether `method path` is an operation of the API; a slash at the end does not matter."""
    return any(_fits(operation, method, path.rstrip("/") or "/") for operation in api.operations)


def _fits(operation: str, method: str, path: str) -> bool:
    wanted_method, _, wanted = operation.partition(" ")
    if wanted_method not in ("*", method):
        return False
    if wanted.endswith("/*"):
        return path.startswith(wanted[:-1]) and len(path) > len(wanted) - 1
    return path == wanted


def _as_received(entry: Entry) -> GatewayRequest:
    headers, query = entry.request.headers, entry.query
    if entry.fault is not None and entry.fault.on_call_headers is not None:
        headers, query = entry.fault.on_call_headers(headers), _without_key(query)
    url = f"{entry.base}/gateway{entry.path}" + (f"?{query}" if query else "")
    return GatewayRequest(
        entry.request.method, url, headers, client_certificate=entry.request.client_certificate, is_as_received=True
    )


def _without_key(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name.lower() != KEY_QUERY]
    return query if len(kept) == len(pairs) else urlencode(kept)


def _cannot_decide(trace: Trace, now: int) -> Response:
    return _own_answer(
        error_answer(500, f"The sandbox gateway cannot decide this call. It needs: {', '.join(trace.needs)}."), now
    )


def _own_answer(own: GatewayAnswer, now: int) -> Response:
    """An answer of the gateway; what only a real gateway would know is 500 and an empty body.

    Policies are stored as written: what no HTTP answer can carry is told instead, in process as over HTTP.
    """
    if told := hindrance(own):
        own = error_answer(500, f"The sandbox gateway cannot send the answer that the policy gives. {told}")
    return text_response(own.status or 500, own.body or "", now=now, headers=own.headers, reason=own.reason_phrase)


def _pass_on(entry: Entry, api: GatewayApi, trace: Trace, state: State) -> tuple[Response | Failure, State]:
    for override in (entry.fault.gateway_answer, entry.fault.backend_answer) if entry.fault is not None else ():
        overridden = override(entry.request, entry.now, state.entropy) if override is not None else None
        if overridden is not None:
            return overridden, state
    _, _, rest = entry.path.strip("/").partition("/")
    call = echo.BackendCall(
        method=entry.request.method,
        path=f"/{rest}",
        query=_without_key(entry.query),
        headers=_forwarded(trace),
        body=entry.request.body,
        api_url=f"{entry.base}/gateway/{api.path}",
    )
    return echo.answer(call, state, entry.now)


def _forwarded(trace: Trace) -> tuple[Header, ...]:
    """The caller's headers without the subscription key, and who the policy found the caller to be."""
    kept = tuple(pair for pair in trace.request.headers if pair[0].lower() not in SET_BY_GATEWAY)
    identity = trace.identity or CallerIdentity()
    told = (("X-Client-Id", identity.client_id), ("X-Client-Roles", ",".join(identity.roles)))
    return (*kept, *((name, value) for name, value in told if value))
