"""Texts that a pattern may be slow on, derived from its own parse tree: each repeated part after what leads to it."""

import re
from collections.abc import Iterator
from re import _compiler as compiler
from re import _constants as op
from re import _parser as parser

_CATEGORY = {
    op.CATEGORY_DIGIT: "1", op.CATEGORY_NOT_DIGIT: "a", op.CATEGORY_SPACE: " ", op.CATEGORY_NOT_SPACE: "a",
    op.CATEGORY_WORD: "a", op.CATEGORY_NOT_WORD: " ",
}  # fmt: skip
_PLAIN = "a 1=\"<-./'\n\t_A:;,{}()&%@!"
GENERIC = ("<!--", "a", " ", '"', "'", "=", "1", "\n", "/", ".", "-", "<a ", "a.", "{", "&#1;", "\\", "a@a.")
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def alternatives(pattern: re.Pattern) -> list[tuple[re.Pattern, parser.SubPattern]]:
    """The pattern with its parse tree; one of many alternatives as its alternatives, since their work adds up."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    if len(tree) != 1 or tree[0][0] is not op.BRANCH or isinstance(pattern.pattern, bytes):
        return [(pattern, tree)]
    return [(compiler.compile(branch, pattern.flags), branch) for branch in tree[0][1][1]]


def repeats(tree: parser.SubPattern) -> bool:
    """Whether any part may stand more than once; without such a part the work at each place is the same at most."""
    return any((code in _REPEATS and value[1] > 1) or any(map(repeats, _inner(code, value))) for code, value in tree)


def seeds(tree: parser.SubPattern, *, is_bytes: bool = False) -> list[tuple[str, str]]:
    """(what comes first, what is repeated) pairs."""
    found: dict[tuple[str, str], None] = {("", one): None for one in GENERIC}
    chars = list(dict.fromkeys(_characters(tree)))[:5]
    befores = list(dict.fromkeys(_befores(tree, "")))[:10]
    for before in befores:
        for one in chars:
            found[before, one] = None
        if before:
            found["", before] = found["", before + " "] = None
            found["", before + (chars[0] if chars else "a")] = None
    for before, body in list(dict.fromkeys(_bodies(tree, "")))[:20]:
        found[before, body] = None
        found["", before + body * 2] = None
    return [pair for pair in found if pair[1] and (not is_bytes or (pair[0] + pair[1]).isascii())]


def _befores(tree, before: str) -> Iterator[str]:
    """What stands before each part, at any depth."""
    for code, value in tree:
        yield before
        for inner in _inner(code, value):
            yield from _befores(inner, before)
        before += _sample(code, value)
    yield before


def _bodies(tree, before: str) -> Iterator[tuple[str, str]]:
    """Each repeated part, and each alternative, with what stands before it."""
    for code, value in tree:
        if code in _REPEATS:
            yield before, _text(value[2])
            for one in _characters(value[2]):
                yield before, one
        elif code is op.BRANCH:
            for branch in value[1]:
                yield before, _text(branch)
        for inner in _inner(code, value):
            yield from _bodies(inner, before)
        before += _sample(code, value)


def _inner(code, value) -> list:
    if code in _REPEATS:
        return [value[2]]
    if code is op.SUBPATTERN:
        return [value[3]]
    if code is op.BRANCH:
        return list(value[1])
    if code is op.ATOMIC_GROUP:
        return [value]
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    if code is op.GROUPREF_EXISTS:
        return [one for one in value[1:] if one is not None]
    return []


def _text(tree) -> str:
    return "".join(_sample(code, value) for code, value in tree)


def _sample(code, value) -> str:
    """A short text that the part matches."""
    if code is op.LITERAL:
        return chr(value)
    if code in (op.IN, op.NOT_LITERAL, op.ANY):
        return next(iter(_of_set(code, value)), "a")
    if code in _REPEATS:
        return _text(value[2]) * max(value[0], 1 if value[1] else 0)
    if code is op.BRANCH:
        return _text(value[1][0])
    if code is op.SUBPATTERN:
        return _text(value[3])
    if code is op.ATOMIC_GROUP:
        return _text(value)
    return ""


def _characters(tree) -> Iterator[str]:
    """Characters that stand for each set and each single letter of the pattern."""
    for code, value in tree:
        if code in (op.IN, op.NOT_LITERAL, op.ANY):
            yield from _of_set(code, value)
        elif code is op.LITERAL and not chr(value).isalpha():
            yield chr(value)
        for inner in _inner(code, value):
            yield from _characters(inner)


def _of_set(code, value) -> list[str]:
    """Up to three members of a set, the plainest first."""
    if code is op.ANY:
        return ["a", " "]
    if code is op.NOT_LITERAL:
        return [one for one in _PLAIN if one != chr(value)][:2]
    is_negated = bool(value) and value[0][0] is op.NEGATE
    members = value[1:] if is_negated else value
    if is_negated:
        return [one for one in _PLAIN if not _holds(members, one)][:3]
    plain = [one for one in _PLAIN if _holds(members, one)]
    return [*plain[:3], *(_first(member) for member in members[:2])]


def _first(member) -> str:
    kind, value = member
    if kind is op.LITERAL:
        return chr(value)
    return chr(value[0]) if kind is op.RANGE else _CATEGORY.get(value, "a")


def _holds(members, character: str) -> bool:
    for kind, value in members:
        if kind is op.LITERAL and chr(value) == character:
            return True
        if kind is op.RANGE and value[0] <= ord(character) <= value[1]:
            return True
        if kind is op.CATEGORY and re.match(_CLASS[value], character):
            return True
    return False


_CLASS = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s", op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
