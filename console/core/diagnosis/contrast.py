"""Two values letter under letter: what they share, where they differ, and the same in words."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "differs", "gap"]
_WORD = re.compile(r"[^\W_]+|.", re.DOTALL)
MAX_COMPARED = 400  # characters: what is longer is shown unmarked
ALIKE = 0.4  # of the letters must be shared: below it nothing lies under anything, and a mark would cover all
MAX_GAP = 40
NAMED = 3  # differences that are told in words


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one value. A gap stands for what only the other value has: its text is as many dots, and no part
    of the value."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Contrast:
    """Both values in pieces. `told` says the difference in a sentence, "" where the values have nothing in common."""

    actual: tuple[Stretch, ...]
    expected: tuple[Stretch, ...]
    told: str = ""


def contrast(actual: str, expected: str) -> Contrast:
    """The two beside each other. The texts of all pieces but the gaps make the value again."""
    plain = Contrast(_whole(actual), _whole(expected))
    if max(len(actual), len(expected)) > MAX_COMPARED or actual == expected or not (actual and expected):
        return plain
    edits = _edits(actual, expected)
    shared = sum(len(mine) for mine, other in edits if mine == other)
    if shared < ALIKE * max(len(actual), len(expected)):
        return plain
    return Contrast(
        _merged([piece for mine, other in edits for piece in _pieces(mine, other)]),
        _merged([piece for mine, other in edits for piece in _pieces(other, mine)]),
        _told(actual, expected, edits),
    )


def likeness(actual: str, expected: str) -> float:
    """How much two values share, from 0 to 1; 0 for what is too long to be compared."""
    if max(len(actual), len(expected)) > MAX_COMPARED:
        return 0.0
    return SequenceMatcher(None, actual, expected, autojunk=False).ratio()


def _edits(actual: str, expected: str) -> list[tuple[str, str]]:
    """The values cut into pairs that belong together; equal ones are shared. Word by word, and within words that are
    equally long letter by letter."""
    mine, other = _WORD.findall(actual), _WORD.findall(expected)
    pairs: list[tuple[str, str]] = []
    for _, a, b, c, d in SequenceMatcher(None, mine, other, autojunk=False).get_opcodes():
        pairs += _letters("".join(mine[a:b]), "".join(other[c:d]))
    return pairs


def _letters(mine: str, other: str) -> list[tuple[str, str]]:
    """One pair, or one for each letter where most letters of two equally long words are the same."""
    if mine == other or len(mine) != len(other):
        return [(mine, other)]
    alike = sum(a == b for a, b in zip(mine, other, strict=True))
    return list(zip(mine, other, strict=True)) if 2 * alike > len(mine) else [(mine, other)]


def _pieces(own: str, other: str) -> list[Stretch]:
    """A stretch of one value, filled up to the length of the other's."""
    if own == other:
        return [Stretch("same", own)]
    found = [Stretch("differs", own)] if own else []
    missing = len(other) - len(own)
    return [*found, Stretch("gap", "·" * missing)] if 0 < missing <= MAX_GAP else found


def _merged(pieces: list[Stretch]) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    for piece in pieces:
        if found and found[-1].kind == piece.kind:
            found[-1] = Stretch(piece.kind, found[-1].text + piece.text)
        else:
            found.append(piece)
    return tuple(found)


def _whole(value: str) -> tuple[Stretch, ...]:
    return (Stretch("same", value),) if value else ()


def _told(actual: str, expected: str, edits: list[tuple[str, str]]) -> str:
    if actual.casefold() == expected.casefold():
        return "Only capital and small letters differ."
    if actual.rstrip("/") == expected.rstrip("/"):
        return f"Only the slash at the end differs: the first {'has' if actual.endswith('/') else 'lacks'} it."
    differing = _joined(edits)
    told = [_one(*pair) for pair in differing[:NAMED]]
    more = ", and more" if len(differing) > NAMED else ""
    return f"They differ in this: {'; '.join(told)}{more}."


def _joined(edits: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The differences, those that touch each other as one."""
    found: list[tuple[str, str]] = []
    is_beside = False
    for mine, other in edits:
        if mine == other:
            is_beside = False
        elif is_beside:
            found[-1] = (found[-1][0] + mine, found[-1][1] + other)
        else:
            found.append((mine, other))
            is_beside = True
    return found


def _one(mine: str, other: str) -> str:
    if not other:
        return f"the first has “{mine}” besides"
    return f"the first lacks “{other}”" if not mine else f"“{mine}” instead of “{other}”"
