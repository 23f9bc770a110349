"""Commands of bash and zsh."""

import re
from collections.abc import Iterator

from console.core.call_imports.variables import placeholder
from console.core.paste.shell.bash import commands_in, first_command, variables_in
from console.core.paste.shell.syntax import GrammarWork, Word, known

LONGEST = 500_000  # characters of a script
LONGEST_FIRST = 80_000  # that the grammar is given of the first command of one that it could not read
_BEFORE = frozenset({"sudo", "time", "exec", "command", "nohup", "env"})  # another command follows them
_WORD = re.compile(r"(?<![\w.-])[A-Za-z.]{4,8}(?=[ \t])")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class _Told(dict[str, str]):
    """Variables that the script sets; any other is written as its placeholder."""

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        found = _NAME.match(name)
        return super().get(found[0], placeholder(found[0])) if found else default


def commands(text: str, names: frozenset[str]) -> Iterator[list[Word]]:
    """The words of each command of these names, without the name. Where a script is broken, those of its first one."""
    script = text[:LONGEST].replace("\r\n", "\n")
    told = _Told(variables_in(script))
    waiting: list[Word] | None = None
    is_open = False
    for first, behind in commands_in(script, told, names):
        is_before = first in _BEFORE and len(behind) > 0
        name, words = (behind[0].text, behind[1:]) if is_before else (first, behind)
        if name.lower() in names:
            if waiting is not None:
                yield waiting
            waiting = words
        elif waiting is not None and is_open and name.startswith("-"):  # a line was not continued, as mails leave it
            waiting = [*waiting, known(name), *words]
            continue
        is_open = name.lower() in names
    if waiting is not None:
        yield waiting
    elif (at := _begin(text, names)) is not None:
        yield first_command(text[at:], told, GrammarWork(LONGEST_FIRST))[0]


def _begin(text: str, names: frozenset[str]) -> int | None:
    """Behind the first of the names that stands as a word."""
    return next((found.end() for found in _WORD.finditer(text) if found[0].lower() in names), None)
