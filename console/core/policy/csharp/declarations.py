"""What a block declares: local variables and local functions."""

from typing import Any

from console.core.policy.csharp import casts
from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.node import Node
from console.core.policy.csharp.scope import Evaluates, Scope
from console.core.policy.csharp.values import Boxed, Lambda, Sequence, Thing
from console.core.policy.csharp.xml_values import XNamespace, name_of


def declare(own: Evaluates, node: Node, scope: Scope) -> None:
    """`T a = ..., b = ...;`"""
    declaration = node.of("variable_declaration")
    if declaration is None:
        raise NotKnown("this declaration")
    declare_all(own, declaration, scope)


def declare_all(own: Evaluates, declaration: Node, scope: Scope) -> None:
    kind = casts.type_name(declaration.fields["type"].text)
    for one in declaration.parts:
        if one.kind != "variable_declarator":
            continue
        named = one.fields.get("name", one.children[0])
        if named.kind == "tuple_pattern":
            _declare_each(named, own.value(one.children[-1], scope), scope)
            continue
        if named.kind != "identifier":
            raise NotKnown("this declaration")
        scope.declare(named.text, _fitting(_first_value(own, one, kind, scope), kind))


def _declare_each(pattern: Node, value: Any, scope: Scope) -> None:
    """`var (a, b) = ...` of a tuple."""
    names = [one.text for one in pattern.parts if one.kind == "identifier"]
    if not isinstance(value, Thing) or value.name != "tuple" or f"Item{len(names) + 1}" in value.members:
        raise NotKnown("this declaration")
    for place, name in enumerate(names):
        scope.declare(name, value.members[f"Item{place + 1}"]())


def _first_value(own: Evaluates, declarator: Node, kind: str, scope: Scope) -> Any:
    if len(declarator.children) < 2:
        return None
    given = declarator.children[-1]
    if given.kind == "initializer_expression" and kind.endswith("[]") and kind != "byte[]":
        return Sequence([own.value(one, scope) for one in given.parts], "array", kind[:-2])
    return own.value(given, scope)


_OTHER_NUMBERS = frozenset({"uint", "ulong", "ushort", "sbyte", "short", "float", "decimal"})  # count otherwise


def _fitting(value: Any, kind: str) -> Any:
    """A value as the declared type holds it; object hides what it is, and numbers widen."""
    if kind == "object":
        return value if isinstance(value, Boxed) else Boxed(value)
    if kind in {"long", "double"} and isinstance(value, int) and not isinstance(value, bool):
        return casts.converted(value, kind)
    if kind == "dynamic":
        return casts.as_dynamic(value)
    if kind in _OTHER_NUMBERS:
        raise NotKnown(f"a variable of type {kind}")
    if kind in {"XNamespace", "XName"} and isinstance(value, str):
        return XNamespace(str(value)) if kind == "XNamespace" else name_of(value)
    if isinstance(value, Boxed) and kind not in {"var", "object"}:
        raise NotKnown("an object in a variable of another type")
    return value


def declare_functions(own: Evaluates, block: Node, scope: Scope) -> None:
    """The local functions of a block, which all of the block may call."""
    for child in block.children:
        if child.kind == "local_function_statement":
            scope.declare(child.fields["name"].text, _function(own, child, scope))


def _function(own: Evaluates, node: Node, scope: Scope) -> Lambda:
    parameters = [one for one in node.fields["parameters"].children if one.kind == "parameter"]
    if any(len(one.parts) > 2 or one.of("modifier") is not None for one in parameters):
        raise NotKnown("this form of a local function")  # defaults, out, ref, params
    names = [one.fields["name"].text for one in parameters]
    kinds = [casts.type_name(one.fields["type"].text) for one in parameters]
    body = node.fields["body"]

    def call(*values: Any) -> Any:
        if len(values) != len(names):
            raise NotKnown("this form of a local function")
        inner = scope.child()
        for name, kind, value in zip(names, kinds, values, strict=True):
            inner.declare(name, _fitting(value, kind))
        if body.kind == "block":
            return own.run_body(own, body, inner)
        return own.value(body.children[-1], inner)

    return Lambda(call)
