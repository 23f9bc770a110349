"""What a person tells or asks in a sentence of his own, apart from what he quotes of a provider or of a log."""

import re
from collections.abc import Iterator

from console.core.paste.speech.spoken import By, Utterance

_PERSONAL = re.compile(
    r"\b(?:I|I'm|I've|I'd|i|my|My|our|Our)\b"
    r"|^\s*[Ww]e(?:'re|'ve)?\b(?! (?:could ?n|are unable|can ?n|can't|were unable))"
)
_ASKING = re.compile(
    r"^\s*(?:why|how|what|when|where|which|who|is|are|does|do|did|can|could|should|has|have|any)\b.{0,600}\?\s*$",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\S \S+ .{0,600}\?\s*$")
_CODE = re.compile(r"\b(?:AADSTS\d{4,9}|AADB2C\d{4,6}|ID[XW]\d{5}|MSIS\d{4}|MP-\d{3}|E\d{7})\b")
_INTRODUCED = re.compile(r"[:=]\s+(?=\S+\s+\S+\s+\S)|[:=]\s*(?=[{\[<])")
_PROSE = re.compile(r"[^\W\d_][\w '’,;()/.-]{20,}")
_ANSWER = re.compile(r"^(?:< )?HTTP/\d(?:\.\d)? \d{3}\b", re.MULTILINE)
MAX_LINE = 1_000


def split_question(line: str) -> Iterator[Utterance]:
    """The line as the far side's or a log's words; a person's sentence as his, with what he quotes behind a colon, or
    from the code of an error on, as theirs."""
    if len(line) > MAX_LINE or not _is_own(line):
        yield Utterance(line, By.LOG, "log")
        return
    found = _CODE.search(line) or (None if line.rstrip().endswith("?") else _INTRODUCED.search(line))
    cut = found.start() if found else len(line)
    yield Utterance(line[:cut], By.OBSERVER, "question")
    if found:
        yield Utterance(line[cut:].lstrip(":= "), By.LOG, "log")


def introduction(lines: list[str]) -> int:
    """How many lines stand before the first that is no plain prose, in a text that shows an answer further down: there
    people say what they saw, and what software said stands in the answer. 0 in a text without one."""
    count = 0
    for line in lines:
        is_prose = len(line) < MAX_LINE and _PROSE.fullmatch(line.strip()) and line.count(" ") > 3
        if line.strip() and not is_prose:
            break
        count += 1
    return count if _ANSWER.search("\n".join(lines[count:])) else 0


def _is_own(line: str) -> bool:
    if line.lstrip()[:1] in ("{", "[", "<", '"', "'", "*", "@") or "://" in line.partition(" ")[0]:
        return False
    return bool(_ASKING.match(line) or _ASKED.search(line) or (_PERSONAL.search(line) and line.count(" ") > 2))
