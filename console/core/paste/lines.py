"""Named values of plain lines: "label: value", NAME=value, a label above its value, tables, sentences with an id."""

import re
from itertools import islice

from console.core.compare import GUID
from console.core.paste.commands import read_form
from console.core.paste.labels import LabelledValue, Part, part_of

_LABEL_LENGTH = 90
_SEPARATOR = re.compile(r":(?!//)|=|\t|\||→|->")
_WEAK_SEPARATOR = re.compile(r" {2}| [-–—] ")
_MOST_SEPARATORS = 4
_CELLS = re.compile(r"\t|\|| {2}")
_SEGMENTS = re.compile(r"[,;] |,(?=[\"'])")
_WORD = re.compile(r"[^\W_]+")
_BULLETS = " \t>|*•·-–#{[\"'`"
_BUTTONS = frozenset({"copy", "copy to clipboard", "kopieren", "kopier"})
_VALUE = frozenset({"value", "wert", "verdi"})  # the portal's name for the secret, beside "Secret ID"
_FILLERS = frozenset({"is", "ist", "er", "the", "value", "lautet", "of", "here", "our", "your"})
_POWERSHELL = re.compile(r"\$env:", re.IGNORECASE)
_IDS = frozenset({Part.CLIENT_ID, Part.TENANT, Part.RESOURCE, Part.SECRET_ID, Part.IGNORED})


def read_lines(text: str) -> list[LabelledValue]:
    """What the lines of a text name, in their order. Values are as they stand, less the blanks around them."""
    found: list[LabelledValue] = []
    waiting: list[Part | None] = []
    for line in text.split("\n"):
        raw = line.strip(" \t\r|>")
        bare = _POWERSHELL.sub("", raw.lstrip(_BULLETS))
        if not any(map(str.isalnum, bare)) or bare.lower() in _BUTTONS:
            continue
        if headers := _headers(bare):
            waiting = headers
        elif pairs := _pairs(bare):
            found += pairs
            waiting = []
        else:
            found += _below(waiting, raw) or _in_sentence(bare)
            waiting = []
    return found


def _headers(line: str) -> list[Part | None]:
    """The parts of a line that holds labels only: the values stand below. Empty for any other line."""
    if any(map(str.isdigit, line)) or len(line) > 200:
        return []
    cells = _cells(line)
    if len(cells) == 1:
        part = None if _SEPARATOR.search(line.rstrip(" :")) else part_of(line)
        return [part] if part else []
    parts = [part_of(cell) for cell in cells]
    if Part.SECRET_ID in parts:
        named = zip(cells, parts, strict=True)
        parts = [Part.SECRET if cell.lower() in _VALUE else part for cell, part in named]
    return parts if sum(part is not None for part in parts) > 1 else []


def _below(waiting: list[Part | None], line: str) -> list[LabelledValue]:
    if len(waiting) == 1:
        return [LabelledValue(waiting[0], line)] if waiting[0] else []
    return [LabelledValue(part, cell) for part, cell in zip(waiting, _cells(line), strict=False) if part and cell]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _CELLS.split(line) if cell.strip()]


def _pairs(line: str) -> list[LabelledValue]:
    if "&" in line and (form := read_form(line)):
        return form
    segments = [pair for segment in _SEGMENTS.split(line) if (pair := _pair(segment.lstrip(_BULLETS)))]
    if len(segments) > 1:
        return segments
    pair = _pair(line)
    return [pair, *_in_sentence(pair.value)] if pair else []


def _pair(text: str) -> LabelledValue | None:
    """The first separator in front of which a known label stands decides: "Azure: client ID: …"."""
    for pattern in (_SEPARATOR, _WEAK_SEPARATOR):
        for separator in islice(pattern.finditer(text, 0, _LABEL_LENGTH), _MOST_SEPARATORS):
            value = text[separator.end() :].lstrip(" \t:=|>*")
            part = part_of(text[: separator.start()])
            if part and value:
                return LabelledValue(part, value)
    return None


def _in_sentence(text: str) -> list[LabelledValue]:
    """Ids that follow their label within a sentence: "your client ID is 1111…"."""
    found = []
    for match in GUID.finditer(text):
        words = _WORD.findall(text[max(0, match.start() - 60) : match.start()])
        while words and words[-1].lower() in _FILLERS:
            words.pop()
        part = part_of(" ".join(words[-6:]))
        if part in _IDS:
            found.append(LabelledValue(part, match[0]))
    return found
