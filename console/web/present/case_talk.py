"""The conversation of a case: what people said, and one line for what happened between."""

from collections.abc import Callable
from typing import Any

from console.core.cases.entries import TalkKind
from console.core.cases.state import AWAITED, CaseState
from console.core.diagnosis import cause_title
from console.store.cases import CaseRecord, EntryRecord
from console.web.present import words

CONSOLE = "The console"


def talk_view(record: CaseRecord, now: int) -> list[dict[str, Any]]:
    """Oldest first. The note that the case was made with is the first word."""
    entries = [_entry(record, one, now) for one in record.talk]
    if record.note:
        note = EntryRecord(
            record.owner_email,
            record.note,
            record.created_at,
            author_name=record.owner_name,
            author_id=record.owner_id,
        )
        entries = [_entry(record, note, now), *entries]
    return entries


def _entry(record: CaseRecord, entry: EntryRecord, now: int) -> dict[str, Any]:
    author = entry.author_name or entry.author_email or CONSOLE
    event = _EVENTS[entry.kind](entry.text) if entry.kind in _EVENTS else ""
    return {
        "author": author,
        "is_owner": entry.author_id == record.owner_id,
        "event": event,
        "quote": _quote(entry) if event else "",
        "text": "" if event else entry.text,
        "when": words.exact(entry.created_at),
        "ago": words.relative(entry.created_at, now),
    }


def _quote(entry: EntryRecord) -> str:
    """What somebody wrote along with an event."""
    if entry.kind in (TalkKind.SOLVED, TalkKind.ADDED):
        return entry.text.partition("\n")[2]
    return entry.text if entry.kind in (TalkKind.CLOSED, TalkKind.REOPENED, TalkKind.ASKED) else ""


def _waits(text: str) -> str:
    state = CaseState.read(text)
    return f"made it wait for {AWAITED.get(state, 'support')}" if state else "made it wait"


def _solved(text: str) -> str:
    title = cause_title(text.partition("\n")[0])
    return f"solved it. It was: {title}" if title else "solved it. It was no cause of the catalogue"


_EVENTS: dict[TalkKind, Callable[[str], str]] = {
    TalkKind.TAKEN: lambda _: "took it over",
    TalkKind.ASSIGNED: lambda text: f"gave it to {text}" if text else "gave it back to the desk",
    TalkKind.WAITS: _waits,
    TalkKind.SOLVED: _solved,
    TalkKind.CLOSED: lambda _: "closed it",
    TalkKind.REOPENED: lambda _: "opened it again",
    TalkKind.ASKED: lambda _: "asked for this",
    TalkKind.ADDED: lambda text: f"added {text.partition(chr(10))[0]}",
}
