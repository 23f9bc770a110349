"""The plain texts that are handed on, as Markdown (CommonMark): names in bold, ids and commands as code, and nothing of
what the world wrote taken for markup.
"""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~-])")
_NAMED = re.compile(r"([A-Z][A-Za-z ]{1,40}): (.+)")
_NUMBERED = re.compile(r"(\d{1,3})\. (.+)")
_ITEM = re.compile(r" {2,3}(\S.*)")
_QUOTED = re.compile(r"([\w ()-]{1,60}): (\S.*)")
_TICKS = re.compile("`+")
_COMMAND = re.compile(r" to be checked before it is run:?$")


def as_markdown(text: str) -> str:
    """Line by line; blank lines stay. A line that ends a command's announcement makes the next one code."""
    lines, is_code = [], False
    for line in text.splitlines():
        lines.append(_code(line.strip()) if is_code else _line(line))
        is_code = bool(_COMMAND.search(line))
    return "\n".join(lines) + "\n"


def _line(line: str) -> str:
    if not line.strip():
        return ""
    if numbered := _NUMBERED.fullmatch(line):
        return f"{numbered[1]}. **{_escaped(numbered[2])}**  "
    inner = _ITEM.fullmatch(line)
    if inner and (quoted := _QUOTED.fullmatch(inner[1])) and not inner[1][0].isupper():
        return f"- {_escaped(quoted[1])}: {_code(quoted[2])}"
    if named := _NAMED.fullmatch(line):
        if named[1].startswith("Suggested"):
            return f"**{named[1]}:** {_code(named[2])}  "
        return f"**{named[1]}:** {_escaped(named[2])}  "
    before = "   " if inner else ""
    return f"{before}{_escaped(inner[1] if inner else line)}  "


def _code(text: str) -> str:
    """As code that no backtick in it ends (CommonMark 6.1)."""
    longest = max((len(run) for run in _TICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
