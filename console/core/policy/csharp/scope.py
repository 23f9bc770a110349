"""Local variables, by block."""

from typing import Any

from console.core.policy.csharp.faults import NotKnown

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
        assert self._outer is not None
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
