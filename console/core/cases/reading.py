"""A file of cases, read: nothing in it is believed, and what cannot be read is said, not guessed."""

import json
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from console.core.cases.file_format import (
    FORMAT,
    MAX_ADDITIONS,
    MAX_BYTES,
    MAX_CASES,
    MAX_EXCHANGES,
    MAX_SAID,
    MAX_VALUES,
    VERSION,
    CaseFile,
    FileCase,
)
from console.core.cases.writing import NAMES, NUMBERS, digest_of
from console.core.json import strict
from console.core.json.text import plain, shorten, visible
from console.core.redaction.redact import redact_text
from console.core.redaction.start import masked_start

_GZIP = b"\x1f\x8b"
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
_CHUNK = 65_536
_MB = 1024 * 1024
_MOST_ORIGIN = 200
_LAST_SECOND = 253_402_300_799


@dataclass(frozen=True, slots=True)
class FileRefused(Exception):
    """Why a file is not read at all: a sentence each."""

    what: str
    why: str
    do: str


@dataclass(frozen=True, slots=True)
class CasesRead:
    """`unread` are sentences on cases that could not be read. `is_changed`: the digest does not fit what is there.
    `size_bytes` is that of the text, unpacked.
    """

    file: CaseFile
    unread: tuple[str, ...] = ()
    is_changed: bool = False
    size_bytes: int = 0


def read_file(raw: bytes) -> CasesRead:
    """The cases of a file as it was uploaded. Raises FileRefused."""
    told = _unpacked(raw)
    if _count_values(told) > MAX_VALUES and _count_values(_STRING.sub(b"", told)) > MAX_VALUES:
        raise FileRefused(
            "There is too much in this file.",
            f"At most {MAX_VALUES:,} values are read at once, however short they are.",
            "Export fewer cases at a time.",
        )
    value = _value(told)
    version = value.get("version")
    if value.get("format") != FORMAT or type(version) is not int:
        raise FileRefused(
            "This is no file of cases.",
            f"It lacks the member format with the value {FORMAT}, or its version.",
            "Choose a file that “Export” of a console wrote.",
        )
    if version > VERSION:
        raise FileRefused(
            f"This file is of version {shorten(str(version), 12)}, and this console reads versions up to {VERSION}.",
            "A newer console wrote it; read by an older one, something would be lost without a word.",
            "Bring this console up to date, or have the cases exported by one of its own version.",
        )
    listed = value.get("cases")
    if version < 1 or not isinstance(listed, list) or not listed:
        raise FileRefused("There is no case in this file.", "Its list of cases is empty or is none.", _AGAIN)
    if len(listed) > MAX_CASES:
        raise FileRefused(
            f"There are {len(listed):,} cases in this file.",
            f"At most {MAX_CASES} are read at once.",
            "Export fewer at a time.",
        )
    found, unread = _cases(listed)
    file = CaseFile(
        origin=_line(value.get("origin")),
        written_at=_time(value.get("written_at")),
        catalogue_version=_line(value.get("catalogue_version")),
        people=NUMBERS if value.get("people") == NUMBERS else NAMES,
        cases=tuple(found),
    )
    return CasesRead(file, tuple(unread), digest_of(listed) != value.get("sha256"), len(told))


_AGAIN = "Have it exported again."


def _unpacked(raw: bytes) -> bytes:
    if not raw.startswith(_GZIP):
        if len(raw) > MAX_BYTES:
            raise _too_large("This file")
        return raw
    unpacker, parts, size = zlib.decompressobj(31), [], 0
    try:
        for start in range(0, len(raw), _CHUNK):
            part = unpacker.decompress(raw[start : start + _CHUNK], MAX_BYTES + 1 - size)
            parts.append(part)
            size += len(part)
            if size > MAX_BYTES:
                raise _too_large("Unpacked, this file")
    except zlib.error:
        raise FileRefused(
            "This file cannot be unpacked.", "It begins like gzip and is none, or is damaged.", _AGAIN
        ) from None
    if not unpacker.eof:
        raise FileRefused("This file ends too early.", "Its packed content is cut off.", "Copy or export it again.")
    return b"".join(parts)


def _count_values(told: bytes) -> int:
    """At least as many as there are, without reading them."""
    return sum(map(told.count, (b",", b"[", b"{")))


def _too_large(what: str) -> FileRefused:
    why = f"At most {MAX_BYTES // _MB} MB of text are read at once."
    return FileRefused(f"{what} is too large.", why, "Export fewer cases at a time.")


def _value(raw: bytes) -> dict[str, Any]:
    read = strict.read(raw)
    if not read.is_json:
        told = " ".join(defect.message for defect in read.defects if defect.code != "byte-order-mark")
        raise FileRefused(
            "This file cannot be read.",
            told.replace("The token", "The file") or "It is not JSON.",
            "Choose a file that “Export” of a console wrote.",
        )
    try:
        value = json.loads(read.text or "")  # digit for digit, as the digest was made; its depth is known to be small
    except ValueError:  # a number of thousands of digits
        value = plain(read.value)
    return value if isinstance(value, dict) else {}


def _cases(listed: Iterable[Any]) -> tuple[list[FileCase], list[str]]:
    found, unread = [], []
    for place, one in enumerate(listed, start=1):
        try:
            case = msgspec.convert(one, FileCase)
        except msgspec.ValidationError as problem:
            unread.append(f"Case {place} of the file cannot be read: {_said(problem)}")
            continue
        if problem_with := _too_much(case):
            unread.append(f"Case {place} of the file is not taken: {problem_with}")
        else:
            found.append(case)
    return found, unread


def _said(problem: msgspec.ValidationError) -> str:
    return f"{visible(shorten(str(problem), 160)).replace('`', '')}."


def _too_much(case: FileCase) -> str:
    """Why a case is more than one may hold; "" when it is not."""
    for listed, most, what in (
        (case.conversation, MAX_SAID, "entries in its conversation"),
        (case.added, MAX_ADDITIONS, "pieces of added evidence"),
        (case.asked, MAX_ADDITIONS, "things that were asked for"),
        (case.exchanges, MAX_EXCHANGES, "exchanges"),
    ):
        if len(listed) > most:
            return f"it has {len(listed):,} {what}, and at most {most} are read."
    return ""


def _line(value: Any) -> str:
    return visible(masked_start(" ".join(value.split()), _MOST_ORIGIN, redact_text)) if isinstance(value, str) else ""


def _time(value: Any) -> int:
    return value if type(value) is int and 0 <= value <= _LAST_SECOND else 0
