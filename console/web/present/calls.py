"""What came of a call, as the profile's page shows it."""

from dataclasses import replace
from typing import Any

from console.core.answer.unread import is_unread
from console.core.attempts.attempt import is_simulated_wait
from console.core.diagnosis.base import Diagnosis
from console.core.diagnosis.strip import Strip, strip_of
from console.core.exchange import Exchange
from console.services import step_up
from console.services.calls import SentCall
from console.web.present import words
from console.web.present.diagnosis import Telling, diagnosis_view
from console.web.present.exchanges import body_view, sent_steps, status_text, tone
from console.web.present.response import body_links, explained_headers, timings_view
from console.web.present.situation import Situation
from console.web.present.strip import leg_of, names_of, strip_view
from console.web.present.tokens import obtained_view


def sent_view(sent: SentCall, here: Situation) -> dict[str, Any]:
    """The answer with its explanation; or the token that could not be obtained; or only the problem in the form."""
    view: dict[str, Any] = {
        "attempt_id": sent.attempt_id,
        "exchange": None,
        "unobtained": None,
        "is_token_new": sent.is_token_new,
    }
    if sent.unobtained is not None:
        view["unobtained"] = obtained_view(sent.unobtained, is_revealed=False, here=here)
    if sent.exchange is not None and sent.diagnosis is not None:
        view["exchange"] = exchange_view(sent.exchange, sent.attempt_id or "")
        view["diagnosis"] = diagnosis_view(
            sent.diagnosis,
            succeeded=succeeded(sent.exchange),
            is_going_on=sent.run is not None,
            is_unread=is_unread(sent.exchange.response),
            telling=Telling(
                sent.evidence,
                here.reader,
                replace(here, attempt_id=sent.attempt_id, is_refused=is_refused(sent.exchange)),
                strip_view(_strip(sent, sent.diagnosis), names_of(here)),
            ),
        )
        view["has_run"] = sent.run is not None
        view["step_up"] = step_up.for_call(sent.opened, sent.exchange)
    return view


def _strip(sent: SentCall, diagnosis: Diagnosis) -> Strip | None:
    """With the token request before the call, where one was made for it."""
    asked = sent.obtained.steps if sent.obtained is not None and sent.is_token_new else ()
    return strip_of(sent.evidence, diagnosis, leg=leg_of(asked)) if sent.evidence else None


def succeeded(exchange: Exchange) -> bool:
    return exchange.failure is None and exchange.response is not None and exchange.response.status < 400


def is_refused(exchange: Exchange) -> bool:
    return exchange.response is not None and exchange.response.status in (401, 403)


def exchange_view(exchange: Exchange, attempt_id: str) -> dict[str, Any]:
    """The answer first, then what was sent. `attempt_id` is where its body can be looked at whole."""
    response = exchange.response
    return {
        "status_text": status_text(exchange),
        "tone": tone(exchange),
        "elapsed": "wait simulated" if is_simulated_wait(exchange) else f"{exchange.elapsed_ms} ms",
        "size": words.size(response.size_bytes) if response else "",
        "timeout": _timeout(exchange),
        "failure": exchange.failure.detail if exchange.failure else "",
        "headers": explained_headers(exchange),
        "time": timings_view(exchange),
        "body": body_view(exchange) | body_links(exchange, attempt_id) if response else None,
        "sent": sent_steps(exchange),
    }


def _timeout(exchange: Exchange) -> str:
    """What its person set for the call; "" where nobody set any."""
    seconds = exchange.request.timeout_s
    return f"Timeout {seconds} s, set in the form" if seconds is not None else ""
