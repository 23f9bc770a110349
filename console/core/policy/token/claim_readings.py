"""Other ways to read a required claim that nobody has ruled out: where one of them turns the outcome, that is said."""

from collections.abc import Iterator
from typing import Any

from console.core.policy.engine.model import Warned, unsettled
from console.core.policy.token.matching import claim_texts

_MAX_NESTED = 1_000  # texts of one claim; what is nested beyond decides nothing


def plain_texts(value: Any, separator: str | None) -> tuple[str, ...] | None:
    """The texts of a claim that has one reading: a text or a list of texts, split by one character or not at all.

    None for any other, and for one that is empty.
    """
    if type(value) is str:
        if separator is None:
            return (value,)
        return tuple(value.split(separator)) if len(separator) == 1 else None
    if separator is not None or type(value) is not list or not value:
        return None
    for item in value:  # a generator would take as long as all the rest
        if type(item) is not str:
            return None
    return tuple(value)


def turning_readings(
    value: Any, name: str, wanted: tuple[str, ...], *, separator: str | None, is_any: bool, is_met: bool
) -> tuple[Warned, ...]:
    """A warning for each reading that gives another outcome. Everything of the rule must be known."""
    if not wanted:
        return ()
    return tuple(
        unsettled(f"Nobody has confirmed {what} ({name}).")
        for what, texts, asked in _readings(value, wanted, separator)
        if (any if is_any else all)(one in texts for one in asked) != is_met
    )


def _readings(
    value: Any, wanted: tuple[str, ...], separator: str | None
) -> Iterator[tuple[str, frozenset[str], tuple[str, ...]]]:
    items = value if isinstance(value, list) else [value]
    if any(isinstance(item, list | dict) for item in items):
        nested = frozenset(_nested(value))
        yield "whether a list or an object inside a claim is looked into, or compared as its JSON text", nested, wanted
    if not separator:
        return
    whole = claim_texts(value, separator=None)
    if isinstance(value, list):
        yield "whether the separator splits the elements of a list, too", frozenset(whole), wanted
    if len(separator) > 1:
        split = frozenset(part for text in whole for part in _at_each(text, separator))
        yield "whether a separator of several characters is one text or a choice of them", split, wanted
    if any(separator in one for one in wanted):
        asked = tuple(part for one in wanted for part in one.split(separator) if part)
        found = frozenset(claim_texts(value, separator=separator))
        yield "whether the separator splits the value in the policy, too", found, asked


def _nested(value: Any) -> list[str]:
    """The texts of a claim with those of the lists inside it; of objects none."""
    found: list[str] = []
    waiting = [value]
    while waiting and len(found) < _MAX_NESTED:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif not isinstance(one, dict):
            found += claim_texts(one, separator=None)
    return found


def _at_each(text: str, separator: str) -> list[str]:
    for one in separator[1:]:
        text = text.replace(one, separator[0])
    return text.split(separator[0])
