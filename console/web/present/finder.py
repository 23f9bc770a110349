"""What was found, as links by kind."""

from typing import Any

from django.urls import reverse

from console.services.finder import FoundKind, FoundThings, Hit
from console.web.present import words
from console.web.present.case_queue import TONES

SHOWN_ANEW = 200  # characters of what was typed that are written back into its field


def found_things(found: FoundThings, typed: str, now: int) -> dict[str, Any]:
    """`said` is for who listens while typing; `shown` stands in the field again, "" where it may be secret."""
    return {
        "said": _said(found),
        "shown": "" if found.is_secret else typed.strip()[:SHOWN_ANEW],
        "is_secret": found.is_secret,
        "is_blank": found.is_empty,
        "is_nothing": not (found.kinds or found.is_secret or found.is_empty),
        "kinds": [_kind(one, now) for one in found.kinds],
    }


def _said(found: FoundThings) -> str:
    if found.is_secret:
        return "This may be a token or a secret: it was not searched for. You can inspect it."
    if found.is_empty:
        return ""
    return f"{found.count} found" if found.count else "Nothing found"


def _kind(kind: FoundKind, now: int) -> dict[str, Any]:
    rows = [_row(hit, now) for hit in kind.hits]
    return {"code": kind.finder.code, "title": kind.finder.title, "rows": rows, "has_more": kind.has_more}


def _row(hit: Hit, now: int) -> dict[str, Any]:
    return {
        "url": reverse(hit.opens, args=hit.key, query=hit.query or None, fragment=hit.part or None),
        "name": hit.name,
        "number": hit.number,
        "about": hit.about,
        "environment": hit.environment,
        "chip": _chip(hit),
        "ago": words.roughly(max(0, now - hit.at)) if hit.at is not None else "",
    }


def _chip(hit: Hit) -> dict[str, str] | None:
    if hit.state is not None:
        return {"text": hit.state.words, "tone": TONES.get(hit.state, "")}
    if hit.status is not None:
        return {"text": str(hit.status or "no answer"), "tone": words.status_tone(hit.status or None)}
    return None
