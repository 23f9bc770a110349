"""Policy expressions, `@(…)` and `@{…}`: where one ends, and what the plainest of them give without running C#."""

import re
from collections.abc import Mapping

MAX_EXPRESSION_CHARS = 512_000
MAX_BRACKETS = 200
NAMED_VALUE = re.compile(r"\{\{\s*+([A-Za-z0-9._-]+)\s*+\}\}")

_CLOSING = {"(": ")", "[": "]", "{": "}"}
# What is passed over in C# code: ordinary characters, comments, strings and character literals. A string that is not
# closed is not passed over, so that the scan ends there.
_PASSED_OVER = r"""(?:
    [^"'/$@()\[\]{}]++
  | //[^\n\r]*+ | (?>/\*.*?\*/) | /(?![/*])
  | @"(?:[^"]++|"")*+" | "(?:[^"\\\n\r]++|\\.)*+"
  | '(?:\\(?:[uUx][0-9a-fA-F]{1,8}|.)|[^'\\\n\r])' | '
  | @(?!"|\$") | \$(?!@?")
)*+"""
_CODE = re.compile(
    _PASSED_OVER + r"""(?:(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<plain>\$")|(?P<verbatim>\$@"|@\$"))""", re.X | re.S
)
# Inside an interpolated string `{{` and `}}` are braces, and a single brace opens code.
_IN_STRING = {
    "plain": re.compile(r'(?:[^"\\{}\n\r]++|\\.|\{\{|\}\})*+(?:(?P<quote>")|(?P<open>\{))', re.S),
    "verbatim": re.compile(r'(?:[^"{}]++|""|\{\{|\}\})*+(?:(?P<quote>")|(?P<open>\{))', re.S),
}

_WORDS = re.compile(r"true|false|-?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_STRING = r"""(?:@"(?:[^"]|"")*+"|"(?:[^"\\\n\r]|\\.)*+")"""
_STRING_ONLY = re.compile(_STRING)
_CAST = re.compile(r"\(\s*+(?:string|bool|int|long|double|decimal|object|String|Boolean|Int32|Int64)\s*+\??\s*+\)\s*+")
_RETURN = re.compile(r"\s*return\b(.*);\s*", re.S)
_VARIABLE = re.compile(rf"context\s*\.\s*Variables\s*\[\s*({_STRING})\s*\]")
_VARIABLE_OR = re.compile(
    rf"context\s*+\.\s*+Variables\s*+\.\s*+GetValueOrDefault\s*+(?:<[\w.\s?]++>)?\s*+\(\s*+({_STRING})\s*+(?:,(.*))?\)",
    re.S,
)
_TO_STRING = re.compile(r"(.*?)\??\.\s*ToString\s*\(\s*\)", re.S)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{8})|(.))", re.S)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_MAX_PEELS = 12


def is_expression(text: str) -> bool:
    """Whether the whole text is meant as an expression: it begins with `@(` or `@{`."""
    return text.lstrip().startswith(("@(", "@{"))


def end_of(text: str, start: int) -> int | None:
    """The position after the bracket that closes the expression at `start`; None if there is none.

    Strings of every kind, character literals and comments are passed over as C# does.
    """
    if text[start : start + 2] not in ("@(", "@{"):
        return None
    expected = [_CLOSING[text[start + 1]]]
    position, limit = start + 2, min(len(text), start + MAX_EXPRESSION_CHARS)
    while expected and len(expected) <= MAX_BRACKETS:
        match = _IN_STRING.get(expected[-1], _CODE).match(text, position, limit)
        if match is None or not _take(match, expected):
            return None
        position = match.end()
    return None if expected else position


def _take(match: re.Match[str], expected: list[str]) -> bool:
    """Whether the bracket or quotation mark just found fits what is open; `expected` then tells what is open now."""
    kind = match.lastgroup or ""
    if kind == "open":
        expected.append(_CLOSING[match["open"]])
    elif kind in _IN_STRING:
        expected.append(kind)
    elif kind == "quote" or match["close"] == expected[-1]:
        expected.pop()
    else:
        return False
    return True


def is_whole(text: str) -> bool:
    """Whether the text is one expression from its first character to its last, white space aside."""
    trimmed = text.strip()
    return end_of(trimmed, 0) == len(trimmed)


def static_text(expression: str, variables: Mapping[str, str], *, takes_defaults: bool = False) -> str | None:
    """What an expression gives when it is a literal or reads one variable, as text; None if C# would have to run.

    A text that is no expression is its own value. None also while a named value is open in it. With `takes_defaults`
    `GetValueOrDefault` gives its default for a variable that is not in `variables`: only for who knows that nobody,
    no parent scope either, has set it.
    """
    trimmed = expression.strip()
    if NAMED_VALUE.search(trimmed):
        return None
    if not is_expression(trimmed):
        return expression
    if end_of(trimmed, 0) != len(trimmed):
        return None
    body = trimmed[2:-1]
    if trimmed[1] == "{":
        returned = _RETURN.fullmatch(body)
        if returned is None:
            return None
        body = returned[1]
    return _value(body, variables, takes_defaults)


def _value(body: str, variables: Mapping[str, str], takes_defaults: bool) -> str | None:
    core = _peeled(body)
    if (read := _VARIABLE.fullmatch(core)) is not None:
        return _known(variables.get(_unquoted(read[1]) or ""))
    if (read := _VARIABLE_OR.fullmatch(core)) is not None:
        name = _unquoted(read[1]) or ""
        if name in variables or not takes_defaults:
            return _known(variables.get(name))
        return None if read[2] is None else _literal(_peeled(read[2]))
    return _literal(core)


def _peeled(body: str) -> str:
    """The code without casts, brackets around all of it and `.ToString()`, which do not change the text."""
    core = body.strip()
    for _ in range(_MAX_PEELS):
        if (cast := _CAST.match(core)) is not None:
            core = core[cast.end() :].strip()
        elif core.startswith("(") and end_of(f"@{core}", 0) == len(core) + 1:
            core = core[1:-1].strip()
        elif (told := _TO_STRING.fullmatch(core)) is not None:
            core = told[1].strip()
        else:
            break
    return core


def _literal(core: str) -> str | None:
    if _WORDS.fullmatch(core):
        return core
    return _unquoted(core) if _STRING_ONLY.fullmatch(core) else None


def _known(value: str | None) -> str | None:
    """A variable may hold the text of an expression that nobody knows the value of."""
    return None if value is None or is_expression(value) or NAMED_VALUE.search(value) else value


def _unquoted(literal: str) -> str | None:
    """The text of a C# string literal; None if it is no text (half a surrogate pair)."""
    if literal.startswith("@"):
        return literal[2:-1].replace('""', '"')
    text = _ESCAPE.sub(_unescaped, literal[1:-1])
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return None


def _unescaped(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    if digits is None:
        return _ESCAPED.get(match[4], match[4])
    return chr(min(int(digits, 16), 0x10FFFF))


def is_open(text: str) -> bool:
    """Whether only the gateway's runtime knows the value: an expression, or a text with a named value in it."""
    return is_expression(text) or NAMED_VALUE.search(text) is not None
