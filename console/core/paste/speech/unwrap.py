"""A pasted text without what mails, chats, consoles and collectors of logs put around it."""

import json
import re
from collections.abc import Callable
from itertools import pairwise

from console.core.character_references import unescaped
from console.core.paste.speech.line_marks import without_line_marks

MAX_LENGTH = 400_000  # characters; a longer text stays as it is
MOST_LEVELS = 5  # of quoting
_SHARE = 0.6  # of the lines that must begin alike to be rows of a log
_QUOTED = re.compile(r"^(?:>[ \t]?)(.*)$", re.MULTILINE)
_WIRE = re.compile(r"^< ", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]{0,12}(?:```|~~~)[ \t]{0,4}[\w+#.-]{0,30}[ \t]{0,12}(?:\n|\Z)", re.MULTILINE)
_ENTITY = re.compile(r"&(?:quot|#39|#34|#x27|apos|lt|gt);", re.IGNORECASE)
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.,]{0,12}(?:Z|[+-]\d\d:?\d\d)?"
_ROW = re.compile(
    rf"^(?:\[?(?:pod/)?[\w.-]{{1,80}}(?:/[\w.-]{{1,80}}){{1,2}}\]? |[\w.-]{{1,80}}[ \t]{{0,20}}\| ?"
    rf"|{_TIME} (?:stdout|stderr) [FP] "
    r"|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,80} [\w@./-]{1,80}(?:\[\d+\])?: )"
)
_CMDLET = re.compile(
    r"^(?:(?:Invoke|Connect|Get|New|Test|Update|Send|Start|Import|Install)-[A-Za-z]{2,40}|irm|iwr|curl) ?: (?=\S)",
    re.MULTILINE,
)
_ERROR_END = re.compile(r"^(?:At (?:line|[A-Za-z]:)|[ \t]*\+ |PS |[ \t]*\Z)", re.MULTILINE)
# A token is longer than a line of code: what a program puts together is put together.
_PUT_TOGETHER = re.compile(r"(?<=[\w.-])([\"'])[ \t]{0,40}(?:[+.&_] ?)?\\?\n[ \t]{0,200}(?:[+.&] ?)?\1(?=[\w.-])")
_ANSI = re.compile(r"\x1b\[[\d;]{0,20}[A-Za-z]")
# A page that shows a log makes links of numbers in it, in the middle of a word too: "AADSTS700[21](https://…)1".
_LINKED = re.compile(r"\[(\d{1,6})\]\(https?://[^\s()]{1,400}\)")
_INNER = re.compile(r'\\(["\\])')


def unwrapped(text: str) -> str:
    """The text as it was before it was quoted, fenced, escaped, prefixed or broken; never raises.

    What a text may not lose is kept: a message of `curl -v` its marks, a token its dots, an XML text its entities.
    """
    text = text.strip("\ufeff").replace("\r\n", "\n")
    if len(text) > MAX_LENGTH or not any(mark in text for mark in "\n&\\\x1b]"):
        return text
    for step in _STEPS:
        text = step(text)
    return text


def _without_colours(text: str) -> str:
    return _ANSI.sub("", text) if "\x1b" in text else text


def _without_links(text: str) -> str:
    return _LINKED.sub(r"\1", text) if "](http" in text else text


def _put_together(text: str) -> str:
    return _PUT_TOGETHER.sub("", text) if "eyJ" in text else text


def _without_quotes(text: str) -> str:
    """Quoted mail, one level after the other; the `>` and `<` of `curl -v` are no quoting."""
    for _ in range(MOST_LEVELS):
        if "\n>" not in f"\n{text}" or _WIRE.search(text):
            break
        text = _QUOTED.sub(r"\1", text)
    return text


def _without_fences(text: str) -> str:
    return _FENCE.sub("\n", text) if "```" in text or "~~~" in text else text


def _without_entities(text: str) -> str:
    """HTML as a ticket system or a mail makes it of plain text; a text of tags keeps its own."""
    is_markup = text.lstrip()[:1] == "<" or "<policies" in text or "<inbound" in text or "<html" in text[:2_000].lower()
    return text if is_markup or "&" not in text or not _ENTITY.search(text) else unescaped(text)


def _without_row_marks(text: str) -> str:
    """What docker, Kubernetes and journald put before every line; a row of the docker daemon is the line it holds."""
    lines = text.split("\n")
    for read in (_docker_row, _prefixed_row):
        found = [read(line) for line in lines]
        told = sum(row is not None for row in found)
        if told and told >= _SHARE * sum(bool(line.strip()) for line in lines):
            lines = [line if row is None else row for line, row in zip(lines, found, strict=True)]
    return "\n".join(lines)


def _docker_row(line: str) -> str | None:
    if not line.startswith('{"log":"'):
        return None
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return str(row["log"]).rstrip("\n")


def _prefixed_row(line: str) -> str | None:
    found = _ROW.match(line)
    return line[found.end() :] if found else None


def _unbroken(text: str) -> str:
    """The error that PowerShell breaks at the width of its console, in the middle of words too, as one line."""
    pieces, at = [], 0
    for found in _CMDLET.finditer(text):
        if found.start() < at:
            continue
        end = _ERROR_END.search(text, found.end())
        stop = end.start() if end else len(text)
        pieces += [text[at : found.start()], _joined(text[found.start() : stop])]
        at = stop
    return "".join([*pieces, text[at:]])


def _joined(error: str) -> str:
    """Lines of full width go on without a blank. Lines of an answer that has its own lines are left alone."""
    lines = error.rstrip("\n").split("\n")
    width = max(map(len, lines))
    if len(lines) == 1 or width < 40 or any(len(line) < width / 3 and line.strip() for line in lines[:-1]):
        return error
    whole = lines[0]
    for before, line in pairwise(lines):
        is_cut = len(before) >= width - 8 and any(map(str.isdigit, before.rpartition(" ")[2]))
        is_full = len(before) == width or is_cut or before.endswith((" ", "=", "/"))
        whole += line if is_full else f" {line.lstrip()}"
    return f"{whole}\n"


def _unescaped(text: str) -> str:
    """JSON that stands as a text inside another text, without its escapes; one that is JSON as a whole keeps them."""
    for _ in range(2):
        if '{\\"' not in text or text.lstrip()[:1] in ("{", "["):
            break
        text = _INNER.sub(r"\1", text)
    return text


_STEPS: tuple[Callable[[str], str], ...] = (
    _without_colours,
    _without_quotes,
    _without_fences,
    _without_row_marks,
    _without_entities,
    _without_links,
    without_line_marks,
    _put_together,
    _unbroken,
    _unescaped,
)
