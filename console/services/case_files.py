"""Cases written to a file for another console, and read from one: docs/case_files.md has the format."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from console.adapters import clock
from console.core.actor import Actor, Role
from console.core.audit.actions import Action
from console.core.cases.entries import TalkKind
from console.core.cases.file_format import (
    MAX_CASES,
    MAX_UPLOAD,
    CaseFile,
    FileAddition,
    FileAsk,
    FileCase,
    FileEntry,
    FileExchange,
)
from console.core.cases.listing import CaseFilter
from console.core.cases.reading import CasesRead, FileRefused, read_file
from console.core.cases.travelling import builtins_of
from console.core.cases.writing import NAMES, NUMBERS, PeopleAsNumbers, without_names, written
from console.core.diagnosis import CATALOGUE_VERSION
from console.core.errors import NotAllowed, NotFound
from console.core.redaction.personal import pseudonymised
from console.services import budget
from console.services.case_evidence import KnownCase, with_additions
from console.services.case_imports import ImportedCase, take_in
from console.services.case_queue import queue
from console.store import audit, case_evidence, case_sizes, cases
from console.store.cases import CaseRecord
from console.store.vault import pseudonym_key


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: `unread` are sentences on cases that were not taken. `is_changed`: it was changed after it
    was written, so nothing vouches for it.
    """

    cases: tuple[ImportedCase, ...]
    unread: tuple[str, ...]
    origin: str
    is_changed: bool


def export(actor: Actor, case_ids: Iterable[str], *, with_names: bool) -> str:
    """The text of a file with those cases. Without names a number stands for each person who wrote in them.

    Only cases that the actor may use are written: raises NotFound when one is not, NotAllowed for none, too many and
    too large ones, and Busy. What is given can be imported: it is no larger than a file that a console takes in.
    """
    wanted = list(dict.fromkeys(case_ids))
    if not 0 < len(wanted) <= MAX_CASES:
        raise NotAllowed(
            "Choose the cases to export." if not wanted else "These are too many cases for one file.",
            why=f"A file holds from 1 to {MAX_CASES} cases.",
            do="Choose at least one." if not wanted else "Export them in several files.",
            who="You can do this.",
        )
    size = case_sizes.size_of(actor, wanted)
    if size > MAX_UPLOAD:
        raise _too_large(size, len(wanted))
    with budget.thinking(actor, size):
        text = _text_of(actor, wanted, with_names=with_names)
    if len(text) > MAX_UPLOAD:
        raise _too_large(len(text), len(wanted))
    with audit.together():
        for one in wanted:
            _audit(actor, Action.CASE_EXPORTED, one, detail="with names" if with_names else "without names")
    return text


def _text_of(actor: Actor, wanted: list[str], *, with_names: bool) -> str:
    records = cases.get_several(actor, wanted, "use", now=clock.now())
    if len(records) < len(wanted):
        raise NotFound("One of these cases is not there for you to export.")
    found = case_evidence.of_cases(actor, wanted)
    people = _people(records)
    told = tuple(_file_case(with_additions(one, found[one.id])) for one in records)
    return written(
        CaseFile(
            origin=settings.CONSOLE_PUBLIC_URL,
            written_at=clock.now(),
            catalogue_version=CATALOGUE_VERSION,
            people=NAMES if with_names else NUMBERS,
            cases=told if with_names else without_names(told, people),
        )
    )


def _too_large(size_bytes: int, count: int) -> NotAllowed:
    most, size = MAX_UPLOAD / 1024**2, size_bytes / 1024**2
    return NotAllowed(
        "These cases are too large for one file." if count > 1 else "This case is too large for a file.",
        why=f"The file would be of {size:.1f} MB or more, and a console takes in files of up to {most:.0f} MB.",
        do="Export them in several files." if count > 1 else "Hand it on as a ticket's text instead.",
        who="You can do this.",
    )


def import_file(actor: Actor, raw: bytes) -> Imported:
    """Takes the cases of a file in as the actor's, masked again and diagnosed again. For support and administrators.

    Raises NotAllowed with words for a file that is none, or for whoever may not.
    """
    if not may_import(actor):
        raise NotAllowed(
            "Cases are imported by support.",
            why="An imported case comes into the queue that support works on.",
            do="Send them the file.",
            who="Support can do this.",
        )
    with budget.thinking(actor, max(len(raw), budget.LONG_BYTES + 1)):
        read = _read(raw)
        budget.keep(actor, read.size_bytes)
        return Imported(*take_in(actor, read), origin=read.file.origin, is_changed=read.is_changed)


def may_import(actor: Actor) -> bool:
    return actor.has(Role.SUPPORT) or actor.has(Role.ADMIN)


def must_import(actor: Actor) -> None:
    """Raises NotFound for whoever imports nothing."""
    if not may_import(actor):
        raise NotFound("There is no such page for you.")


def offered(actor: Actor, wanted: CaseFilter, *, also: Iterable[str]) -> list[tuple[str, str]]:
    """Cases to choose from, id and "#12 title": those that are named by their id, and a page of the queue."""
    named = [*filter(_is_id, list(also)[:MAX_CASES]), *(row.id for row in queue(actor, wanted).rows)]
    found = cases.titles_of(actor, named, "use", now=clock.now())
    return [(key, f"#{number} {title}") for key, number, title in found]


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _read(raw: bytes) -> CasesRead:
    try:
        return read_file(raw)
    except FileRefused as refused:
        raise NotAllowed(refused.what, why=refused.why, do=refused.do, who="You can do this.") from None


def _people(records: Iterable[CaseRecord]) -> PeopleAsNumbers:
    """Whoever wrote in these cases, by every name that they go by."""
    people = PeopleAsNumbers(_hiding())
    for record in records:
        people.meet(record.owner_name, record.owner_email)
        for entry in record.talk:
            people.meet(entry.author_name, entry.author_email)
            if entry.kind is TalkKind.ASSIGNED:
                people.meet(entry.text)
        people.meet(record.assignee)
    return people


def _hiding() -> Callable[[str], str]:
    key = pseudonym_key()
    return lambda text: pseudonymised(text, key)


def _file_case(case: KnownCase) -> FileCase:
    record = case.record
    exchanges = [("call", one) for one in record.exchanges] + [("token", one) for one in record.token_exchanges]
    return FileCase(
        title=record.title,
        evidence=builtins_of(case.first),
        number=record.number,
        note=record.note,
        owner=record.owner_name or record.owner_email,
        state=record.state.value,
        cause=record.cause or "",
        true_cause=record.true_cause,
        sentence=record.sentence,
        api=record.api_name,
        profile=record.profile_name,
        created_at=record.created_at,
        token_evidence=builtins_of(record.token_evidence) if record.token_evidence is not None else None,
        exchanges=tuple(FileExchange(of, builtins_of(one)) for of, one in exchanges),
        conversation=tuple(
            FileEntry(kind=one.kind.value, by=one.author_name, text=one.text, at=one.created_at) for one in record.talk
        ),
        added=tuple(
            FileAddition(evidence=builtins_of(one.evidence), by=one.by, at=one.at) for one in case.supplements.additions
        ),
        asked=tuple(
            FileAsk(
                **{name: getattr(one.wanted, name) for name in ("what", "why", "how", "command")},
                who=one.wanted.who.value,
                at=one.at,
                given_at=one.given_at,
            )
            for one in case.supplements.asks
        ),
    )


def file_name(count: int, now: int) -> str:
    """ "cases-3-console.example-1795000000.json"."""
    host = urlsplit(settings.CONSOLE_PUBLIC_URL).hostname or "console"
    return f"cases-{count}-{host}-{now}.json"


def _audit(actor: Actor, action: Action, case_id: str, *, detail: str) -> None:
    audit.append(actor, action, object_kind="case", object_id=case_id, result="done", now=clock.now(), detail=detail)
