"""The queue of cases, in words."""

from typing import Any

from django.urls import reverse

from console.core.cases.listing import MANY, MANY_ALIKE, MANY_NEWS, NOBODY, OPEN, CaseFilter, FilterChoice, QueueRow
from console.core.cases.state import WAITED_FOR, CaseState
from console.core.diagnosis import cause_title
from console.services.case_queue import Queue
from console.web.forms.cases import CaseFilterForm
from console.web.present import words

TONES = {
    CaseState.NEW: "notice",
    CaseState.FOR_SUPPORT: "notice",
    CaseState.FOR_API_OWNER: "warning",
    CaseState.FOR_TENANT_ADMIN: "warning",
    CaseState.SOLVED: "pass",
}
"""What colours a state; the others, whose turn is not the desk's, have none."""
_NEWS = {"new": "new", "answered": "unread answer"}
_TABS = (OPEN, *(state.value for state in (CaseState.NEW, *WAITED_FOR, CaseState.SOLVED, CaseState.CLOSED)))


def queue_view(queue: Queue, form: CaseFilterForm, wanted: CaseFilter, now: int) -> dict[str, Any]:
    last, selects = queue.rows[-1].place if queue.rows else None, _selects(queue, form)
    return {
        "title": _title(queue.counts),
        "tabs": [_tab(name, queue.counts, form, wanted) for name in _TABS if _is_shown(name, queue.counts, wanted)],
        "rows": [_row(row, now, form) for row in queue.rows],
        "older": form.query(after=f"{last.changed_at}-{last.number}") if queue.has_more and last else "",
        "newest": form.query(),
        "first_selects": [selects[name] for name in ("api", "cause", "assignee")],
        "more_selects": [selects[name] for name in ("profile", "person")],
        "is_narrowed": wanted.is_narrowed,
        "hidden": [(name, form.chosen(name)) for name in ("state", "like", "news") if form.chosen(name)],
        "is_unfolded": bool(form.errors) or any(form.chosen(name) for name in ("profile", "person", "since", "until")),
        "news": form.query(news="1", state="") if queue.counts["news"] and not wanted.has_news else "",
        "all": reverse("cases") + (f"?state={wanted.tab}" if wanted.tab != OPEN else ""),
    }


def _title(counts: dict[str, int]) -> str:
    """The answer: how many are open, and how many of them have something that the reader has not seen."""
    if not counts[OPEN]:
        return "No open case"
    news = f", {_count(counts['news'], MANY_NEWS)} with news" if counts["news"] else ""
    return f"{_count(counts[OPEN])} open case{'' if counts[OPEN] == 1 else 's'}{news}"


def _count(number: int, many: int = MANY) -> str:
    return f"{many - 1:,}+" if number >= many else f"{number}"


def _is_shown(name: str, counts: dict[str, int], wanted: CaseFilter) -> bool:
    """An empty tab says nothing; the open cases and the tab at hand always stand."""
    return name in (OPEN, wanted.tab) or counts[name] > 0


def _tab(name: str, counts: dict[str, int], form: CaseFilterForm, wanted: CaseFilter) -> dict[str, Any]:
    state = CaseState.read(name)
    label = state.words if state else "open"
    query = form.query(state=name if state else "")
    return {
        "label": f"{label[:1].upper()}{label[1:]}",
        "count": _count(counts[name]),
        "url": f"?{query}" if query else reverse("cases"),
        "is_current": name == wanted.tab,
    }


def _row(row: QueueRow, now: int, form: CaseFilterForm) -> dict[str, Any]:
    true = cause_title(row.true_cause) if row.true_cause and row.true_cause != row.cause else ""
    others = row.others_alike
    return {
        "id": row.id,
        "number": row.number,
        "title": row.title,
        "about": [text for text in (row.api, row.profile) if text],
        "owner": "you" if row.is_own else row.owner,
        "state": row.state.words,
        "tone": TONES.get(row.state, ""),
        "assignee": row.assignee,
        "age": words.roughly(now - row.created_at),
        "when": words.exact(row.created_at),
        "news": _NEWS.get(row.news, ""),
        "true": f"it was: {true}" if true else "",
        "others": f"{MANY_ALIKE}+ others" if others >= MANY_ALIKE else f"{others} other{'' if others == 1 else 's'}",
        "likes": form.query(like=str(row.number), state="") if others and not form.chosen("like") else "",
    }


def _selects(queue: Queue, form: CaseFilterForm) -> dict[str, dict[str, Any]]:
    found = queue.choices
    causes = tuple(FilterChoice(one.value, cause_title(one.value) or one.name) for one in found.causes)
    assignees = (FilterChoice(NOBODY, "Nobody yet"), *found.assignees)
    return {
        "api": _select(form, "api", "Every API", found.apis),
        "cause": _select(form, "cause", "Every cause", causes),
        "assignee": _select(form, "assignee", "Anybody", assignees),
        "profile": _select(form, "profile", "Every profile", found.profiles),
        "person": _select(form, "person", "Everybody", found.people),
    }


def _select(form: CaseFilterForm, name: str, every: str, choices: tuple[FilterChoice, ...]) -> dict[str, Any]:
    """What was chosen stays to be seen, also where no case of the tab has it any more."""
    chosen = form.chosen(name)
    known = any(one.value == chosen for one in choices)
    more = [] if known or not chosen else [FilterChoice(chosen, cause_title(chosen) or "the one chosen")]
    options = [("", every, not chosen), *((one.value, one.name, one.value == chosen) for one in (*choices, *more))]
    return {"name": name, "label": form.fields[name].label, "options": options}
