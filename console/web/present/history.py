"""The history in words: its heading is the answer to "what is refused, since when, and why?"."""

from typing import Any

from django.urls import reverse

from console.core.attempts.history import GOOD, OF_MATRIX, HistorySpan, is_failing
from console.services.history import HistoryPage
from console.store.history import HistoryLine
from console.web.forms.history import HistoryForm
from console.web.present import words
from console.web.present.reference import cause_url
from console.web.present.refusal_hours import hours_view
from console.web.present.what_rose import WITHIN, refusals_told, what_rose

SPANS = {
    HistorySpan.TODAY: "Today",
    HistorySpan.DAY: "24 hours",
    HistorySpan.WEEK: "7 days",
    HistorySpan.ALL: "Everything",
}


def history_view(page: HistoryPage, form: HistoryForm, now: int) -> dict[str, Any]:
    """What calls/index.html needs."""

    def link(**parts: str) -> str:
        query = form.query(**{"span": page.span.value, **parts} if page.span is not HistorySpan.OWN else parts)
        return f"{reverse('calls')}?{query}"

    picture = page.picture
    is_told = bool(picture.courses) and page.wanted.is_counted
    is_empty = (
        not page.lines and not page.wanted.narrows and page.newest_at is None and page.span is not HistorySpan.OWN
    )
    return {
        "title": _title(page),
        "lead": what_rose(picture) if is_told and page.wanted.status not in GOOD else "",
        "hours": hours_view(picture, link) if is_told else None,
        "spans": [
            {"label": label, "url": link(span=span.value, since="", until=""), "is_current": span is page.span}
            for span, label in SPANS.items()
        ],
        "rows": [_row(line, page, now) for line in page.lines],
        "is_empty": is_empty and not picture.found,
        "narrows": page.wanted.narrows or page.span is HistorySpan.OWN,
        "wider": _wider(page, link),
        "older": link(before=f"{page.older.at}.{page.older.id}") if page.older else "",
        "newest": link(before="") if form.data.get("before") else "",
        "has_people": len(page.people) > 1,
    }


def _title(page: HistoryPage) -> str:
    if not page.wanted.is_counted:
        more, found = " and more" if page.older else "", "found" if page.wanted.text else "pinned"
        return f"{len(page.lines) or 'Nothing'}{more} {found} {WITHIN[page.span]}"
    return refusals_told(page.picture.sum, page.span, page.wanted.status)


def _wider(page: HistoryPage, link: Any) -> dict[str, str] | None:
    """Where nothing is shown, where to look: all time, or all answers."""
    if page.lines:
        return None
    if page.span is not HistorySpan.ALL:
        return {"label": "Look at all time", "url": link(span=HistorySpan.ALL.value, since="", until="")}
    return None


def _row(line: HistoryLine, page: HistoryPage, now: int) -> dict[str, Any]:
    profile = page.profiles.get(line.profile_id or "", "")
    return {
        "id": line.id,
        "title": line.title,
        "kind": "auth matrix" if line.kind == OF_MATRIX else line.kind,
        "profile": profile or ("a deleted profile" if line.profile_id is None else "not yours to see"),
        "profile_url": reverse("profile", args=[line.profile_id]) if profile else "",
        "api": page.apis.get(line.api_id or "", ""),
        "when": words.exact(line.at),
        "ago": words.roughly(max(0, now - line.at)),
        "status": str(line.status) if line.status else "no answer",
        "tone": _tone(line),
        "cause": words.cause(line.cause) if line.cause else "",
        "slug": line.cause,
        "cause_url": cause_url(line.cause) if line.cause else "",
        "owner": line.owner,
        "is_pinned": line.pinned_at is not None,
        "can_turn": is_failing(line.status) and bool(profile) and line.kind != OF_MATRIX,
    }


def _tone(line: HistoryLine) -> str:
    """That of the answer; a good answer that has a cause to look at (a token that will be refused) is a warning."""
    tone = words.status_tone(line.status)
    return "warning" if line.cause and tone == "pass" else tone
