"""Which column says what, by what stands in it: for exports whose columns have names that nobody knows."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from http import HTTPMethod, HTTPStatus

from console.core.triage.moments import moment_of_row
from console.core.triage.shape import says_access, status_in

_LEAST = 3  # values from which something may be concluded
_STATUSES = frozenset(int(one) for one in HTTPStatus) | {
    419,
    420,
    430,
    444,
    494,
    495,
    496,
    497,
    498,
    499,
    520,
    521,
    522,
}
_METHODS = frozenset(str(one) for one in HTTPMethod)
_PATH = re.compile(r"(?:[A-Z]{3,10} )?(?:https?://|/)\S*(?: HTTP/[\d.]{1,3})?")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?|(?=[0-9a-fA-F]*:)[0-9a-fA-F:]{6,39}")
_NUMBER = re.compile(r"[\d.,]+")


def columns_by_values(rows: Sequence[Mapping[str, str]], known: Collection[str]) -> dict[str, str]:
    """The column of each name that is in none of `known` and that one column alone looks like.

    Where two columns look alike, neither is taken: a person has to say.
    """
    values: dict[str, list[str]] = {}
    for row in rows:
        for column, value in row.items():
            if column not in known and value and len(values) < _MOST:
                values.setdefault(column, []).append(value)
    found: dict[str, str] = {}
    for name, looks_so in _KINDS.items():
        like = [column for column, listed in values.items() if len(listed) >= _LEAST and all(map(looks_so, listed))]
        if len(like) == 1:
            found[name] = like[0]
            del values[like[0]]
    messages = [column for column, listed in values.items() if _are_messages(listed)]
    return {**found, "message": messages[0]} if len(messages) == 1 else found


_MOST = 300  # columns that are looked at


def _is_status(value: str) -> bool:
    return status_in(value) in _STATUSES


def _is_time(value: str) -> bool:
    moment = moment_of_row(value) if len(value) < 60 else None
    return moment is not None and moment > 1_000_000_000  # of a plain number: since 2001


def _are_messages(values: Sequence[str]) -> bool:
    """Sentences, of which one at least speaks of what refuses a call."""
    said = [value for value in values if " " in value.strip() and not _NUMBER.fullmatch(value)]
    return bool(said) and len(said) * 2 > len(values) and any(map(says_access, said))


_KINDS: Mapping[str, Callable[[str], bool]] = {
    "status": _is_status,
    "time": _is_time,
    "method": lambda value: value.upper() in _METHODS,
    "url": lambda value: _PATH.fullmatch(value) is not None,
    "caller": lambda value: _ADDRESS.fullmatch(value) is not None,
}
