"""Casts, `as`, `is` and patterns."""

from typing import Any

from console.core.policy.csharp import (
    casts,
    lists,
)
from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.node import Node
from console.core.policy.csharp.scope import Evaluates, Scope
from console.core.policy.csharp.values import Boxed


def cast_to(own: Evaluates, node: Node, scope: Scope) -> Any:
    return casts.cast(own.value(node.fields["value"], scope), casts.type_name(node.fields["type"].text))


def as_type(own: Evaluates, node: Node, scope: Scope) -> Any:
    value = own.value(node.fields["left"], scope)
    inner = value.value if isinstance(value, Boxed) else value
    name = casts.type_name(node.fields["right"].text)
    return inner if casts.is_of(inner, name) else None


def is_type(own: Evaluates, node: Node, scope: Scope) -> bool:
    return casts.is_of(own.value(node.fields["left"], scope), casts.type_name(node.fields["right"].text))


def pattern(own: Evaluates, node: Node, scope: Scope) -> bool:
    value, asked = own.value(node.fields["expression"], scope), node.fields["pattern"]
    inner = value.value if isinstance(value, Boxed) else value
    if asked.kind == "declaration_pattern":
        is_so = casts.is_of(inner, casts.type_name(asked.fields["type"].text))
        scope.declare(asked.fields["name"].text, inner if is_so else None)
        return is_so
    if asked.kind == "constant_pattern":
        return lists.same(inner, own.value(asked.children[0], scope))
    if asked.kind in {"type_pattern", "identifier", "predefined_type"}:
        return casts.is_of(inner, casts.type_name(asked.text))
    raise NotKnown("this pattern")
