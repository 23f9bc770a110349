"""Requests that are kept with a profile, beside the form of a call."""

from typing import Any

from console.core.compose.keeping import KeptRequest
from console.core.held import Held
from console.services.call_start import FormStart
from console.store.saved_requests import RequestLine, RequestRecord
from console.web.present import words

SAVED = "saved:"  # before the id of a saved request, in the list of operations


def saved_view(begun: FormStart, *, now: int, is_fresh: bool) -> dict[str, Any]:
    """What saved.html and composer.html need. `is_fresh`: the form holds what was kept, and nothing typed since."""
    opened = begun.saved.value if begun.saved else None
    opened_id = opened.id if opened else ""
    return {
        "rows": request_rows(begun.listed, opened_id=opened_id, now=now),
        "options": [
            {
                "value": f"{SAVED}{one.value.id}",
                "text": one.value.name,
                "is_chosen": is_fresh and one.value.id == opened_id,
            }
            for one in begun.listed
        ],
        "name": opened.name if opened else "",
        "told": opened_words(begun, now) if is_fresh else "",
        "left_out": left_out_words(begun.kept) if is_fresh and begun.kept else "",
    }


def request_rows(listed: tuple[Held[RequestLine], ...], *, opened_id: str, now: int) -> list[dict[str, Any]]:
    return [
        {
            "id": one.value.id,
            "name": one.value.name,
            "title": one.value.title,
            "saved": f"{words.relative(one.value.saved_at, now)}{'' if one.is_own else f' by {one.owner}'}",
            "can_change": one.may("manage"),
            "is_open": one.value.id == opened_id,
        }
        for one in listed
    ]


def opened_words(begun: FormStart, now: int) -> str:
    """One sentence about a saved request that was opened; "" where none was."""
    opened = begun.saved.value if begun.saved else None
    return f"“{opened.name}”, saved {words.relative(opened.saved_at, now)}." if opened else ""


def kept_words(saved: RequestRecord) -> str:
    return f"“{saved.name}” is saved with this profile."


def left_out_words(kept: KeptRequest) -> str:
    """What is to be typed again; "" where nothing was left out."""
    if not kept.left_out:
        return ""
    listed = ", ".join(kept.left_out)
    return f"Secrets are not kept. Left out, so type it again before you send: {listed}."
