"""Cases as one file."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec.structs import replace

from console.core.cases.file_format import FORMAT, VERSION, CaseFile, FileCase

NAMES, NUMBERS = "names", "numbers"


def written(file: CaseFile) -> str:
    """The text of a file: ASCII JSON, with the digest by which a change is noticed."""
    cases = msgspec.to_builtins(file.cases)
    value = {
        "format": FORMAT,
        "version": VERSION,
        "origin": file.origin,
        "written_at": file.written_at,
        "catalogue_version": file.catalogue_version,
        "people": file.people,
        "sha256": digest_of(cases),
        "cases": cases,
    }
    return json.dumps(value, ensure_ascii=True, indent=1) + "\n"


def digest_of(cases: Any) -> str:
    """Of the cases as JSON without blanks and with sorted names, so that layout does not count."""
    told = json.dumps(cases, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode("ascii")).hexdigest()


@dataclass(slots=True)
class PeopleAsNumbers:
    """One number for each person, the same in all cases of a file.

    `hide` makes pseudonyms of what else in a text names somebody for certain.
    """

    hide: Callable[[str], str]
    numbers: dict[str, str] = field(default_factory=dict)

    def meet(self, *names: str) -> None:
        """Somebody, by all the names that they go by: they get one number."""
        known = next((self.numbers[one] for one in names if one in self.numbers), "")
        number = known or f"Person {len(set(self.numbers.values())) + 1}"
        self.numbers |= {one: number for one in names if one and one not in self.numbers}

    def name(self, person: str) -> str:
        self.meet(person)
        return self.numbers[person] if person else ""

    def text(self, text: str) -> str:
        """The text with the addresses of people that were met as their numbers, and other persons hidden."""
        for person, number in sorted(self.numbers.items(), key=lambda pair: -len(pair[0])):
            text = text.replace(person, number)
        return self.hide(text)


def without_names(cases: Iterable[FileCase], people: PeopleAsNumbers) -> tuple[FileCase, ...]:
    """The same cases with a number for each person who wrote in them."""
    told = tuple(cases)
    for case in told:  # everybody gets a number before the first text is read
        for name in (case.owner, *(one.by for one in case.conversation), *(one.by for one in case.added)):
            people.name(name)
    return tuple(_without_names(case, people) for case in told)


def _without_names(case: FileCase, people: PeopleAsNumbers) -> FileCase:
    return replace(
        case,
        title=people.text(case.title),
        note=people.text(case.note),
        sentence=people.text(case.sentence),
        owner=people.name(case.owner),
        conversation=tuple(
            replace(one, by=people.name(one.by), text=people.text(one.text)) for one in case.conversation
        ),
        added=tuple(replace(one, by=people.name(one.by)) for one in case.added),
    )
