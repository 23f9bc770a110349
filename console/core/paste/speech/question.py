"""What a person tells or asks in a sentence of his own, apart from what he quotes of a provider or of a log."""

import re
from collections.abc import Iterator

from console.core.paste.speech.spoken import By, Utterance

_PERSONAL = re.compile(
    r"\b(?:I|I'm|I've|I'd|i|my|My|our|Our)\b"
    r"|(?:^\s*|[.!?] )[Ww]e(?:'re|'ve)?\b(?! (?:could ?n|are unable|can ?n|can't|were unable))"
)
# How somebody tells what he did: "When calling the API with …", "Steps to reproduce".
_TELLING = re.compile(r"^\s*(?:[Ww]hen(?:ever)?|[Aa]fter) [a-z]{2,20}ing\b(?=(?:\s+\S+){6})|\bto reproduce\b")
_ASKING = re.compile(
    r"^\s*(?:why|how|what|when|where|which|who|is|are|does|do|did|can|could|should|has|have|any)\b.{0,600}\?\s*$",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\S \S+ .{0,600}\?\s*$")
_CODE = re.compile(r"\b(?:AADSTS\d{4,9}|AADB2C\d{4,6}|ID[XW]\d{5}|MSIS\d{4}|MP-\d{3}|E\d{7})\b")
_INTRODUCED = re.compile(r"[:=]\s+(?=\S+\s+\S+\s+\S)|[:=]\s*(?=[{\[<])")
# What he quotes of what he got, of more than one word: other marks than these stand in words too.
_QUOTED = re.compile(r"[\"“]([^\"“”\n]{1,400})[\"”]|`([^`\n]{1,400})`|(?<=[\s(])'([^'\n]{1,400})'(?![\w'])")
_GOT = re.compile(
    r"\b(?:get|gets|getting|got|gives?|gave|giving|receiv\w{1,4}|sees?|seeing|saw|returns?|returned|returning|responds?"
    r"|responded|response|answers?|answered|says?|said|saying|throws?|threw|thrown|throwing|errors?|exceptions?|fails?"
    r"|failed|failing|messages?|prints?|printed|shows?|showed|shown|rejects?|rejected|[45]\d\d)\b",
    re.IGNORECASE,
)
_NOT_GOT = re.compile(
    r"n['’]t\b|\b(?:not|never|no longer|without|expect\w{0,3}|wants?|wanted|should|would|could|might|may|instead|rather"
    r"|supposed?|examples?|e\.g|documentation|docs|means?|meant|rename\w?|replace\w?)\b",
    re.IGNORECASE,
)
_SENTENCE_ENDS = (". ", "! ", "? ", "; ")
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
    quoted = _quoted(line)
    if quoted and (found is None or quoted[0][0] < found.start() < quoted[-1][1]):
        yield Utterance(line, By.OBSERVER, "question")
        yield from (Utterance(line[start:end], By.LOG, "log") for start, end in quoted)
        return
    cut = found.start() if found else len(line)
    yield Utterance(line[:cut], By.OBSERVER, "question")
    if found:
        yield Utterance(line[cut:].lstrip(":= "), By.LOG, "log")


def _quoted(line: str) -> list[tuple[int, int]]:
    """Where the words stand that a person quotes in his sentence of what came back: software's words, not his. What he
    asks about, did not get, would like or has read of is none.
    """
    spans = [found.span(found.lastindex or 0) for found in _QUOTED.finditer(line)]
    if not spans:
        return []
    own = _QUOTED.sub(lambda found: "'" * len(found[0]), line)
    return [(start, end) for start, end in spans if " " in line[start:end].strip() and _is_got(_sentence(own, start))]


def _sentence(line: str, at: int) -> str:
    """The sentence of a line in which a place stands."""
    start = max(line.rfind(mark, 0, at) for mark in _SENTENCE_ENDS)
    ends = [end for mark in _SENTENCE_ENDS if (end := line.find(mark, at)) >= 0]
    return line[start + 1 : min(ends, default=len(line)) + 1]


def _is_got(sentence: str) -> bool:
    is_asked = sentence.rstrip().endswith("?")
    return not is_asked and _GOT.search(sentence) is not None and _NOT_GOT.search(sentence) is None


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
    return bool(
        _ASKING.match(line)
        or _ASKED.search(line)
        or _TELLING.search(line)
        or (_PERSONAL.search(line) and line.count(" ") > 2)
    )
