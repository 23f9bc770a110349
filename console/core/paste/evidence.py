"""Evidence of an exchange that was pasted: redacted, with the token it carried decoded."""

from collections.abc import Mapping
from typing import Any

from console.core.decoded_assertion import DecodedAssertion
from console.core.evidence import Evidence, EvidenceRequest, EvidenceResponse, EvidenceTokenRequest
from console.core.json.text import plain
from console.core.paste.seen import SeenExchange, object_of
from console.core.redaction.names import MASK, SECRET_NAMES, TOKEN, TOKEN_NAMES
from console.core.redaction.redact import redact_body, redact_headers, redact_text, redact_url
from console.core.redaction.start import masked_start
from console.core.tokens.parse import parse
from console.core.tokens.token import Token

MAX_BODY = 32_768  # bytes of an answer that are redacted and kept
MAX_SAID = 65_536  # characters of a log or trace that are redacted and kept


def of_seen(
    seen: SeenExchange, *, token: Token | None = None, said: str = "", facts: Mapping[str, Any] | None = None
) -> Evidence:
    """What a pasted exchange tells the diagnosis; `said` is what a log or trace wrote beside it, not yet redacted."""
    token_error = seen.token_error
    is_token_request = seen.is_token_request
    return Evidence(
        token_header=_plain(token.header) if token else None,
        token_claims=_plain(token.claims) if token else None,
        request=None if is_token_request else _request(seen),
        response=None if token_error is not None else _response(seen),
        token_request=_token_request(seen) if is_token_request else None,
        token_error=_clean_object(token_error) if token_error is not None else None,
        http_status=seen.status if token_error is not None else None,
        profile=dict(facts or {}),
        pasted=masked_start(said, MAX_SAID, redact_text) if said else None,
        now=seen.at,
    )


def of_text(text: str) -> Evidence:
    """Evidence that is only a text, redacted: the diagnosis reads it further."""
    return Evidence(pasted=masked_start(text, MAX_SAID, redact_text))


def of_token_error(error: Mapping[str, Any]) -> Evidence:
    return Evidence(token_error=_clean_object(dict(error)))


def _plain(value: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if value is None else plain(value)


def _request(seen: SeenExchange) -> EvidenceRequest | None:
    if seen.request is None:
        return None
    sent = seen.request
    body = redact_body(sent.body[:MAX_BODY], sent.headers).decode("utf-8", "replace")
    headers = redact_headers(sent.headers)
    return EvidenceRequest(
        method=sent.method,
        url=redact_url(sent.url),
        headers=headers,
        body=body,
        has_unknown_headers=seen.has_unknown_headers,
    )


def _response(seen: SeenExchange) -> EvidenceResponse | None:
    answer = seen.response
    if answer is None:
        return (
            EvidenceResponse(failure=seen.failure, rule=seen.rule, detail=redact_text(seen.detail))
            if seen.failure
            else None
        )
    body = redact_body(answer.body[:MAX_BODY], answer.headers)
    value = object_of(body)
    shown = value if value is not None else body.decode("utf-8", "replace")
    return EvidenceResponse(status=answer.status or None, headers=redact_headers(answer.headers), body=shown)


def _token_request(seen: SeenExchange) -> EvidenceTokenRequest:
    fields = seen.form
    assertion = fields.get("client_assertion") or fields.get("assertion") or ""
    decoded = parse(assertion) if assertion else None
    return EvidenceTokenRequest(
        endpoint=redact_url(seen.url),
        params={name: _masked(name, value) for name, value in fields.items()},
        assertion=DecodedAssertion(header=_plain(decoded.header) or {}, claims=_plain(decoded.claims) or {})
        if decoded and decoded.header is not None
        else None,
        headers=redact_headers(seen.request_headers),
        is_json=seen.request is not None and object_of(seen.request.body) is not None,
    )


def _masked(name: str, value: str) -> str:
    lower = name.lower()
    if lower in TOKEN_NAMES:
        return TOKEN if value else ""
    return MASK if (lower in SECRET_NAMES or lower == "code") and value else redact_text(value)


def _clean_object(value: dict[str, Any]) -> dict[str, Any]:
    return {name: redact_text(one) if isinstance(one, str) else one for name, one in value.items()}
