"""Commands of bash and zsh."""

import re
from collections.abc import Iterator

from console.core.call_imports.variables import placeholder
from console.core.paste.shell.bash import commands_in, first_command, variables_in
from console.core.paste.shell.syntax import Word, known

LONGEST = 500_000  # characters of a script
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
    found: list[list[Word]] = []
    is_open = False
    for first, behind in commands_in(script, told):
        is_before = first in _BEFORE and len(behind) > 0
        name, words = (behind[0].text, behind[1:]) if is_before else (first, behind)
        if name.lower() in names:
            found.append(words)
        elif is_open and name.startswith("-"):  # an option whose line was not continued, as mails leave it
            found[-1] += [known(name), *words]
            continue
        is_open = name.lower() in names
    if not found and (at := _begin(text, names)) is not None:
        found.append(first_command(text[at:], told)[0])
    yield from found


def _begin(text: str, names: frozenset[str]) -> int | None:
    """Behind the first of the names that stands as a word."""
    return next((found.end() for found in _WORD.finditer(text) if found[0].lower() in names), None)
