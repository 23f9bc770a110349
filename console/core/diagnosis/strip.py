"""Who talked to whom in one attempt: client, identity provider, gateway, API, and where it stopped.

Made from the evidence and from who answered, and from nothing else: what they do not tell is unknown.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from console.core.diagnosis.base import Diagnosis
from console.core.diagnosis.terms import Answerer
from console.core.evidence import Evidence, EvidenceResponse
from console.core.exchange import FailureKind


class Station(StrEnum):
    CLIENT = "client"
    PROVIDER = "provider"
    GATEWAY = "gateway"
    API = "api"


class Reached(StrEnum):
    """How far it came: `pass` went on, `fail` stopped here, `lost` was not reached, `unknown` nobody knows."""

    PASSED = "pass"
    STOPPED = "fail"
    NOT_REACHED = "lost"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a stop. `status` is the HTTP status that came back over it, `failure` a FailureKind in its place;
    `elapsed_ms` None: not measured.
    """

    reached: Reached
    status: int | None = None
    failure: str = ""
    elapsed_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """`host` is "" where nothing names it. `way` leads here from the stop before; None for the first.

    `is_proxy`: what stands in the gateway's place is some other server.
    """

    station: Station
    reached: Reached
    host: str = ""
    way: Way | None = None
    is_proxy: bool = False


@dataclass(frozen=True, slots=True)
class TokenLeg:
    """The token request before a call, where it was measured."""

    status: int | None
    elapsed_ms: int | None


Strip = tuple[Stop, Stop, Stop, Stop]
_P, _S, _N, _U = Reached.PASSED, Reached.STOPPED, Reached.NOT_REACHED, Reached.UNKNOWN
# What only an answer from behind tells: a gateway that gives up on its backend did ask it.
_BEHIND = range(500, 600)
_BEFORE_ANY_REQUEST = frozenset({FailureKind.DNS, FailureKind.REFUSED, FailureKind.TLS})


def strip_of(evidence: Evidence, diagnosis: Diagnosis, *, leg: TokenLeg | None = None) -> Strip | None:
    """None where nothing was sent that anybody knows of, as of a token that was only looked at."""
    if _is_token_request(evidence):
        return _of_token_request(evidence, diagnosis, leg)
    response = evidence.response
    if response is None or (response.status is None and not response.no_answer):
        return None
    return _of_call(evidence, response, diagnosis.answered_by, leg)


def planned_strip(*, has_token: bool, issuer: str, base_url: str) -> Strip:
    """Before any call: the way that one would take. `issuer` is that of the stored token, "" for none."""
    provider = _P if has_token else _N
    return (
        Stop(Station.CLIENT, _N),
        Stop(Station.PROVIDER, provider, _host(issuer), Way(provider)),
        Stop(Station.GATEWAY, _N, _host(base_url), Way(_N)),
        Stop(Station.API, _N, way=Way(_N)),
    )


def _is_token_request(evidence: Evidence) -> bool:
    return evidence.token_error is not None or (evidence.token_request is not None and evidence.request is None)


def _of_token_request(evidence: Evidence, diagnosis: Diagnosis, leg: TokenLeg | None) -> Strip:
    endpoint = evidence.token_request.endpoint if evidence.token_request else ""
    response = evidence.response or EvidenceResponse()
    client, way, provider = _P, _P, _P
    if response.no_answer:
        client, way, provider = _of_failure(response, diagnosis.answered_by)
    elif evidence.token_error is not None:
        way, provider = _S, _S
    elif evidence.token_claims is None and evidence.token_header is None:
        way, provider = (_S, _S) if diagnosis.primary else (_U, _U)
    status = evidence.http_status or (leg.status if leg else None)
    elapsed_ms = leg.elapsed_ms if leg else response.elapsed_ms
    return (
        Stop(Station.CLIENT, client),
        Stop(Station.PROVIDER, provider, _host(endpoint), Way(way, status, response.no_answer, elapsed_ms)),
        Stop(Station.GATEWAY, _N, way=Way(_N)),
        Stop(Station.API, _N, way=Way(_N)),
    )


def _of_failure(response: EvidenceResponse, by: Answerer) -> tuple[Reached, Reached, Reached]:
    """Client, way and far side of a request without an answer; of one that left nobody knows how far it came."""
    if by is Answerer.CONSOLE:
        return _S, _N, _N
    return _P, _S, _N if response.no_answer in _BEFORE_ANY_REQUEST else _U


def _of_call(evidence: Evidence, response: EvidenceResponse, by: Answerer, leg: TokenLeg | None) -> Strip:
    client, way, gateway, onward, api = _far_side(evidence, response, by)
    is_told_behind = by is Answerer.BACKEND
    status, url = response.status, evidence.request.url if evidence.request else ""
    front = Way(way, None if is_told_behind else status, response.no_answer, response.elapsed_ms)
    # The address is the gateway's where there is one, else that of the API that answered there.
    is_direct = is_told_behind and gateway is _U
    return (
        Stop(Station.CLIENT, client),
        _token_stop(evidence, leg),
        Stop(Station.GATEWAY, gateway, "" if is_direct else _host(url), front, is_proxy=by is Answerer.PROXY),
        Stop(Station.API, api, _host(url) if is_direct else "", Way(onward, status if is_told_behind else None)),
    )


def _far_side(
    evidence: Evidence, response: EvidenceResponse, by: Answerer
) -> tuple[Reached, Reached, Reached, Reached, Reached]:
    """Client, the way to the gateway, gateway, the way on, API."""
    if response.no_answer:
        client, way, gateway = _of_failure(response, by)
        return client, way, gateway, gateway, gateway
    status = response.status or 0
    if status < 400:
        return _P, _P, _P if _has_gateway(evidence) else _U, _P, _P
    if by in (Answerer.GATEWAY, Answerer.PROXY):
        behind = _U if status in _BEHIND or by is Answerer.PROXY else _N
        return _P, _S, _S, behind, behind
    if by is Answerer.BACKEND:
        return _P, _P, _P if _has_gateway(evidence) else _U, _S, _S
    return _P, _S, _U, _U, _U


def _has_gateway(evidence: Evidence) -> bool:
    logged = {"BackendResponseCode", "backendResponseCode"} & evidence.profile.keys()
    return bool(evidence.policy_xml or evidence.policy or logged)


def _token_stop(evidence: Evidence, leg: TokenLeg | None) -> Stop:
    """Whether a token went along; the provider is known by it, and that it gave one."""
    claims = evidence.token_claims
    issuer = (claims or {}).get("iss")
    host = _host(issuer) if isinstance(issuer, str) else ""
    if leg is not None:
        return Stop(Station.PROVIDER, _P, host, Way(_P, leg.status, "", leg.elapsed_ms))
    if claims is not None or evidence.token_header is not None or _sends_authorization(evidence):
        return Stop(Station.PROVIDER, _P, host, Way(_P))
    is_known_without = evidence.request is not None and bool(evidence.request.headers)
    reached = _N if is_known_without else _U
    return Stop(Station.PROVIDER, reached, host, Way(reached))


def _sends_authorization(evidence: Evidence) -> bool:
    """Whether a bearer token, or DPoP's, went along; what else the header holds comes of no identity provider."""
    headers = evidence.request.headers if evidence.request else ()
    return any(
        name.lower() == "authorization" and value.lower().startswith(("bearer ", "dpop ")) for name, value in headers
    )


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
