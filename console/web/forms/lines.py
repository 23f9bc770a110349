"""Fields of many lines: each line that cannot be used is told with its number, so that all are mended at once."""

from collections.abc import Callable, Iterator, Sequence

from django import forms

MOST_TOLD = 10  # of one field; who has more sees the others once these are mended


def refuse(problems: Sequence[str]) -> None:
    """Raises ValidationError with all of them, as far as they can be read; does nothing without any."""
    if problems:
        raise forms.ValidationError(told(problems))


def told(problems: Sequence[str]) -> list[str]:
    """The first of them, and how many are left."""
    more = len(problems) - MOST_TOLD
    if more <= 0:
        return list(problems)
    left = "One more line is" if more == 1 else f"{more} more lines are"
    return [*problems[:MOST_TOLD], f"{left} to be mended: mend these first, then send the form again to see the rest."]


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers from 1, without the blanks around them."""
    return ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip())


def problems_of(text: str, check: Callable[[str], None]) -> list[str]:
    """What a check that raises ValidationError says of each line, behind its number; of a single line without one."""
    lines, found = list(numbered(text)), list[str]()
    for number, line in lines:
        try:
            check(line)
        except forms.ValidationError as error:
            found += [f"Line {number}: {problem}" if len(lines) > 1 else problem for problem in error.messages]
    return found
