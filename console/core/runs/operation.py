"""Long work behind a 202: where to look, when, and whether it is done.

Sources: RFC 9110 section 10.2.3 (Retry-After), Azure REST guidelines (Operation-Location), ARM asynchronous operations.

Three ways to follow: a *status monitor* answers 200 and says in `status` where the work stands; a *Location* answers
202 while it goes on, or 200 with a word that says so; a *resource* that was put is asked itself, and says it in
`properties.provisioningState`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

import msgspec

from console.core.call import is_within
from console.core.exchange import Exchange, Response
from console.core.http.retry_after import bounded_s
from console.core.http.url_paths import has_unsafe_characters
from console.core.redaction.redact import Redactor, redact_url
from console.core.runs.base import Progress, RunFacts, RunKind

TERMINAL = frozenset({"succeeded", "failed", "canceled", "cancelled"})
UNDER_WAY = frozenset(
    {"notstarted", "accepted", "pending", "queued", "running", "inprogress", "in progress", "processing"}
)
CUT = "Not known"  # where it stands: the answer that says so is longer than this console reads
MONITORS = ("Operation-Location", "Azure-AsyncOperation")
_LONGEST_MESSAGE = 1_000  # characters
LONGEST_WORD = 200  # characters; what is longer is no word for where work stands


@dataclass(frozen=True, slots=True)
class Monitor:
    """Where to look next, absolute. `leaves_api`: outside the Api's address, so neither token nor key goes there.

    `style` is how the answer is read: "monitor", "location" or "resource". `shown_url` is the address without secrets.
    """

    url: str
    leaves_api: bool
    style: str = "monitor"
    shown_url: str = ""


@dataclass(frozen=True, slots=True)
class OperationReport:
    """What the far side says of its work. `percent` 0 to 100, None when it does not say; the others "" likewise.

    `note` is about the word itself: one that the guidelines spell otherwise.
    """

    percent: float | None = None
    error: str = ""
    note: str = ""


def monitor_of(kept: Mapping[str, str]) -> Monitor | None:
    """The monitor that a run keeps; None when there is nothing more to look at."""
    url = kept.get("url")
    if not url:
        return None
    return Monitor(url, "leaves_api" in kept, kept.get("style", ""), kept.get("shown_url") or redact_url(url))


def without_secrets(progress: Progress, hiding: Iterable[Redactor]) -> Progress:
    """Where the work stands as it may be kept in clear and shown: a far side may write what it was sent as its word, or
    into its address. The address that is asked stays as it came, sealed.
    """
    state, kept = progress.state, dict(progress.kept)
    if len(state) > LONGEST_WORD:
        state = f"A text of {len(state)} characters"
    if "url" in kept:
        kept["shown_url"] = kept["url"]
    for clean in hiding:
        state = clean.text(state)
        if "url" in kept:
            kept["shown_url"] = clean.url(kept["shown_url"])
    return replace(progress, state=state, kept=kept)


def begin(facts: RunFacts, exchange: Exchange) -> Progress | None:
    """The operation that an answer starts; None when it starts none: a 202 with a place to look, a 200 or 201 with a
    status monitor, or with a resource that is not ready yet.
    """
    response = exchange.response
    if response is None or response.status not in (200, 201, 202):
        return None
    monitor = _header_of(response, MONITORS)
    location = response.header("Location") if response.status == 202 else None
    if place := monitor or location:  # only then is the body read, which may be long
        state = _status_word(response, "monitor") or "Accepted"
        is_over = bool(monitor) and response.status != 202 and state.lower() in TERMINAL
        style = "monitor" if monitor else "location"
        return None if is_over else _going_on(facts, exchange, target=place, style=style, state=state)
    provisioning = _status_word(response, "resource") if exchange.request.method in ("PUT", "PATCH") else ""
    if provisioning and provisioning.lower() not in TERMINAL:
        return _going_on(facts, exchange, target=exchange.request.url, style="resource", state=provisioning)
    return None


def advance(facts: RunFacts, kept: Mapping[str, str], exchange: Exchange) -> Progress:
    """What one look says. A 202 always means: still running."""
    response = exchange.response
    if exchange.request.method == "POST":
        return _after_cancel(facts, kept, response)
    if response is None or response.status >= 400:
        return Progress("Stopped", is_done=True, not_before=facts.now)
    style = kept.get("style", "")  # "" for a run that began before it was kept: read as a monitor
    state = _status_word(response, style)
    if response.is_cut and response.status != 202 and style != "location":
        return Progress(CUT, is_done=True, not_before=facts.now)
    if not _is_running(response, style, state.lower()):
        word = state if state.lower() in TERMINAL else "Finished"
        return Progress(word, is_done=True, not_before=facts.now)
    next_url = _header_of(response, (*MONITORS, "Location") if response.status == 202 else MONITORS)
    return _going_on(facts, exchange, target=next_url or exchange.request.url, style=style, state=state or "Running")


def _is_running(response: Response, style: str, word: str) -> bool:
    """Behind a Location the answer may be the result, whose own `status` ("active") tells nothing of the work."""
    if response.status == 202:
        return True
    return word in UNDER_WAY if style == "location" else bool(word) and word not in TERMINAL


def _after_cancel(facts: RunFacts, kept: Mapping[str, str], response: Response | None) -> Progress:
    """The work goes on until its monitor says otherwise, whatever was answered to the wish to end it."""
    word = _status_word(response, "monitor") if response is not None else ""
    if word.lower() in ("canceled", "cancelled"):
        return Progress(word, is_done=True, not_before=facts.now)
    is_heard = response is not None and response.status < 400
    wait_s = bounded_s(response.headers if response else (), now=facts.now)
    return Progress("Cancel asked for" if is_heard else "Cancel refused", False, facts.now + wait_s, kept)


def report_of(response: Response | None) -> OperationReport:
    """What an answer says of the work beside its status word."""
    body = _object(response) if response is not None else {}
    word = body.get("status")
    is_british = isinstance(word, str) and word.lower() == "cancelled"
    return OperationReport(
        percent=_percent(body),
        error=_error(body.get("error")),
        note="The guidelines spell it Canceled: clients that compare letter by letter go on asking."
        if is_british
        else "",
    )


def cancel_url(monitor: Monitor) -> str:
    """Where the work is asked to stop, by the guidelines for status monitors: `POST {monitor}:cancel`; "" elsewhere."""
    if monitor.style != "monitor" or has_unsafe_characters(monitor.url):
        return ""
    path, mark, query = monitor.url.partition("?")
    return f"{path.rstrip('/')}:cancel{mark}{query}"


def _going_on(facts: RunFacts, exchange: Exchange, *, target: str, style: str, state: str) -> Progress:
    url = _absolute(exchange, target)
    kept = {"url": url, "style": style} if style else {"url": url}
    if not (facts.api and is_within(facts.api, url)):
        kept["leaves_api"] = "yes"
    headers = exchange.response.headers if exchange.response else ()
    return Progress(state, False, facts.now + bounded_s(headers, now=facts.now), kept)


def _absolute(exchange: Exchange, target: str) -> str:
    """The monitor's address. One with blanks or control characters stays as it came, as does one that is none
    (`http://[`): joining would drop some of them or fail, and the transport refuses it in words.
    """
    try:
        return target if has_unsafe_characters(target) else urljoin(exchange.request.url, target)
    except ValueError:
        return target


def _header_of(response: Response, names: tuple[str, ...]) -> str:
    return next((value for name in names if (value := response.header(name))), "")


def _status_word(response: Response, style: str) -> str:
    body = _object(response)
    if style == "resource":
        properties = body.get("properties")
        word = properties.get("provisioningState") if isinstance(properties, dict) else None
    else:
        word = body.get("status")
    return word if isinstance(word, str) else ""


def _object(response: Response) -> dict[str, Any]:
    try:
        body: Any = msgspec.json.decode(response.body)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _percent(body: dict[str, Any]) -> float | None:
    """`percentComplete` of Azure Resource Manager; others write it a little otherwise."""
    values = (body.get(name) for name in ("percentComplete", "percentageComplete", "percent_complete", "progress"))
    found = next((one for one in values if isinstance(one, int | float) and not isinstance(one, bool)), None)
    return float(found) if found is not None and 0 <= found <= 100 else None


def _error(error: Any) -> str:
    """`{code, message}` as one line."""
    if not isinstance(error, dict):
        return ""
    parts = (error.get("code"), error.get("message"))
    return ": ".join(one for one in parts if isinstance(one, str) and one)[:_LONGEST_MESSAGE]


KIND = RunKind("operation", "Long work that an API answered with 202", begin, advance)
