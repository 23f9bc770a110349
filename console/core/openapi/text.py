"""The text of a document as values: JSON where it is JSON, YAML otherwise, and what can be read of a broken one."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from console.core.json.text import CONTROL, SURROGATE
from console.core.json.values import NumberText
from console.core.openapi import json_lines
from console.core.openapi.model import MAX_BYTES
from console.core.openapi.problems import Pointer, Problems
from console.core.openapi.scalars import json_integer
from console.core.openapi.yaml_text import read_yaml

MAX_MENDED = 8  # lines that are left out one after the other until a text can be read to its end
LONGEST_MENDED = 500_000  # characters of a text that is read again so often


@dataclass(frozen=True, slots=True)
class DocumentText:
    """`value` is dict, list, str, int, NumberText, bool or None; `lines_of` tells where its members stand."""

    value: Any
    lines_of: Callable[[list[Pointer]], dict[Pointer, int]]


class _Unusual(ValueError):
    """JSON that the quick reader does not read as it should be read."""


def decoded(raw: bytes, problems: Problems) -> str:
    """The characters of a file: UTF-8, or UTF-16 where a byte order mark says so."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    text = raw.decode("utf-8", "replace")
    if "\ufffd" in text and b"\xef\xbf\xbd" not in raw:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        problems.tell("The file is not UTF-8 text; what cannot be read is shown as \ufffd.", line)
    return text


def read_text(text: str, problems: Problems) -> DocumentText:
    """Never raises. Of a text that breaks off, what can be read of it."""
    if len(text) > MAX_BYTES:
        problems.tell(f"The document is larger than {MAX_BYTES // 1024**2} MB and was not read.")
        return DocumentText(None, _nowhere)
    text = _clean(text.removeprefix("\ufeff"), problems)
    if text.lstrip()[:1] in ("{", "["):
        try:
            return DocumentText(_DECODER.decode(text), partial(json_lines.lines_of, text))
        except (ValueError, RecursionError):
            pass  # what is wrong is told by the reader that goes on after it
    return _read_yaml(text, problems)


def _read_yaml(text: str, problems: Problems) -> DocumentText:
    """Where the text breaks off, that line is left out and it is read again; each such line is told."""
    lines, errors, told = text.split("\n"), [], Problems()
    reading = read_yaml(text, told)
    while (error := reading.error) is not None:
        last = len(text.rstrip().split("\n"))
        errors.append(replace(error, line=min(error.line or 1, last)))  # what is missing at the end is told there
        broken = min(error.line or 1, len(lines)) - 1
        if len(errors) > MAX_MENDED or len(text) > LONGEST_MENDED or len(lines) < 3 or not lines[broken].strip():
            break
        lines[broken], again = "", Problems()
        further = read_yaml("\n".join(lines), again)
        if further.error is not None and (further.error.line or 0) <= (error.line or 0):
            break
        reading, told = further, again
    for one in (*errors, *told.told):
        problems.tell(one.what, one.line)
    return DocumentText(reading.value, reading.lines_of)


def _clean(text: str, problems: Problems) -> str:
    """Without control characters and lone halves of characters, which no reader of YAML takes."""
    for pattern, what in ((CONTROL, "a control character"), (SURROGATE, "half of a character")):
        found = pattern.search(text.replace("\r", "\n")) if pattern is CONTROL else pattern.search(text)
        if found:
            line = text.count("\n", 0, found.start()) + 1
            problems.tell(f"There is {what} in the text; it is shown as \ufffd.", line)
            text = pattern.sub(_replaced, text)
    return text


def _replaced(found: Any) -> str:
    return "\r" if found[0] == "\r" else "\ufffd"


def _nowhere(_: list[Pointer]) -> dict[Pointer, int]:
    return {}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _Unusual
    return value


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=json_integer, parse_float=NumberText, parse_constant=NumberText
)
