"""What may be used once: a mark is kept of each, until nobody would take it any more."""

from dataclasses import replace

from console.sandbox.ids import hash_of
from console.sandbox.state import State, UsedAssertion

REMEMBERED = 500


def mark(owner: str, value: str, *, until: int) -> UsedAssertion:
    """What is remembered of a value that `owner` may use once, `until` epoch seconds."""
    return UsedAssertion(hash_of(f"{owner}\n{value}"), until)


def is_used(state: State, one: UsedAssertion) -> bool:
    return any(used.key == one.key for used in state.used_assertions)


def remember(state: State, one: UsedAssertion, *, now: int) -> State:
    """The state that knows it was used."""
    valid = tuple(used for used in state.used_assertions if used.until >= now)
    return replace(state, used_assertions=(*valid, one)[-REMEMBERED:])
