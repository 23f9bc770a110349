"""The parts of a case that travel, as members of a file and back; what comes back is believed in nothing.

Texts come at their whole length: they are masked before they are cut.
"""

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from console.core.cases.entries import TalkKind
from console.core.cases.file_format import FileAsk, FileCase, FileEntry
from console.core.cases.state import CaseState
from console.core.diagnosis import cause_title, read_evidence
from console.core.diagnosis.base import Missing
from console.core.evidence import Evidence
from console.core.exchange import Exchange
from console.core.owner import Owner

MOST_TITLE, MOST_TEXT, MOST_NAME = 200, 4000, 200  # characters, as the forms take them
LAST_SECOND = 253_402_300_799
LAST_NUMBER = 999_999_999


def evidence_of(value: Any) -> Evidence:
    """The evidence in a member of a file; what is of a wrong type is left out."""
    try:
        return msgspec.convert(value, Evidence)
    except msgspec.ValidationError:
        return read_evidence(value)


def exchanges_of(case: FileCase, of: str) -> tuple[tuple[Exchange, ...], int]:
    """Those of the call or of the token request, and how many could not be read."""
    found, unread = [], 0
    for one in case.exchanges:
        if one.of != of:
            continue
        try:
            found.append(msgspec.convert(one.exchange, Exchange))
        except msgspec.ValidationError:
            unread += 1
    return tuple(found), unread


def builtins_of(value: Any) -> Any:
    """A core value as JSON knows it: lists for tuples, bytes as base64."""
    return json.loads(json.dumps(msgspec.to_builtins(value)))


def entries_of(case: FileCase) -> Iterable[FileEntry]:
    """The conversation; what this console could not show as the event it was is shown as what was said."""
    for one in case.conversation:
        kind = TalkKind.read(one.kind)
        if kind is TalkKind.WAITS and CaseState.read(one.text) is None:
            kind = TalkKind.COMMENT
        yield FileEntry(kind=kind.value, by=one.by, text=one.text, at=moment(one.at))


def wanted_of(ask: FileAsk) -> Missing:
    who = next((one for one in Owner if one.value == ask.who), Owner.INTEGRATOR)
    return Missing(ask.what, ask.why, ask.how, who, ask.command)


def number_of(case: FileCase) -> int:
    """The number that it had there; 0 for what is no number of a case."""
    return case.number if 0 < case.number <= LAST_NUMBER else 0


def state_of(case: FileCase) -> CaseState:
    """Open cases are new here; one that was over stays over."""
    state = CaseState.read(case.state)
    return state if state is not None and not state.is_open else CaseState.NEW


def known_cause(slug: str) -> str:
    """The cause, "" for one that this console's catalogue does not know."""
    return slug if cause_title(slug) else ""


def moment(value: int) -> int:
    return value if 0 <= value <= LAST_SECOND else 0
