"""What of an answer stands with its attempt, and what is kept beside: long texts, bytes that hold nothing to hide."""

from dataclasses import dataclass, replace

from console.core.exchange import Exchange
from console.core.redaction.bodies import NOT_TEXT, told
from console.core.redaction.redact import Redactor

BESIDE = 64_000  # bytes: every list of attempts reads what stands with them


@dataclass(frozen=True, slots=True, repr=False)
class KeptExchange:
    """`exchange` is redacted; `body` is what is kept beside, redacted too, None where the exchange holds all of it."""

    exchange: Exchange
    body: bytes | None = None


def kept(raw: Exchange, clean: Exchange, redactor: Redactor) -> KeptExchange:
    """`clean` is the exchange as `redactor` gave it."""
    came, response = raw.response, clean.response
    if came is None or response is None or not came.body:
        return KeptExchange(clean)
    if response.body.startswith(NOT_TEXT) and redactor.keeps_bytes(came.body, came.headers):
        sentence = told(came.body, is_kept=True).encode()
        return KeptExchange(_with(clean, sentence, len(came.body)), came.body)
    if len(response.body) <= BESIDE:
        return KeptExchange(clean)
    return KeptExchange(_with(clean, response.body[:BESIDE], len(response.body)), response.body)


def _with(exchange: Exchange, body: bytes, whole_bytes: int) -> Exchange:
    response = exchange.response
    return (
        exchange
        if response is None
        else replace(exchange, response=replace(response, body=body, whole_bytes=whole_bytes))
    )
