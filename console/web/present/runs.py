"""Long work, watched step by step."""

from typing import Any

from django.urls import reverse

from console.core.runs.operation import monitor_of
from console.store.runs import RunRecord
from console.web.present import words
from console.web.present.exchanges import status_text, steps_view, tone

BAD_ENDS = frozenset({"failed", "canceled", "cancelled", "stopped"})


def has_failed(run: RunRecord) -> bool:
    """Whether the work ended without success: by its own word, or because the last look was refused."""
    last = run.exchanges[-1] if run.exchanges else None
    return run.is_done and (run.state.lower() in BAD_ENDS or (last is not None and tone(last) == "fail"))


def run_view(run: RunRecord, attempt_id: str, now: int) -> dict[str, Any]:
    """What the run panel needs; `url` takes the POST of "Check again", `wait_text` is how long the API asks to wait."""
    last = run.exchanges[-1] if run.exchanges else None
    monitor = monitor_of(run.kept)
    return {
        "id": "run",
        "title": "Long work: the API answered 202",
        "tone": "notice" if not run.is_done else "fail" if has_failed(run) else tone(last) if last else "unknown",
        "status_text": run.state or ("finished" if run.is_done else "accepted"),
        "is_finished": run.is_done,
        "wait_text": words.span(run.not_before - now) if run.not_before > now else "",
        "leaves_api": monitor is not None and monitor.leaves_api,
        "next_url": monitor.url if monitor else "",
        "url": reverse("call-again", args=[attempt_id]),
        "looks": steps_view(run.exchanges),
        "last": status_text(last) if last else "",
    }
