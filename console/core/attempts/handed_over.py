"""What of an attempt goes into a case: pseudonyms in place of persons, and no more bodies than the diagnosis needs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import msgspec

from console.core.diagnosis import explain
from console.core.evidence import Evidence
from console.core.exchange import Exchange, Failure, Header
from console.core.redaction.personal import count_pseudonyms, pseudonymised
from console.core.redaction.redact import redact_claims

T = TypeVar("T")
Change = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """`hidden_values` different personal values became pseudonyms, `left_out` bodies do not go along.

    `token` is the request that got the token of a call, None when none is known.
    """

    evidence: Evidence
    exchanges: tuple[Exchange, ...]
    hidden_values: int
    left_out: int
    token: "HandedOver | None" = None


def hand_over(evidence: Evidence, exchanges: tuple[Exchange, ...], *, with_bodies: bool, key: bytes) -> HandedOver:
    """What another person may read. Without bodies only that of an answer stays that the diagnosis rests on."""
    kept = evidence if with_bodies else _least(evidence)
    left_out = 0
    if not with_bodies:
        has_answer = kept.response is not None and kept.response.body is not None
        trimmed = tuple(_trimmed(one, keeps_answer=has_answer) for one in exchanges)
        left_out = sum(_bodies(one) for one in exchanges) - sum(_bodies(one) for one in trimmed)
        exchanges = trimmed

    def change(text: str) -> str:
        return pseudonymised(text, key)

    kept = _without_persons(kept, change, key)
    exchanges = tuple(_exchange(one, change) for one in exchanges)
    shown = [msgspec.to_builtins(kept), *(body.decode("utf-8", "replace") for one in exchanges for body in _texts(one))]
    return HandedOver(kept, exchanges, count_pseudonyms(*shown), left_out)


def _least(evidence: Evidence) -> Evidence:
    """The evidence without bodies; with that of the answer where the diagnosis would be another one without it."""
    asked = evidence.request and msgspec.structs.replace(evidence.request, body="")
    bare = msgspec.structs.replace(
        evidence, request=asked, response=evidence.response and msgspec.structs.replace(evidence.response, body=None)
    )
    with_answer = msgspec.structs.replace(evidence, request=asked)
    wanted = _verdict(evidence)
    is_success = evidence.response is not None and 200 <= (evidence.response.status or 0) < 300
    if is_success and not wanted[-1]:  # nothing is to be explained
        return bare
    return next((one for one in (bare, with_answer) if _verdict(one) == wanted), evidence)


def _verdict(evidence: Evidence) -> tuple[Any, ...]:
    found = explain(evidence)
    return found.answered_by, found.missing, tuple((cause.cause, cause.confidence, cause.why) for cause in found.causes)


def _trimmed(exchange: Exchange, *, keeps_answer: bool) -> Exchange:
    response = exchange.response
    if response is not None and response.body and not keeps_answer:
        response = replace(response, body=b"")
    return replace(exchange, request=replace(exchange.request, body=b""), response=response, assertion=None)


def _bodies(exchange: Exchange) -> int:
    return bool(exchange.request.body) + bool(exchange.response and exchange.response.body)


def _without_persons(evidence: Evidence, change: Change, key: bytes) -> Evidence:
    """Policies and expectations stay as they are: they tell of APIs, and are compared letter by letter."""
    claims = evidence.token_claims
    hidden = None if claims is None else redact_claims(claims, key=key).claims
    return msgspec.structs.replace(
        evidence,
        token_claims=hidden,
        policy=_walked(evidence.policy, lambda text: change(_with_pseudonyms(text, claims or {}, hidden or {}))),
        request=_walked(evidence.request, change),
        response=_walked(evidence.response, change),
        token_request=_walked(evidence.token_request, change),
        token_error=_in_json(evidence.token_error, change),
        pasted=None if evidence.pasted is None else change(evidence.pasted),
    )


def _with_pseudonyms(text: str, claims: dict[str, Any], hidden: dict[str, Any]) -> str:
    """What a policy's checks tell of a claim, with the pseudonym that the claim has got."""
    for name, value in claims.items():
        if isinstance(value, str) and len(value) > 3 and value != hidden.get(name):
            text = text.replace(value, str(hidden[name]))
    return text


def _walked(value: T, change: Change) -> T:
    """As _in_json; a number that has to be one, and could name a person, is 0 then."""
    if value is None:
        return value
    told = msgspec.to_builtins(value)
    try:
        return msgspec.convert(_in_json(told, change), type(value))
    except msgspec.ValidationError:
        return msgspec.convert(_in_json(told, change, hidden_number=0), type(value))


def _in_json(value: Any, change: Change, *, hidden_number: int | None = None) -> Any:
    """Without recursion deeper than evidence is: its bodies are decoded by a reader that limits depth."""
    if isinstance(value, dict):
        return {name: _in_json(item, change, hidden_number=hidden_number) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_in_json(item, change, hidden_number=hidden_number) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):  # a card or identity number written as a number
        written = change(str(value))
        return value if written == str(value) else written if hidden_number is None else hidden_number
    return change(value) if isinstance(value, str) else value


def _exchange(exchange: Exchange, change: Change) -> Exchange:
    request, response, failure = exchange.request, exchange.response, exchange.failure
    return replace(
        exchange,
        request=replace(
            request,
            url=change(request.url),
            headers=_headers(request.headers, change),
            body=_body(request.body, change),
            client_certificate=change(request.client_certificate),
        ),
        response=response
        and replace(
            response,
            reason=change(response.reason),
            headers=_headers(response.headers, change),
            body=_body(response.body, change),
        ),
        failure=failure and Failure(failure.kind, change(failure.detail), failure.rule),
        assertion=_walked(exchange.assertion, change),
        subject=_walked(exchange.subject, change),
        proof=_walked(exchange.proof, change),
    )


def _headers(headers: tuple[Header, ...], change: Change) -> tuple[Header, ...]:
    return tuple((name, change(value)) for name, value in headers)


def _body(body: bytes, change: Change) -> bytes:
    """Bodies are text when they come here; one byte stands for one character where they are not UTF-8."""
    try:
        return change(body.decode("utf-8")).encode("utf-8")
    except UnicodeDecodeError:
        return change(body.decode("latin-1")).encode("latin-1")


def _texts(exchange: Exchange) -> list[bytes]:
    response = exchange.response
    values = [exchange.request.url, *(value for _, value in exchange.request.headers)]
    values += [response.reason, *(value for _, value in response.headers)] if response else []
    return [
        exchange.request.body,
        response.body if response else b"",
        *(one.encode("utf-8", "replace") for one in values),
    ]
