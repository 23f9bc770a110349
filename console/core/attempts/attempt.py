"""Evidence of one attempt, made from values that are already redacted (core/redact)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from console.core.api import Api
from console.core.attempts.token_result import TokenResult
from console.core.decoded_assertion import DecodedAssertion
from console.core.evidence import (
    Evidence,
    EvidencePolicy,
    EvidenceRequest,
    EvidenceResponse,
    EvidenceTokenRequest,
)
from console.core.exchange import Exchange, Failure, FailureKind
from console.core.http.content import binary_kind
from console.core.json.strict import is_too_deep
from console.core.json.text import json_text
from console.core.oauth.token_response import TokenError
from console.core.profile import Profile
from console.core.tokens.signature import SignatureResult, SignatureState
from console.core.tokens.token import Token

_INLINE_KEY = re.compile(r"(<key\b[^<>]*>)[^<]*(</key>)", re.IGNORECASE)  # symmetric keys stand in policies as text
SIMULATED = "The wait is simulated: the sandbox tells at once what a slow API would make you wait for."
MAX_BODY = 20_000  # characters of an answer kept as evidence; the whole answer is shown once, when it comes


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What is known of the token that was used: its parsed form and whether its signature verified."""

    token: Token
    signature: SignatureResult


def of_token_request(
    profile: Profile, api: Api | None, *, result: TokenResult, used: TokenFacts | None, now: int
) -> Evidence:
    """Evidence of a token request: what was asked, what came back, and the token when there is one."""
    error, posted = result.error, result.posted
    form = posted.request.body.decode("utf-8", "replace") if posted else ""  # masked already
    params = dict(parse_qsl(form, keep_blank_values=True))
    passed_on = posted.subject if posted and _is_passed_on(params) else None
    signed = posted.subject if posted and passed_on is None else None
    is_about_subject = used is None and passed_on is not None
    return Evidence(
        **(token_members(used) if passed_on is None or used else _subject_members(passed_on)),
        expectations=api.expectation if api and not is_about_subject else None,
        token_request=EvidenceTokenRequest(
            endpoint=result.endpoint,
            params=params,
            assertion=(posted.assertion or signed) if posted else None,
        ),
        token_error=_error_body(error) if error else None,
        http_status=(error.status or None) if error else None,
        response=_failed(result.failure) if result.failure else None,
        profile=profile_facts(profile, {**key_facts(used), **result.facts}),
        now=now,
    )


def of_call(
    profile: Profile,
    api: Api,
    *,
    exchange: Exchange,
    used: TokenFacts | None,
    facts: Mapping[str, Any],
    now: int,
    policy: EvidencePolicy | None = None,
) -> Evidence:
    """Evidence of a call to an API. `exchange` and `policy`, what the gateway's policy decided, are redacted."""
    request, response = exchange.request, exchange.response
    return Evidence(
        **token_members(used),
        policy_xml=_INLINE_KEY.sub(r"\1***\2", api.policy) or None,
        policy=policy,
        expectations=api.expectation,
        request=EvidenceRequest(
            method=request.method,
            url=request.url,
            headers=request.headers,
            body=text_of(request.body),
            timeout_s=request.timeout_s,
        ),
        response=EvidenceResponse(
            status=response.status if response else None,
            headers=response.headers if response else (),
            body=binary_kind(response) or _body(response.body) if response else None,
            failure=exchange.failure.kind.value if exchange.failure else "",
            rule=exchange.failure.rule if exchange.failure else "",
            detail=_detail(exchange),
            elapsed_ms=None if is_simulated_wait(exchange) else exchange.elapsed_ms,
        ),
        profile=profile_facts(profile, {**key_facts(used), **facts}),
        now=now,
    )


def is_simulated_wait(exchange: Exchange) -> bool:
    """Whether the embedded sandbox only pretends that time went by: it answers at once that nothing came in time."""
    return exchange.is_local and exchange.failure is not None and exchange.failure.kind is FailureKind.TIMEOUT


def _detail(exchange: Exchange) -> str:
    if exchange.failure is None:
        return ""
    return f"{exchange.failure.detail} {SIMULATED}" if is_simulated_wait(exchange) else exchange.failure.detail


def plain(value: Any) -> Any:
    """A JSON value without our own number type, as plain JSON gives it."""
    return msgspec.json.decode(json_text(value))


def text_of(body: bytes) -> str:
    """A body as text, cut for keeping; bytes that are not UTF-8 are shown as U+FFFD."""
    return body[: MAX_BODY * 4].decode("utf-8", "replace")[:MAX_BODY]


def _body(body: bytes) -> Any:
    """As a value where it is JSON. What is nested too deep stays a text: no reader of the row would come through."""
    if len(body) <= MAX_BODY and not is_too_deep(body.decode("utf-8", "replace")):
        try:
            return msgspec.json.decode(body)
        except (msgspec.DecodeError, RecursionError):
            pass
    return text_of(body)


def _failed(failure: Failure) -> EvidenceResponse:
    return EvidenceResponse(failure=failure.kind.value, rule=failure.rule, detail=failure.detail)


def token_members(used: TokenFacts | None) -> dict[str, Any]:
    if used is None:
        return {}
    token, state = used.token, used.signature.state
    return {
        "token_header": plain(token.header) if token.header is not None else None,
        "token_claims": plain(token.claims) if token.claims is not None else None,
        "signature": None if state is SignatureState.NOT_CHECKED else state.value,
    }


def _is_passed_on(params: Mapping[str, str]) -> bool:
    """Whether the request carried a token that somebody else got, and not an assertion of the client's own."""
    return "requested_token_use" in params or "subject_token" in params


def _subject_members(passed_on: DecodedAssertion) -> dict[str, Any]:
    """Without a token of its own, a request that passes one on is about that one."""
    return {"token_header": passed_on.header, "token_claims": passed_on.claims}


def key_facts(used: TokenFacts | None) -> dict[str, Any]:
    """What the verifier found out about the signing key: redaction removes the token, so it is kept as a fact."""
    if used is None or used.signature.state is SignatureState.NOT_CHECKED:
        return {}
    found = used.signature
    return {"signing_key": {"kid_known": found.is_kid_known, "source": found.source, "reason": found.reason}}


def _error_body(error: TokenError) -> dict[str, Any]:
    fallback = {"error": error.error, "error_description": error.error_description, "kind": error.kind}
    return plain(error.body) if error.body else {key: value for key, value in fallback.items() if value}


def profile_facts(profile: Profile, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **profile.settings,
        "provider": profile.provider,
        "client_id": profile.client_id,
        "grant": profile.grant,
        "scope": profile.scope,
        **facts,
    }
