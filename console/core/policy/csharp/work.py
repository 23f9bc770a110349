"""How much work expressions may be: whoever writes a policy has the console run it, and others open its page.

Counted are steps, and how large each value is when it is made or looked at: whatever is done with a value costs in
proportion to that.
"""

from typing import Any

from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.json_values import JArray, JObject, JProperty, JToken
from console.core.policy.csharp.values import Boxed, Builder, Dictionary, Dynamic, Sequence, Thing
from console.core.policy.csharp.xml_values import XDocument, XElement

MOST_STEPS = 20_000
MOST_MADE = 5_000_000  # characters, and parts of lists and JSON, that all values of one evaluation may have
MOST_IN_ONE = 1_000_000  # the same of one value
MOST_STEPS_OF_A_CALL = 300_000  # of all expressions that one judgement of a call evaluates
_PART = 10  # what an element or a JSON token counts, in characters


class Purse:
    """What is left for the expressions of one judgement. Changed by each evaluation."""

    def __init__(self, steps: int = MOST_STEPS_OF_A_CALL) -> None:
        self.steps = steps

    def __eq__(self, other: object) -> bool:
        """What is left makes no judgement another one."""
        return isinstance(other, Purse)

    __hash__ = None  # type: ignore[assignment]


class Effort:
    """What one evaluation has done so far; NotKnown when that is too much."""

    def __init__(self, purse: Purse) -> None:
        self._purse, self._steps, self._made = purse, 0, 0

    def step(self, count: int = 1) -> None:
        self._steps += count
        self._purse.steps -= count
        if self._steps > MOST_STEPS:
            raise NotKnown("an expression of so many steps")
        if self._purse.steps < 0:
            raise NotKnown("expressions of so many steps together")

    def mended(self, size: int) -> None:
        """The grammar mends a text of that size that is no C#: many times the work of reading it, for the judgement."""
        self._purse.steps -= 8 * size

    def made(self, value: Any) -> None:
        size = size_of(value)
        self._made += size
        if self._made > MOST_MADE:
            raise NotKnown("an expression that makes so much text")
        self.step(size // 100)


def size_of(value: Any) -> int:
    """Characters and parts of a value, each part as often as it is found in it; NotKnown for too much in one."""
    if isinstance(value, _TEXTS):
        return len(value)
    if not isinstance(value, _HOLDERS):
        return 0
    if isinstance(value, Thing) and value.name not in _SMALL:
        return _PART
    size, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, _TEXTS):
            size += len(one)
        else:
            held = _held(one)
            size += _PART * (1 + len(held))
            waiting += held
        if size > MOST_IN_ONE:
            raise NotKnown("a value of this size")
    return size


_SMALL = frozenset({"anonymous", "tuple"})  # objects that hold what an expression put into them
_TEXTS = (str, bytes, bytearray)  # made once: this is asked of each value that is looked at
_HOLDERS = (Sequence, Dictionary, JToken, Builder, Boxed, Dynamic, Thing, XElement, XDocument)
_MEASURED, _LISTS = (*_TEXTS, *_HOLDERS), (Sequence, JArray)


def _held(value: Any) -> list[Any]:
    """What a value holds; of an object of the gateway nothing, which is made when it is asked for."""
    if isinstance(value, _LISTS):
        return list(value.items)
    if isinstance(value, Dictionary):
        return [*value.items, *value.items.values()]
    if isinstance(value, JObject):
        return [*value.members, *value.members.values()]
    if isinstance(value, JProperty):
        return [value.name, value.value]
    if isinstance(value, XElement):
        return [*value.nodes, *(one.value for one in value.attributes)]
    if isinstance(value, XDocument):
        return [value.root]
    if isinstance(value, Thing):
        return [make() for make in value.members.values()] if value.name in _SMALL else []
    if isinstance(value, Builder):
        return [value.text]
    inner = getattr(value, "value", None)  # of a boxed value or a JSON one
    return [inner] if isinstance(inner, _MEASURED) else []
