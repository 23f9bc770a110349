"""Local variables, by block."""

from collections.abc import Callable
from typing import Any, Protocol

from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.node import Node
from console.core.policy.csharp.values import DateValue

_UNBOUND = object()


class Scope:
    """The names of a block and of those around it. `bound` is what `?.` is asked of."""

    def __init__(self, outer: "Scope | None" = None) -> None:
        self._outer, self._names = outer, dict[str, Any]()
        self.bound: Any = _UNBOUND

    def child(self) -> "Scope":
        return Scope(self)

    def has(self, name: str) -> bool:
        return name in self._names or (self._outer is not None and self._outer.has(name))

    def get(self, name: str) -> Any:
        if name in self._names:
            return self._names[name]
        if self._outer is None:
            raise NotKnown(f"the name {name}")
        return self._outer.get(name)

    def declare(self, name: str, value: Any) -> None:
        self._names[name] = value

    def set(self, name: str, value: Any) -> None:
        if name in self._names:
            self._names[name] = value
        elif self._outer is not None:
            self._outer.set(name, value)

    def bound_value(self) -> Any:
        if self.bound is not _UNBOUND:
            return self.bound
        if self._outer is None:
            raise NotKnown("?. outside of a chain")
        return self._outer.bound_value()


RunBody = Callable[["Evaluates", Node, Scope], Any]


class Evaluates(Protocol):
    """Who gives the value of an expression, the values of arguments, what a block returns, and the time."""

    clock: Callable[[], DateValue]
    run_body: RunBody

    def step_on(self, count: int = 1) -> None: ...

    def value(self, node: Node, scope: Scope) -> Any: ...

    def arguments(self, listed: Node, scope: Scope) -> list[Any]: ...
