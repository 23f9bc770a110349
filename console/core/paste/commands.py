"""Named values of curl commands, as interface descriptions and consoles give them."""

import re
from urllib.parse import parse_qsl

from console.core.paste.labels import LabelledValue, Part, part_of
from console.core.paste.shell.bash import first_command
from console.core.paste.shell.syntax import GrammarWork
from console.core.paste.structure import read_json

_CURL = re.compile(r"\bcurl(?:\.exe)?[ \t]+(?=\S)")
_CONTINUED = re.compile(r"(?<!`)[\\^`]\n")
_MOST_COMMANDS = 5
_FORM = frozenset({"-d", "--data", "--data-raw", "--data-ascii", "--data-binary"})
_LITERAL = frozenset({"--data-urlencode", "-F", "--form", "--form-string"})
_HEADER = frozenset({"-H", "--header"})
_WITH_VALUE = frozenset({"-X", "--request", "-o", "--output", "-A", "--user-agent", "--cert", "--key", "--cacert"})


def join_lines(text: str) -> str:
    """The text with continued command lines (of shells, cmd and PowerShell) made one."""
    return _CONTINUED.sub(" ", text)


def read_commands(text: str) -> tuple[list[LabelledValue], str]:
    """What the first commands of a text name, and the text without them."""
    found: list[LabelledValue] = []
    work = GrammarWork()
    for _ in range(_MOST_COMMANDS):
        match = _CURL.search(text)
        if match is None:
            break
        words, rest = first_command(text[match.end() :], work=work)
        found += _named([word.text for word in words])
        text = f"{text[: match.start()]}\n{rest}"
    return found, text


def _named(words: list[str]) -> list[LabelledValue]:
    found: list[LabelledValue] = []
    left = iter(words)
    for word in left:
        option, value = _split_option(word)
        if value is None and option in (_FORM | _LITERAL | _HEADER | _WITH_VALUE | {"-u", "--user", "--url"}):
            value = next(left, "")
        found += _of_option(option, value or "")
    return found


def _split_option(word: str) -> tuple[str, str | None]:
    if word.startswith("--"):
        option, sign, value = word.partition("=")
        return option, value if sign else None
    if word[:2] in ("-d", "-H", "-F", "-u") and len(word) > 2:
        return word[:2], word[2:]
    return word, None


def _of_option(option: str, value: str) -> list[LabelledValue]:
    if option in _FORM:
        return read_form(value) or read_json(value)[0]
    if option in _LITERAL:
        name, _, content = value.partition("=")
        return _pair(name, content)
    if option in _HEADER:
        name, _, content = value.partition(":")
        return _pair(name, content.strip())
    if option in ("-u", "--user"):
        name, _, content = value.partition(":")
        return [LabelledValue(Part.CLIENT_ID, name), LabelledValue(Part.SECRET, content)]
    url = value if option == "--url" else option
    return [LabelledValue(Part.SAMPLE_URL, url)] if url.startswith(("http://", "https://")) else []


def read_form(text: str) -> list[LabelledValue]:
    """The named values of a form-urlencoded text; empty when it is none."""
    if "=" not in text or any(letter.isspace() for letter in text.strip()):
        return []
    return [named for name, value in parse_qsl(text.strip()) for named in _pair(name, value)]


def _pair(name: str, value: str) -> list[LabelledValue]:
    part = part_of(name)
    return [LabelledValue(part, value)] if part and value else []
