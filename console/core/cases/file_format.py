"""The file in which cases travel from one console to another: its version, its limits and its members
(docs/case_files.md).
"""

from typing import Any

import msgspec

FORMAT = "token-console-cases"
VERSION = 1
MAX_UPLOAD = 10 * 1024 * 1024  # bytes as they are sent, gzipped or not
MAX_BYTES = 20 * 1024 * 1024  # bytes of the JSON text
MAX_VALUES = 1_500_000  # JSON values of a whole file: each takes far more memory than its text
MAX_CASES = 200
MAX_SAID = 500  # entries of one conversation
MAX_ADDITIONS = 50
MAX_EXCHANGES = 50
Json = Any


class FileEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was said, or happened, in a case. `by` is a name as the person who wrote the file chose: "" for the console
    itself. `at` is epoch seconds.
    """

    kind: str = "comment"
    by: str = ""
    text: str = ""
    at: int = 0


class FileAddition(msgspec.Struct, frozen=True, omit_defaults=True):
    """Evidence that was added later."""

    evidence: dict[str, Json]
    by: str = ""
    at: int = 0


class FileAsk(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was asked for; `given_at` None: it has not come."""

    what: str
    why: str = ""
    how: str = ""
    who: str = ""
    command: str = ""
    at: int = 0
    given_at: int | None = None


class FileExchange(msgspec.Struct, frozen=True):
    """What went over the wire, of the call or of the request for its token."""

    of: str
    exchange: dict[str, Json]


class FileCase(msgspec.Struct, frozen=True, omit_defaults=True):
    """One case. Names stand in it as words and nothing by an id; `owner` is "" where it is not told. Of `evidence` the
    members are those of the cases that `diagnose` reads.
    """

    title: str
    evidence: dict[str, Json]
    number: int = 0
    note: str = ""
    owner: str = ""
    state: str = ""
    cause: str = ""
    true_cause: str = ""
    sentence: str = ""
    api: str = ""
    profile: str = ""
    created_at: int = 0
    token_evidence: dict[str, Json] | None = None
    exchanges: tuple[FileExchange, ...] = ()
    conversation: tuple[FileEntry, ...] = ()
    added: tuple[FileAddition, ...] = ()
    asked: tuple[FileAsk, ...] = ()


class CaseFile(msgspec.Struct, frozen=True):
    """A whole file. `people` says what stands where somebody is named: "names" or "numbers"."""

    origin: str
    written_at: int
    catalogue_version: str
    people: str
    cases: tuple[FileCase, ...]
