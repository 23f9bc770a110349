"""What an edit changed, line by line, with a little of what stands around it."""

from difflib import SequenceMatcher

from console.core.policy.repair.proposal import DiffLine

AROUND = 2
_MOST_COMPARED = 2_000


def compare(old: str, new: str) -> tuple[DiffLine, ...]:
    """The changed lines of two texts with two lines of context; lines in between are left out. Empty when equal."""
    before, after = old.splitlines(), new.splitlines()
    head = _same_start(before, after)
    tail = _same_start(before[head:][::-1], after[head:][::-1])
    old_middle, new_middle = before[head : len(before) - tail], after[head : len(after) - tail]
    if not old_middle and not new_middle:
        return ()
    lines = [_kept(before, index, index) for index in range(max(0, head - AROUND), head)]
    lines += _middle(old_middle, new_middle, head)
    shift = len(after) - len(before)
    end = len(before) - tail
    lines += [_kept(before, index, index + shift) for index in range(end, min(len(before), end + AROUND))]
    return tuple(lines)


def _same_start(one: list[str], other: list[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _kept(lines: list[str], old: int, new: int) -> DiffLine:
    return DiffLine(" ", lines[old], old + 1, new + 1)


def _middle(old: list[str], new: list[str], offset: int) -> list[DiffLine]:
    if len(old) + len(new) > _MOST_COMPARED:
        return _replaced(old, new, offset, offset)
    found: list[DiffLine] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            found += _replaced(old[i1:i2], new[j1:j2], offset + i1, offset + j1)
            continue
        near = [index for index in range(i2 - i1) if index < AROUND or index >= i2 - i1 - AROUND]
        found += [DiffLine(" ", old[i1 + index], offset + i1 + index + 1, offset + j1 + index + 1) for index in near]
    return found


def _replaced(old: list[str], new: list[str], old_at: int, new_at: int) -> list[DiffLine]:
    removed = [DiffLine("-", text, old_line=old_at + index + 1) for index, text in enumerate(old)]
    return removed + [DiffLine("+", text, new_line=new_at + index + 1) for index, text in enumerate(new)]
