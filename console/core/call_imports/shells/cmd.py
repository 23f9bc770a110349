"""Commands at a Command Prompt of Windows: first as cmd reads a line, then as the C runtime takes it apart."""

import re
from collections.abc import Iterator

from console.core.call_imports.variables import placeholder

LONGEST = 500_000  # characters
_VARIABLE = re.compile(r"(?<!\^)%([A-Za-z_][A-Za-z0-9_]{0,80})%")
_ENDS = "&|\n"


def lines(text: str) -> Iterator[str]:
    """Each command, with variables as placeholders, carets gone and what stood in quotes still in them.

    cmd knows one kind of quotation mark; a caret outside of them makes the next character plain, and joins lines.
    """
    text = _VARIABLE.sub(lambda found: placeholder(found[1]), text[:LONGEST].replace("\r\n", "\n"))
    line: list[str] = []
    is_quoted = is_plain = False
    at = 0
    while at < len(text):
        letter = text[at]
        at += 1
        if is_plain:
            is_plain = False
        elif letter == "^" and not is_quoted:
            if text[at : at + 1] == "\n":
                at += 1
            is_plain = True
            continue
        elif letter == '"':
            is_quoted = not is_quoted
        elif letter in _ENDS and (letter == "\n" or not is_quoted):
            yield "".join(line)
            line, is_quoted = [], False
            continue
        line.append(letter)
    yield "".join(line)


def arguments(line: str) -> list[str]:
    """As the C runtime takes a line apart: backslashes before a quotation mark count half."""
    found: list[str] = []
    word: list[str] = []
    is_quoted = is_open = False
    slashes = 0
    for letter in line:
        if letter == "\\":
            slashes += 1
            continue
        word.append("\\" * (slashes // 2 if letter == '"' else slashes))
        is_open = is_open or slashes > 0
        is_escaped, slashes = slashes % 2 == 1, 0
        if letter == '"' and not is_escaped:
            is_quoted, is_open = not is_quoted, True
        elif letter in " \t" and not is_quoted:
            if is_open:
                found.append("".join(word))
            word, is_open = [], False
        else:
            word.append(letter)
            is_open = True
    word.append("\\" * slashes)
    return [*found, "".join(word)] if is_open or slashes else found


def commands(text: str, names: frozenset[str]) -> Iterator[list[str]]:
    """The arguments of each command of these names."""
    for line in lines(text):
        words = arguments(line)
        if words and words[0].rpartition("\\")[2].rpartition(">")[2].lower() in names:
            yield words[1:]
