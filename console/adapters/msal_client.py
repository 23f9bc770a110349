"""Entra token requests by MSAL, through the guarded transport, read from what went over the wire.

MSAL 1.39 was measured (reference entra.md section 5): it raises a dozen kinds of exception, loses the body of a 5xx,
hides why a tenant is unknown, logs answers it cannot parse, posts the secret to whatever token endpoint discovery
names, and keeps errors for a minute. So each attempt has a fresh application, and every answer is judged here first.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import msal

from console.adapters.authority import Authority, destination_problem, metadata_problem
from console.adapters.token_endpoint import read_exchange
from console.adapters.transport import Transport
from console.core.credential import Secret
from console.core.exchange import Exchange, Failure, FailureKind, Header, Purpose, Request
from console.core.oauth.metadata import Metadata
from console.core.oauth.token_outcome import TokenOutcome
from console.core.oauth.token_response import TokenError, TokenResponse

__all__ = ["MsalCredential", "TokenOutcome", "obtain_client_credentials"]

LEAST_DEADLINE_S = 1.0  # what is left for the token request when discovery took nearly all

# What MSAL cannot parse it writes to its log, whole. Nothing it logs is needed: the exchanges are recorded.
_LOGGER = logging.getLogger("msal")
_LOGGER.addHandler(logging.NullHandler())
_LOGGER.propagate = False


@dataclass(frozen=True, slots=True, repr=False)
class MsalCredential:
    """Exactly one of a client secret and a maker of client assertions, which is given the audience (token endpoint)."""

    secret: Secret | None = None
    assertion: Callable[[str], str] | None = None


def obtain_client_credentials(
    *,
    authority: str,
    client_id: str,
    scope: str,
    credential: MsalCredential,
    transport: Transport,
    now: int,
    present_http_as_https: bool | None = None,
) -> TokenOutcome:
    """A token for the application itself (RFC 6749 section 4.4). Never raises for what the world does.

    `authority` is the provider's URL with the tenant, without /v2.0. MSAL refuses plain http; with
    `present_http_as_https` it is shown https while http is used. None means: only when the transport answers the
    authority in this process, so that the credential never leaves unencrypted. `now` is epoch seconds.
    """
    place = Authority.of(authority)
    if present_http_as_https is None:
        present_http_as_https = transport.answers_locally(place.metadata_url)
    problem = destination_problem(place, may_be_http=present_http_as_https)
    if problem is not None:
        return TokenOutcome(failure=problem)
    wire = _Wire(transport, place, now)
    try:
        application = msal.ConfidentialClientApplication(
            client_id,
            client_credential=_msal_form(credential, place),
            authority=place.shown_url,
            instance_discovery=False,
            azure_region=False,
            token_cache=msal.TokenCache(),
            http_cache={},
            http_client=wire,
        )
        application.acquire_token_for_client(scopes=scope.split())
    except Exception as raised:  # noqa: BLE001 - the MSAL boundary: a dozen kinds were measured, each is a value here
        return wire.outcome(type(raised).__name__)
    return wire.outcome("")


def _msal_form(credential: MsalCredential, place: Authority) -> Any:
    make = credential.assertion
    if make is None:
        return credential.secret.reveal() if credential.secret is not None else None
    # MSAL hands over the token endpoint as it knows it: possibly with https in place of http.
    return {"client_assertion": lambda context: make(place.true_url(context["token_endpoint"]))}


class _Stopped(Exception):
    """Leaves MSAL when an answer was judged: what it is, stands in the wire."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """The part of a requests.Response that MSAL reads."""

    status_code: int
    text: str
    headers: dict[str, str]


class _Wire:
    """MSAL's `http_client`: sends by the transport, records each exchange, and judges each answer before MSAL does."""

    def __init__(self, transport: Transport, place: Authority, now: int) -> None:
        self._transport, self._place, self._now = transport, place, now
        self._exchanges: list[Exchange] = []
        self._read: TokenResponse | TokenError | None = None
        self._failure: Failure | None = None

    def get(self, url: str, params: Any = None, headers: Any = None, **_: Any) -> _Answer:
        exchange = self._send("GET", url, params=params, headers=headers, purpose=Purpose.METADATA)
        read = metadata_problem(exchange, self._place, now=self._now)
        if isinstance(read, Failure):
            self._failure = read
        elif isinstance(read, TokenError):
            self._read = read
        else:
            return self._metadata_for_msal(exchange, read)
        raise _Stopped

    def post(self, url: str, params: Any = None, data: Any = None, headers: Any = None, **_: Any) -> _Answer:
        body = urlencode(data or {}).encode("ascii")
        exchange = self._send("POST", url, params=params, headers=headers, purpose=Purpose.TOKEN, body=body)
        self._read = read_exchange(exchange, now=self._now)
        self._failure = exchange.failure
        if exchange.response is None or not isinstance(self._read, TokenResponse):
            raise _Stopped  # an error is read already, and MSAL would keep it for a minute
        return _Answer(exchange.response.status, exchange.response.body.decode("utf-8"), {})

    def close(self) -> None:
        """Nothing is held open between calls."""

    def outcome(self, raised: str) -> TokenOutcome:
        """What the attempt gave. `raised` names MSAL's own exception, "" when it raised none."""
        exchanges = tuple(self._exchanges)
        if isinstance(self._read, TokenResponse):
            return TokenOutcome(response=self._read, exchanges=exchanges)
        if isinstance(self._read, TokenError):
            return TokenOutcome(error=self._read, exchanges=exchanges)
        return TokenOutcome(failure=self._failure or _not_sent(raised), exchanges=exchanges)

    def _send(
        self, method: str, url: str, *, params: Any, headers: Any, purpose: Purpose, body: bytes = b""
    ) -> Exchange:
        true_url = self._place.true_url(url)
        query = urlencode(params or {})
        if query:
            true_url += f"{'&' if urlsplit(true_url).query else '?'}{query}"
        request = Request(method, true_url, _headers(headers, has_form=bool(body)), body)
        spent_s = sum(exchange.elapsed_ms for exchange in self._exchanges) / 1000
        left_s = max(LEAST_DEADLINE_S, self._transport.policy.deadline_s - spent_s)
        exchange = self._transport.send(request, purpose=purpose, deadline_s=left_s)
        self._exchanges.append(exchange)
        return exchange

    def _metadata_for_msal(self, exchange: Exchange, metadata: Metadata) -> _Answer:
        status = exchange.response.status if exchange.response else 200
        return _Answer(status, self._place.shown_document(metadata), {})


def _headers(given: Mapping[str, str] | None, *, has_form: bool) -> tuple[Header, ...]:
    form: tuple[Header, ...] = (("Content-Type", "application/x-www-form-urlencoded"),) if has_form else ()
    return (*form, *((name, str(value)) for name, value in (given or {}).items()))


def _not_sent(raised: str) -> Failure:
    detail = (
        f"The token library did not send the request ({raised or 'no answer'}); check the authority, the client id, "
        "the scope and the credential."
    )
    return Failure(FailureKind.BLOCKED_ADDRESS, detail, "request")
