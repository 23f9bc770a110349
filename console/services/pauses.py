"""A far side that fails again and again is left alone for a moment: per person and origin, counted in the database."""

from urllib.parse import urlsplit

from console.adapters import clock
from console.core.actor import Actor
from console.core.errors import Busy
from console.core.exchange import Exchange, FailureKind, Purpose
from console.core.tokens.times import duration
from console.store import troubles

FAILURES = 5  # in a row, each within a minute of the one before
PAUSE_S = 30
_OURS = (FailureKind.BLOCKED_ADDRESS, FailureKind.BUSY)  # nothing was sent


def check(actor: Actor, url: str) -> None:
    """Raises Busy while the far side of that URL is left alone for the actor."""
    if actor.user_id is None:
        return
    origin, now = _origin(url), clock.now()
    failures, last_at = troubles.in_a_row(actor.user_id, origin)
    wait_s = last_at + PAUSE_S - now
    if failures >= FAILURES and wait_s > 0:
        raise Busy(
            f"{origin} has failed {failures} times in a row, so it is left alone for a moment.",
            why="More requests do not help a server in trouble, and providers shut out clients that ask in a loop.",
            do=f"Try again in {duration(wait_s)}; the history shows how each request failed.",
            who="You can do this.",
            wait_s=wait_s,
        )


def note(actor: Actor, exchange: Exchange) -> None:
    """Counts how an exchange ended; a success forgets the failures. What the sandbox answers in process counts not."""
    failure = exchange.failure
    if actor.user_id is None or exchange.is_local or (failure is not None and failure.kind in _OURS):
        return
    origin = _origin(exchange.request.url)
    if _is_trouble(exchange):
        troubles.failed(actor.user_id, origin, now=clock.now())
    else:
        troubles.succeeded(actor.user_id, origin)


def _is_trouble(exchange: Exchange) -> bool:
    """No answer; of a provider also 429 and 5xx. The faults of an API are what people call it for to see."""
    if exchange.response is None:
        return True
    status = exchange.response.status
    return exchange.purpose is not Purpose.CALL and (status == 429 or status >= 500)


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:  # no address: the transport says so
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower()
