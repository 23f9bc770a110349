"""The comparison of two policy texts, line by line."""

import pytest

from console.core.policy.repair.diff import compare
from console.core.policy.repair.proposal import DiffLine

OLD = "\n".join(f"line {number}" for number in range(1, 10))


def told(old: str, new: str) -> list[str]:
    return [f"{line.mark}{line.text}" for line in compare(old, new)]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (OLD, []),
        (OLD.replace("line 5", "new"), [" line 3", " line 4", "-line 5", "+new", " line 6", " line 7"]),
        (OLD.replace("line 1\n", ""), ["-line 1", " line 2", " line 3"]),
        (OLD + "\nmore", [" line 8", " line 9", "+more"]),
    ],
)
def test_two_lines_around_a_change_are_shown(new, expected):
    assert told(OLD, new) == expected


def test_line_numbers_are_those_of_each_text():
    assert compare("a\nb\nc", "a\nx\ny\nc") == (
        DiffLine(" ", "a", 1, 1),
        DiffLine("-", "b", 2, None),
        DiffLine("+", "x", None, 2),
        DiffLine("+", "y", None, 3),
        DiffLine(" ", "c", 3, 4),
    )


def test_lines_between_two_changes_are_left_out():
    new = OLD.replace("line 1\n", "first\n").replace("line 9", "last")
    assert told(OLD, new) == ["-line 1", "+first", " line 2", " line 3", " line 7", " line 8", "-line 9", "+last"]


def test_a_text_that_changed_all_over_is_not_compared_line_by_line():
    old, new = "\n".join(map(str, range(3_000))), "\n".join(str(-number - 1) for number in range(3_000))
    assert len(compare(old, new)) == 6_000
