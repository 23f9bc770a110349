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

from console.adapters.senders.authority import Authority, destination_problem, metadata_problem
from console.adapters.senders.order import Order, Recorder
from console.core.client_auth.base import Proof
from console.core.exchange import Exchange, Failure, FailureKind, Header, Purpose, Request
from console.core.oauth.metadata import Metadata
from console.core.oauth.token_answer import read_answer
from console.core.oauth.token_response import TokenResponse

# What MSAL cannot parse it writes to its log, whole. Nothing it logs is needed: the exchanges are recorded.
_LOGGER = logging.getLogger("msal")
_LOGGER.addHandler(logging.NullHandler())
_LOGGER.propagate = False
Form = Mapping[str, str]
Scopes = list[str]


def _ask_for_client(application: Any, form: Form, asked: Scopes) -> None:
    application.acquire_token_for_client(scopes=asked, data=_rest(form))


def _ask_by_code(application: Any, form: Form, asked: Scopes) -> None:
    """MSAL checks state and nonce of sign-ins that it began itself; this one was checked before it came here."""
    flow = {"state": "checked", "scope": asked, "redirect_uri": form["redirect_uri"]}
    flow["code_verifier"] = form["code_verifier"]
    application.acquire_token_by_auth_code_flow(flow, {"state": "checked", "code": form["code"]}, data=_rest(form))


def _ask_by_refresh_token(application: Any, form: Form, asked: Scopes) -> None:
    application.acquire_token_by_refresh_token(form["refresh_token"], scopes=_own_left_out(asked), data=_rest(form))


def _ask_on_behalf_of(application: Any, form: Form, asked: Scopes) -> None:
    claims = form.get("claims") or None
    application.acquire_token_on_behalf_of(
        form["assertion"], scopes=_own_left_out(asked), claims_challenge=claims, data=_rest(form)
    )


def _own_left_out(asked: Scopes) -> Scopes:
    return [scope for scope in asked if scope not in _RESERVED]


def _rest(form: Form) -> dict[str, str]:
    """What a form has beyond that which MSAL writes from its own arguments: it goes along as it is."""
    return {name: value for name, value in form.items() if name not in _WRITTEN}


_RESERVED = ("openid", "profile", "offline_access")  # MSAL adds them by itself, and takes none of them
_JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_WRITTEN = frozenset({
    "grant_type", "scope", "code", "code_verifier", "redirect_uri", "refresh_token", "assertion",
    "requested_token_use", "claims",
})  # fmt: skip
_ASKERS: dict[str, Callable[[Any, Form, Scopes], None]] = {
    "client_credentials": _ask_for_client,
    "authorization_code": _ask_by_code,
    "refresh_token": _ask_by_refresh_token,
    _JWT_BEARER: _ask_on_behalf_of,
}


def can_send(order: Order) -> bool:
    """Whether MSAL makes this request, and so that the client proves itself as the profile wants it to."""
    form = dict(order.post.form)
    is_known = form.get("grant_type") in _ASKERS and len(form) == len(order.post.form)
    if form.get("grant_type") == _JWT_BEARER and form.get("requested_token_use") != "on_behalf_of":
        return False
    return is_known and order.prove is not None and (order.is_for_audience or bool(_fixed_credential(order)))


def send(order: Order, recorder: Recorder) -> Exchange | Failure:
    """The exchange with the token endpoint; with the discovery document where that holds the provider's error.

    A Failure says why nothing was sent, or why the document is not followed. MSAL refuses plain http, so it is shown
    https while http is used: only where the authority is answered in this process, so that nothing leaves unencrypted.
    """
    place = Authority(order.place)
    problem = destination_problem(place, may_be_http=recorder.answers_locally(place.metadata_url))
    if problem is not None:
        return problem
    wire, form = _Wire(recorder, place, order), dict(order.post.form)
    asked = (form.get("scope") or order.scope).split()
    try:
        application = msal.ConfidentialClientApplication(
            order.client_id,
            client_credential=_credential(order, place),
            authority=place.shown_url,
            instance_discovery=False,
            azure_region=False,
            token_cache=msal.TokenCache(),
            http_cache={},
            http_client=wire,
            exclude_scopes=[one for one in _RESERVED[1:] if one not in asked],
        )
        _ASKERS[form["grant_type"]](application, form, asked)
    except Exception as raised:  # noqa: BLE001 - the MSAL boundary: a dozen kinds were measured, each is a value here
        return wire.outcome(type(raised).__name__)
    return wire.outcome("")


def _credential(order: Order, place: Authority) -> Any:
    """The credential in MSAL's form. MSAL hands over the token endpoint as it knows it: with https in place of http."""
    prove = order.prove
    if prove is None:
        return None
    if not order.is_for_audience:
        return _fixed_credential(order)

    return {"client_assertion": lambda context: prove(place.true_url(context["token_endpoint"])).assertion}


def _fixed_credential(order: Order) -> Any:
    """A secret or an assertion that is the same everywhere; None for a proof that MSAL has no place for."""
    proof = order.prove(order.post.auth_audience) if order.prove else Proof()
    form = dict(proof.form)
    if proof.headers or not {"client_secret", "client_assertion"} & form.keys():
        return None
    return form["client_secret"] if "client_secret" in form else {"client_assertion": form["client_assertion"]}


class _Stopped(Exception):
    """Leaves MSAL when an answer was judged: what it is, stands in the wire."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """The part of a requests.Response that MSAL reads."""

    status_code: int
    text: str
    headers: dict[str, str]


class _Wire:
    """MSAL's `http_client`: sends by the recorder, and judges each answer before MSAL does."""

    def __init__(self, recorder: Recorder, place: Authority, order: Order) -> None:
        self._recorder, self._place, self._order = recorder, place, order
        self._answer: Exchange | Failure | None = None

    def get(self, url: str, params: Any = None, headers: Any = None, **_: Any) -> _Answer:
        exchange = self._send("GET", url, params=params, headers=headers, purpose=Purpose.METADATA)
        read = metadata_problem(exchange, self._place, self._order.believes)
        if isinstance(read, Metadata):
            return self._metadata_for_msal(exchange, read)
        self._answer = read if isinstance(read, Failure) else exchange
        raise _Stopped

    def post(self, url: str, params: Any = None, data: Any = None, headers: Any = None, **_: Any) -> _Answer:
        body = urlencode(data or {}).encode("ascii")
        exchange = self._send("POST", url, params=params, headers=headers, purpose=Purpose.TOKEN, body=body)
        self._answer = exchange
        read = read_answer(exchange, now=int(exchange.started_at))
        if exchange.response is None or not isinstance(read, TokenResponse):
            raise _Stopped  # an error stands in the exchange, and MSAL would keep it for a minute
        return _Answer(exchange.response.status, exchange.response.body.decode("utf-8"), {})

    def close(self) -> None:
        """Nothing is held open between calls."""

    def outcome(self, raised: str) -> Exchange | Failure:
        """What is to be read. `raised` names MSAL's own exception, "" when it raised none."""
        return self._answer if self._answer is not None else _not_sent(raised)

    def _send(
        self, method: str, url: str, *, params: Any, headers: Any, purpose: Purpose, body: bytes = b""
    ) -> Exchange:
        true_url = self._place.true_url(url)
        query = urlencode(params or {})
        if query:
            true_url += f"{'&' if urlsplit(true_url).query else '?'}{query}"
        request = Request(method, true_url, _headers(headers, has_form=bool(body)), body)
        return self._recorder.send(request, purpose=purpose)

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
