"""Long work, watched step by step."""

from typing import Any

from django.urls import reverse

from console.core.json.shown import cut
from console.core.runs.operation import cancel_url, monitor_of, report_of
from console.services.operations import may_carry_token
from console.store.runs import RunRecord
from console.web.present import words
from console.web.present.exchanges import status_text, steps_view, tone

LAST_BODY, OTHER_BODY = 24_000, 600  # characters of the bodies that are shown of looks
# For so long after the work began a page looks by itself: one that is left open must not keep its person signed in.
LOOKS_FOR_S = 1_800
LEAST_WAIT_S = 2
BAD_ENDS = frozenset({"failed", "canceled", "cancelled", "stopped"})


def has_failed(run: RunRecord) -> bool:
    """Whether the work ended without success: by its own word, or because the last look was refused."""
    last = run.exchanges[-1] if run.exchanges else None
    return run.is_done and (run.state.lower() in BAD_ENDS or (last is not None and tone(last) == "fail"))


def run_view(run: RunRecord, attempt_id: str, now: int, *, status: int | None = 202) -> dict[str, Any]:
    """What the run panel needs; `url` takes the POST of "Check again", `wait_text` is how long the API asks to wait.

    `status` is what the call was answered, `delay` after how long the page looks by itself.
    """
    last = run.exchanges[-1] if run.exchanges else None
    monitor = monitor_of(run.kept)
    report = report_of(last.response if last else None)
    delay_s = 0 if run.is_done or now - run.created_at > LOOKS_FOR_S else max(run.not_before - now, LEAST_WAIT_S) + 1
    leaves_api = monitor is not None and monitor.leaves_api
    return {
        "id": "run",
        "title": "Long work: the API answered 202" if status == 202 else "Long work behind the answer",
        "tone": "notice" if not run.is_done else "fail" if has_failed(run) else tone(last) if last else "unknown",
        "status_text": run.state or ("finished" if run.is_done else "accepted"),
        "is_finished": run.is_done,
        "wait_text": words.span(run.not_before - now) if run.not_before > now else "",
        "leaves_api": leaves_api,
        "may_send_token": monitor is not None and may_carry_token(monitor),
        "can_cancel": monitor is not None and not leaves_api and bool(cancel_url(monitor)),
        "percent": f"{report.percent:g}" if report.percent is not None else "",
        "error": report.error,
        "note": report.note,
        "delay": f"{delay_s}s" if delay_s else "",
        "next_url": monitor.shown_url if monitor else "",
        "url": reverse("call-again", args=[attempt_id]),
        "looks": _short(steps_view(run.exchanges)),
        "result_url": reverse("call-result", args=[attempt_id])
        if last and last.response and last.response.body
        else "",
        "last": status_text(last) if last else "",
    }


def _short(looks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The looks with the beginning of each body: twenty whole ones are more than a page bears."""
    for number, look in enumerate(looks, 1):
        limit = LAST_BODY if number == len(looks) else OTHER_BODY
        look["sections"] = [
            {**one, "text": cut(one["text"], limit=limit)} if "text" in one else one for one in look["sections"]
        ]
    return looks
