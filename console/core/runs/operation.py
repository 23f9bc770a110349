"""Long work behind a 202: where to look, when, and whether it is done.

Sources: RFC 9110 section 10.2.3 (Retry-After), Azure REST guidelines (Operation-Location), ARM asynchronous operations.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import msgspec

from console.core.exchange import Exchange, Response
from console.core.http.retry_after import bounded_s
from console.core.http.url_paths import has_unsafe_characters

TERMINAL = frozenset({"succeeded", "failed", "canceled", "cancelled"})


@dataclass(frozen=True, slots=True)
class Operation:
    """`poll_url` is absolute, None when there is nothing (more) to follow. `wait_s` honours Retry-After, seconds.

    `state` is the word the monitor used ("Running", "Succeeded"), "" when it gave none. `is_done` ends the run.
    """

    poll_url: str | None
    wait_s: int
    state: str
    is_done: bool


def begin(exchange: Exchange, *, now: int) -> Operation | None:
    """The operation that an answer starts; None when the answer is not a 202 with a place to look."""
    response = exchange.response
    if response is None or response.status != 202:
        return None
    target = _monitor(response)
    if not target:
        return None
    wait_s = bounded_s(response.headers, now=now)
    return Operation(_absolute(exchange, target), wait_s, "Accepted", is_done=False)


def advance(exchange: Exchange, *, now: int) -> Operation:
    """What one look at the monitor says. A 202, or a 200 whose `status` is not terminal, means: still running."""
    response = exchange.response
    if response is None or response.status >= 400:
        return Operation(None, 0, "", is_done=True)
    state = _status_word(response)
    running = response.status == 202 or (bool(state) and state.lower() not in TERMINAL)
    if not running:
        return Operation(None, 0, state, is_done=True)
    target = _monitor(response) or exchange.request.url
    return Operation(_absolute(exchange, target), bounded_s(response.headers, now=now), state, is_done=False)


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
