"""What is done with a secret that the structure of a text shows: its mask takes its place, and who asks is told."""

from collections.abc import Callable, Iterator
from typing import Any

Hide = Callable[[Any, str], str]  # (the value, its mask) -> what stands in its place
_LEAST_KEY = 16  # letters of what is looked for though no digit is in it
MAX_DEPTH = 4  # texts within texts that are taken apart; what lies deeper is left to the sweep


def mask_only(value: Any, mask: str) -> str:  # noqa: ARG001
    return mask


class Noting:
    """Masks, and keeps the texts that it masked in `hidden`."""

    def __init__(self) -> None:
        self.hidden: list[str] = []

    def __call__(self, value: Any, mask: str) -> str:
        self.hidden.extend(_texts(value))
        return mask


def _texts(value: Any) -> Iterator[str]:
    """Of an object, whose members say more than the secret alone, words such as `bearer` are none to look for."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting.extend(item for item in one.values() if not (isinstance(item, str) and _is_word(item)))
        elif isinstance(one, list | tuple):
            waiting.extend(getattr(item, "value", item) for item in one)
        elif not isinstance(one, bool) and one is not None:
            yield getattr(one, "text", str(one))


def _is_word(text: str) -> bool:
    return len(text) < _LEAST_KEY and not any(map(str.isdigit, text))
