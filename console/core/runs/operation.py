"""Long work behind a 202: where to look, when, and whether it is done.

Sources: RFC 9110 section 10.2.3 (Retry-After), Azure REST guidelines (Operation-Location), ARM asynchronous operations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import msgspec

from console.core.call import is_within
from console.core.exchange import Exchange, Response
from console.core.http.retry_after import bounded_s
from console.core.http.url_paths import has_unsafe_characters
from console.core.runs.base import Progress, RunFacts, RunKind

TERMINAL = frozenset({"succeeded", "failed", "canceled", "cancelled"})


@dataclass(frozen=True, slots=True)
class Monitor:
    """Where to look next, absolute. `leaves_api`: outside the Api's address, so neither token nor key goes there."""

    url: str
    leaves_api: bool


def monitor_of(kept: Mapping[str, str]) -> Monitor | None:
    """The monitor that a run keeps; None when there is nothing more to look at."""
    url = kept.get("url")
    return Monitor(url, "leaves_api" in kept) if url else None


def begin(facts: RunFacts, exchange: Exchange) -> Progress | None:
    """The operation that an answer starts; None when the answer is not a 202 with a place to look."""
    response = exchange.response
    if response is None or response.status != 202:
        return None
    target = _monitor(response)
    return _going_on(facts, exchange, response, target=target, state="Accepted") if target else None


def advance(facts: RunFacts, kept: Mapping[str, str], exchange: Exchange) -> Progress:  # noqa: ARG001 (the answer tells all)
    """What one look at the monitor says. A 202, or a 200 whose `status` is not terminal, means: still running."""
    response = exchange.response
    if response is None or response.status >= 400:
        return Progress("Stopped", is_done=True, not_before=facts.now)
    state = _status_word(response)
    is_running = response.status == 202 or (bool(state) and state.lower() not in TERMINAL)
    if not is_running:
        return Progress(state or "Finished", is_done=True, not_before=facts.now)
    target = _monitor(response) or exchange.request.url
    return _going_on(facts, exchange, response, target=target, state=state or "Running")


def _going_on(facts: RunFacts, exchange: Exchange, response: Response, *, target: str, state: str) -> Progress:
    url = _absolute(exchange, target)
    kept = {"url": url} if facts.api and is_within(facts.api, url) else {"url": url, "leaves_api": "yes"}
    return Progress(state, False, facts.now + bounded_s(response.headers, now=facts.now), kept)


def _absolute(exchange: Exchange, target: str) -> str:
    """The monitor's address. One with blanks or control characters stays as it came: joining would drop some of them,
    and the transport refuses it in words.
    """
    return target if has_unsafe_characters(target) else urljoin(exchange.request.url, target)


def _monitor(response: Response) -> str:
    names = ("Operation-Location", "Azure-AsyncOperation", "Location")
    return next((value for name in names if (value := response.header(name))), "")


def _status_word(response: Response) -> str:
    try:
        body: Any = msgspec.json.decode(response.body)
    except (msgspec.DecodeError, RecursionError):
        return ""
    word = body.get("status") if isinstance(body, dict) else None
    return word if isinstance(word, str) else ""


KIND = RunKind("operation", "Long work that an API answered with 202", begin, advance)
