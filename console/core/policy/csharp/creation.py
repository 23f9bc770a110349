"""Expressions that make something: objects, arrays, lambdas and texts with holes."""

from functools import partial
from typing import Any

from console.core.policy.csharp import (
    casts,
    constructors,
    json_members,
    list_methods,
    literals,
    members,
    operators,
    patterns,
)
from console.core.policy.csharp.as_text import text_of
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.formats import shaped
from console.core.policy.csharp.json_values import JArray, add
from console.core.policy.csharp.node import Node
from console.core.policy.csharp.scope import Evaluates, Scope
from console.core.policy.csharp.texts import aligned
from console.core.policy.csharp.values import MAX_ITEMS, Char, Lambda, Sequence, Thing, tuple_thing


def lambda_of(own: Evaluates, node: Node, scope: Scope) -> Lambda:
    names = [one.text for one in _parameters(node.fields["parameters"])]
    body = node.fields["body"]

    def call(*values: Any) -> Any:
        inner = scope.child()
        for name, value in zip(names, values, strict=False):
            inner.declare(name, value)
        if body.kind == "block":
            from console.core.policy.csharp.statements import run_body

            return run_body(own, body, inner)
        return own.value(body, inner)

    return Lambda(call)


def new_object(own: Evaluates, node: Node, scope: Scope) -> Any:
    of = casts.type_name(node.fields["type"].text)
    listed = node.fields.get("arguments")
    own.step_on(patterns.STEPS if of == "Regex" else 0)
    made = constructors.new(of, own.arguments(listed, scope) if listed else [], own.clock)
    if (initializer := node.fields.get("initializer")) is not None:
        _fill(own, made, initializer, scope)
    return made


def _fill(own: Evaluates, made: Any, initializer: Node, scope: Scope) -> None:
    for one in initializer.parts:
        if one.kind == "initializer_expression":
            key, value = (own.value(part, scope) for part in one.parts)
            members.add_pair(made, key, value)
        elif one.kind == "assignment_expression" and one.fields["left"].kind == "element_binding_expression":
            left = one.fields["left"]
            key = own.arguments(left.of("bracketed_argument_list") or left, scope)[0]
            members.put_at(made, key, own.value(one.fields["right"], scope))
        elif isinstance(made, Sequence | JArray):
            value = own.value(one, scope)
            if isinstance(made, JArray):
                add(made, json_members.as_token(value))
            else:
                list_methods.call(made, "Add", [value], [])
        else:
            raise NotKnown("this initializer")


def array(own: Evaluates, node: Node, scope: Scope) -> Any:
    of = casts.type_name(node.fields["type"].children[0].text) if "type" in node.fields else ""
    filled = node.of("initializer_expression")
    if filled is not None:
        items = [own.value(one, scope) for one in filled.parts]
        guessed = of or ("string" if items and all(operators.is_text(one) for one in items) else "")
        return bytearray(items) if of == "byte" else Sequence(items, "array", guessed)
    size = next((own.value(one, scope) for one in node.fields["type"].children[-1].parts), None)
    return _empty_array(of, size)


def anonymous(own: Evaluates, node: Node, scope: Scope) -> Thing:
    made: dict[str, Any] = {}
    name = ""
    for child in node.parts:
        if child.kind == "name_equals" or (
            child.kind == "identifier" and child is not node.parts[-1] and _is_named(node, child)
        ):
            name = child.children[0].text if child.children else child.text
            continue
        value = own.value(child, scope)
        made[name or child.text.rpartition(".")[2]] = value
        name = ""
    return Thing("anonymous", {key: partial(_same, one) for key, one in made.items()})


def interpolated(own: Evaluates, node: Node, scope: Scope) -> str:
    found = []
    for child in node.children:
        if child.kind == "string_content":
            found.append(literals.unescaped(child.text, is_verbatim="@" in node.children[0].text))
        elif child.kind == "escape_sequence":
            found.append(literals.unescaped(child.text, is_verbatim=False))
        elif child.kind == "interpolation":
            found.append(_hole(own, child, scope))
    return "".join(found)


def _hole(own: Evaluates, node: Node, scope: Scope) -> str:
    parts = node.parts
    width = node.of("interpolation_alignment_clause")
    others = {"interpolation_brace", "interpolation_format_clause", "interpolation_alignment_clause"}
    expression = next(one for one in parts if one.kind not in others)
    value = own.value(expression, scope)
    form = node.of("interpolation_format_clause")
    if form is not None and "\\" in form.text:
        raise NotKnown("this format")
    shown = shaped(value, form.text[1:]) if form is not None else text_of(value)
    return aligned(shown, width.text[1:]) if width is not None else shown


def default(own: Evaluates, node: Node, scope: Scope) -> Any:
    name = casts.type_name(node.parts[-1].text) if node.parts else ""
    defaults = {"string": None, "bool": False, "int": 0, "object": None, "JObject": None}
    if name not in defaults:
        raise NotKnown("default of this type")
    return defaults[name]


def _same(value: Any) -> Any:
    return value


def _is_named(node: Node, child: Node) -> bool:
    place = node.children.index(child)
    return place + 1 < len(node.children) and node.children[place + 1].text == "="


def _parameters(node: Node) -> list[Node]:
    if node.kind == "implicit_parameter":
        return [node]
    return [
        one.fields.get("name", one)
        for one in node.children
        if one.kind in {"parameter", "identifier", "implicit_parameter"}
    ]


def _empty_array(of: str, size: Any) -> Any:
    """new T[n]."""
    if isinstance(size, bool) or not isinstance(size, int):
        raise NotKnown("an array of unknown size")
    if size < 0:
        raise Thrown("OverflowException")
    if size > MAX_ITEMS:
        raise NotKnown("an array of this size")
    if of == "byte":
        return bytearray(size)
    defaults = {"string": None, "int": 0, "bool": False, "object": None, "char": Char("\0")}
    if of not in defaults:
        raise NotKnown(f"an array of {of}")
    return Sequence([defaults[of]] * size, "array", of)


def tuple_of(own: Evaluates, node: Node, scope: Scope) -> Thing:
    """`(1, name: "x")`."""
    given = [one for one in node.children if one.kind == "argument"]
    names = [one.children[0].text if one.children[1:2] and one.children[1].text == ":" else "" for one in given]
    return tuple_thing([own.value(one.children[-1], scope) for one in given], names)
