"""Who says each line of a pasted text.

What nothing tells of is taken for a log: only what a person surely did, wrote or asked is kept from those who listen
for refusals.
"""

import json
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from console.core.paste.curl import find_command
from console.core.paste.shell.bash import first_command
from console.core.paste.shell.syntax import GrammarWork
from console.core.paste.speech.blocks import kinds_of
from console.core.paste.speech.code import LineKind
from console.core.paste.speech.question import introduction, split_question
from console.core.paste.speech.report import is_ticked, wished
from console.core.paste.speech.spoken import HEARD, By, Utterance

_REQUEST_LINE = re.compile(
    r"(?:GET|POST|PUT|PATCH|DELETE|OPTIONS|HEAD|TRACE|CONNECT) (?:\S+ HTTP/\d(?:\.\d)?|https?://\S+)\s*"
)
_STATUS_LINE = re.compile(r"HTTP/\d(?:\.\d)? \d{3}\b")
_HEADER_LINE = re.compile(r"[A-Za-z][\w-]{0,100}:(?:[ \t]|$)")
_SENT_BODY = re.compile(r"[\[\]{}\"]|[\w.-]{1,60}=\S*$")
_POLICY = re.compile(r"<(policies|inbound|outbound|on-error|fragment|validate-jwt|validate-azure-ad-token)\b")
_PROMPT = re.compile(
    r"\s*(?:[$%] |PS [^>\n]{0,260}> ?|[A-Za-z]:\\[^>\n]{0,260}>|[\w.-]{1,60}@[\w.-]{1,60}[:~ ][^$#\n]{0,200}[$#] )\S"
)
# A sentence that names it, without any address: "curl -L gives 401, calling the last address itself gives 200."
_TOLD_OF_CURL = re.compile(
    r"curl(?: -{1,2}[\w-]{1,30})?(?: [A-Za-z]{1,30}[,;]?| \d{1,3}[,;]?| \w{1,30}_\w{1,30}[,;]?){4,60}[.!?]\s*.*"
)
_CMDLET = re.compile(r"\s*(?:\$\w+\s*=\s*)?(?:Invoke-(?:RestMethod|WebRequest)|irm|iwr)\s+(?![:|])\S", re.IGNORECASE)
_ECHO = re.compile(r"\s*(?:\d+ +\||\+)(?! +(?:CategoryInfo|FullyQualifiedErrorId|PSComputerName)\b)")
_WRITTEN = {LineKind.CODE: "code", LineKind.SETTING: "settings", LineKind.COMMENT: "comment"}
_CONTINUES = ("\\", "`", "^", "|")
_FRAME = re.compile(r'\s*File "[^"\n]{1,400}", line \d+')
_DONE = frozenset({"command", "code", "settings"})
MAX_LINE = 2_000
MAX_SETTINGS = 100
MAX_COMMANDS = 60  # of one text whose ends are looked for in the lines behind them


def attributed(text: str) -> tuple[Utterance, ...]:
    """The text, already unwrapped, in stretches of one speaker, in order; never raises."""
    pieces: list[Utterance] = []
    at = 0
    for start, end in _policies(text):
        pieces += _of_lines(text[at:start])
        pieces.append(Utterance(text[start:end], By.PERSON, "policy"))
        at = end
    pieces += _of_lines(text[at:])
    groups = groupby(pieces, key=lambda one: (one.by, one.where))
    return tuple(Utterance("\n".join(one.text for one in group), by, where) for (by, where), group in groups)


def _policies(text: str) -> Iterator[tuple[int, int]]:
    """Where policies stand: (start, end), in order. One that is not closed goes to the end of the text, and what opens
    no tag is none; by plain searches, since a pattern would look for the end again from every beginning."""
    end = 0
    while (opened := _POLICY.search(text, end)) and (end := text.find(">", opened.end()) + 1):
        if text[end - 2] != "/":
            close = f"</{opened[1]}>"
            at = text.find(close, end)
            end = at + len(close) if at >= 0 else len(text)
        yield opened.start(), end


def heard(spoken: tuple[Utterance, ...]) -> str:
    """What far sides, logs and libraries said."""
    return "\n".join(one.text for one in spoken if one.by in HEARD)


def observed(spoken: tuple[Utterance, ...]) -> tuple[str, ...]:
    """What people told or asked, one text a stretch."""
    return tuple(text for one in spoken if one.by is By.OBSERVER and (text := one.text.strip()))


def done(spoken: tuple[Utterance, ...]) -> str:
    """What the person ran, wrote as code or set: his own words, which no far side said."""
    return "\n".join(one.text for one in spoken if one.by is By.PERSON and one.where in _DONE)


def policy_in(spoken: tuple[Utterance, ...]) -> str:
    """The gateway's policy; "" when the text has none, or several."""
    found = [one.text for one in spoken if one.where == "policy"]
    return found[0] if len(found) == 1 else ""


def settings_in(spoken: tuple[Utterance, ...]) -> dict[str, Any]:
    """The settings that stand in the text, a line each; values of JSON are decoded. The first of a name counts."""
    found: dict[str, Any] = {}
    lines = [line for one in spoken if one.where == "settings" for line in one.text.split("\n")]
    for line in lines[:MAX_SETTINGS]:
        name, _, value = line.partition(":" if ": " in line else "=")
        found.setdefault(name.split()[-1] if name.split() else "", _decoded(value.strip()))
    return {name: value for name, value in found.items() if name}


def _decoded(value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value.strip("\"'")


def _of_lines(text: str) -> Iterator[Utterance]:
    if text:
        yield from _Listener(text).spoken()


class _Listener:
    """Reads lines in their order. `place` is "" outside of a message, else request or answer, and `is_body` whether its
    headers have ended."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.kinds = kinds_of(self.lines)
        self.wished = wished(self.lines)
        self.is_verbose = any(line.startswith("< ") for line in self.lines)
        self.place = ""
        self.is_body = False
        self.number = 0
        self.commands_left = MAX_COMMANDS
        self.work = GrammarWork()
        self.introduction = introduction(self.lines)

    def spoken(self) -> Iterator[Utterance]:
        while self.number < len(self.lines):
            line = self.lines[self.number]
            self.number += 1
            yield from self._line(line)

    def _line(self, line: str) -> Iterator[Utterance]:
        bare = line.strip()
        if self.number <= self.introduction:
            yield Utterance(line, By.OBSERVER, "question")
        elif self.number - 1 in self.wished or is_ticked(line):
            yield Utterance(line, By.PERSON, "wish")
        elif len(line) > MAX_LINE:
            yield Utterance(line, By.LOG, "log")
        elif self.is_verbose and line[:2] in ("> ", "< ", "* ", ">", "<"):
            yield _marked(line)
        elif _STATUS_LINE.match(bare):
            self.place, self.is_body = "answer", False
            yield Utterance(line, By.FAR_SIDE, "answer")
        elif _REQUEST_LINE.fullmatch(bare):
            self.place, self.is_body = "request", False
            yield Utterance(line, By.PERSON, "request")
        elif self.place and self._is_inside(bare):
            by = By.PERSON if self.place == "request" else By.FAR_SIDE
            yield Utterance(line, by, self.place)
        elif self.kinds[self.number - 1] is LineKind.OUTPUT:
            yield Utterance(line, By.LOG, "log")
        elif (command := self._command(line)) is not None:
            yield Utterance(command, By.PERSON, "command")
        else:
            yield from self._written(line)

    def _written(self, line: str) -> Iterator[Utterance]:
        """A line of a text that somebody wrote, or of a log; below a frame Python shows a line of the source."""
        kind = self.kinds[self.number - 1]
        is_shown = line[:1] == " " and self.number > 1 and _FRAME.match(self.lines[self.number - 2]) is not None
        if is_shown or kind in _WRITTEN:
            yield Utterance(line, By.PERSON, "code" if is_shown else _WRITTEN[kind])
        else:
            yield from split_question(line)

    def _is_inside(self, bare: str) -> bool:
        """Whether a line still belongs to the message that was begun: headers, an empty line, one stretch of body."""
        if not self.is_body:
            if not bare:
                self.is_body = True
                return True
            if _HEADER_LINE.match(bare) or self.lines[self.number - 1][:1] in " \t":
                return True
            self.is_body = True
        is_odd = self.place == "request" and not _SENT_BODY.match(bare)
        if not bare or is_odd:
            self.place = ""
        return bool(self.place)

    def _command(self, line: str) -> str | None:
        """The whole command that a line begins; None when it begins none."""
        found = find_command(line) if "curl" in line else None
        is_told = found is not None and _TOLD_OF_CURL.fullmatch(line, found.start()) is not None
        if found is not None and not is_told and not line[: found.start()].rstrip().endswith((".", ",", ";")):
            self.commands_left -= 1
            return self._curl(line, found.end()) if self.commands_left >= 0 else line
        if _ECHO.match(line):
            return line
        if not (_PROMPT.match(line) or _CMDLET.match(line)):
            return None
        taken = [line]
        while taken[-1].rstrip().endswith(_CONTINUES) and self.number < len(self.lines):
            taken.append(self.lines[self.number])
            self.number += 1
        return "\n".join(taken)

    def _curl(self, line: str, end: int) -> str:
        rest = "\n".join([line[end:].lstrip(), *self.lines[self.number : self.number + 60]])
        behind = first_command(rest, work=self.work)[1]
        count = min(len(self.lines), self.number + 60) - self.number
        taken = count - (behind.count("\n") + 1 if behind else 0)
        command = "\n".join([line, *self.lines[self.number : self.number + taken]])
        self.number += max(taken, 0)
        return command


def _marked(line: str) -> Utterance:
    """A line of `curl -v`: sent, received, or told by curl."""
    if line[0] == ">":
        return Utterance(line[2:], By.PERSON, "request")
    return Utterance(line[2:], By.FAR_SIDE, "answer") if line[0] == "<" else Utterance(line, By.LOG, "log")
