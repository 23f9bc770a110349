"""Reads what another tool keeps of calls, whichever of the formats it is. Never raises for what stands in it."""

import re
from collections.abc import Iterable
from dataclasses import replace

from console.core.call_imports.cleaning import clean, clean_client
from console.core.call_imports.draft import ImportDraft
from console.core.call_imports.environments import tell_environment, tell_shared
from console.core.call_imports.model import MAX_BYTES, CallImport
from console.core.call_imports.readers import TEXT_READERS, VALUE_READERS
from console.core.call_imports.variables import NOT_FILLED, Variables
from console.core.json.halves import mend_halves, whole_characters
from console.core.json.text import shorten, visible_halves
from console.core.openapi.masking import masked_problems, masked_text
from console.core.openapi.model import MAX_PROBLEMS, DocumentProblem
from console.core.openapi.problems import LineFinder
from console.core.openapi.text import decoded, read_text

MAX_FILES = 50
_OPENAPI = "This is an OpenAPI document: import it under APIs, where its operations become calls to fill in."
_MEMBER = re.compile(
    r"^(?:(?:info|http|graphql|grpc|websocket):[ \t\r]{0,9}$|(?:opencollection|openapi|swagger): )", re.MULTILINE
)
_KEY = re.compile(r"[\w.-]{1,60}:(?:\s|$)")
NO_CALL = "There is no call in it."
_UNKNOWN = (
    "This is none of the formats that are read: curl, Invoke-RestMethod, HTTPie, .http, HAR, Postman 2.1, Bruno, "
    "Insomnia."
)


def read_calls(text: str, told: Variables | None = None) -> CallImport:
    """The calls of one document, without secrets; `told` is what environments beside it tell."""
    draft = ImportDraft(variables=told or Variables())
    format_, lines_of = _read(text, draft)
    return _finished(draft, format_, lines_of)


def read_files(files: Iterable[tuple[str, bytes]]) -> CallImport:
    """The calls of several documents (name, content) as one import: a collection of Bruno is a folder of files.

    Files that hold no call beside others that do (an environment, the folder's own) are none to tell of.
    """
    texts = [(name, _decoded(raw)) for name, raw in files]
    if len(texts) == 1:
        return read_calls(texts[0][1])
    told = Variables()
    calls = [(name, text) for name, text in texts if not tell_environment(told, name, text)]
    for _, text in calls:
        tell_shared(told, text)
    found = [(name, read_calls(text, told)) for name, text in calls]
    whole = ImportDraft()
    for _, one in found:
        for call in one.calls:
            whole.add(call)
        for client in one.clients:
            whole.add_client(client)
    if not found:
        whole.problems.tell(NO_CALL)
    problems = [_of_file(name, problem) for name, one in found for problem in one.problems if _is_told(problem, whole)]
    problems += whole.problems.all(_nowhere)
    return CallImport(
        format=", ".join(dict.fromkeys(one.format for _, one in found if one.format)),
        calls=tuple(whole.calls),
        clients=tuple(whole.clients),
        problems=tuple(problems[:MAX_PROBLEMS]),
        problem_count=len(problems),
    )


def _is_told(problem: DocumentProblem, whole: ImportDraft) -> bool:
    return problem.what != NO_CALL or not whole.calls


def _of_file(name: str, problem: DocumentProblem) -> DocumentProblem:
    where = masked_text(shorten(name, 80))
    return replace(problem, where=f"{where} › {problem.where}" if problem.where else where)


def _decoded(raw: bytes) -> str:
    return decoded(raw, ImportDraft().problems)


def _read(text: str, draft: ImportDraft) -> tuple[str, LineFinder]:
    """The format in words, "" for an unknown one, and what finds the lines of its members."""
    if len(text) > MAX_BYTES:
        draft.problems.tell(f"The document is larger than {MAX_BYTES // 1024**2} MB and was not read.")
        return "", _nowhere
    text = whole_characters(text).removeprefix("\ufeff")
    if text.lstrip()[:1] not in ("{", "[") and not _is_yaml(text):
        return _read_words(text, draft), _nowhere
    reading = read_text(text, draft.problems)
    value = reading.value if isinstance(reading.value, dict) else {}
    if "\\" in text:  # an escape may stand for half of a character
        mend_halves(value)
    reader = next((one for one in VALUE_READERS if one.knows(value)), None)
    if reader is None:
        draft.problems.tell(_OPENAPI if "openapi" in value or "swagger" in value else _UNKNOWN, 1)
        return "", reading.lines_of
    reader.read(value, draft)
    return reader.title, reading.lines_of


def _read_words(text: str, draft: ImportDraft) -> str:
    reader = next((one for one in TEXT_READERS if one.knows(text)), None)
    if reader is None:
        draft.problems.tell(_UNKNOWN, 1)
        return ""
    reader.read(text, draft)
    return reader.title


def _is_yaml(text: str) -> bool:
    """Whether it begins like a file of Insomnia, or with a member and has one of OpenCollection (or of OpenAPI) at its
    margin: the body of a curl command or of a .http file may have one too.
    """
    lines = text[:2_000].split("\n")
    if any(line.startswith(("type: ", "_type: ")) for line in lines):
        return True
    first = next((line for line in lines if line.strip() and not line.startswith(("#", "---", "%"))), "")
    return _KEY.match(first) is not None and _MEMBER.search(text) is not None


def _nowhere(_: object) -> dict[tuple[str, ...], int]:
    return {}


def _finished(draft: ImportDraft, format_: str, lines_of: LineFinder) -> CallImport:
    if draft.variables.work.has_unfilled:
        draft.problems.tell(NOT_FILLED)
    if not draft.calls and not draft.clients and not draft.problems.count:
        draft.problems.tell(NO_CALL)
    return CallImport(
        format=format_,
        title=visible_halves(masked_text(" ".join(draft.title.split())))[:200],
        calls=tuple(map(clean, draft.calls)),
        clients=tuple(dict.fromkeys(map(clean_client, draft.clients))),
        problems=masked_problems(draft.problems.all(lines_of)),
        problem_count=draft.problems.count,
    )


def again(found: CallImport) -> CallImport:
    """An import that went through somebody's browser: bounded and cleaned anew, without what was told of it."""
    draft = ImportDraft(title=found.title)
    for call in found.calls:
        draft.add(call)
    for client in found.clients:
        draft.add_client(client)
    return replace(_finished(draft, masked_text(found.format)[:100], _nowhere), problems=(), problem_count=0)
