"""Expressions: a node of the grammar becomes a value, from left to right as in C#."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from console.core.policy.csharp import json_members, lists, literals, members, operators, statics
from console.core.policy.csharp.as_text import text_of
from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.json_values import JArray, add
from console.core.policy.csharp.scope import Scope
from console.core.policy.csharp.syntax import Node
from console.core.policy.csharp.values import Boxed, Lambda, Moment, Out, Sequence, Thing, TypeName

MOST_STEPS = 20_000


class _Stopped(Exception):
    """A `?.` met null: the whole chain is null."""


class Evaluator:
    """One evaluation: what is around it, and how many steps it has taken."""

    def __init__(self, context: Thing, clock: Callable[[], Moment]) -> None:
        self.context, self.clock = context, clock
        self._steps = 0

    def value(self, node: Node, scope: Scope) -> Any:
        """The value of an expression: null where a `?.` in it met null."""
        try:
            return self.link(node, scope)
        except _Stopped:
            return None

    def link(self, node: Node, scope: Scope) -> Any:
        """The same for a part of a chain: where a `?.` meets null, the chain around it stops."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise NotKnown("an expression of so many steps")
        found = _EXPRESSIONS.get(node.kind)
        if found is None:
            raise NotKnown(node.kind.replace("_", " "))
        return found(self, node, scope)

    def identifier(self, node: Node, scope: Scope) -> Any:
        name = node.text
        if scope.has(name):
            return scope.get(name)
        if name == "context":
            return self.context
        named = statics.type_named(name)
        if named is None:
            raise NotKnown(f"the name {name}")
        return named

    def member(self, node: Node, scope: Scope) -> Any:
        target = self.link(node.fields["expression"], scope)
        return self.member_of(target, node.fields["name"].text)

    def member_of(self, target: Any, name: str) -> Any:
        if isinstance(target, TypeName):
            if target.name in statics.NAMESPACES and (inner := statics.type_named(name)) is not None:
                return inner
            return statics.member(name, target.name, self.clock)
        return members.member(target, name)

    def conditional(self, node: Node, scope: Scope) -> Any:
        """`a?.b`: what follows is asked of `a`, unless that is null."""
        first = node.children[0]
        if first.kind == "cast_expression":  # the grammar binds the cast to the first part alone; C# to the whole
            inner = replace(node, children=(first.fields["value"], *node.children[1:]))
            return operators.cast(self.value(inner, scope), operators.type_name(first.fields["type"].text))
        target = self.link(first, scope)
        is_null = target is None or (isinstance(target, Boxed) and target.value is None)
        if is_null:
            raise _Stopped
        bound = scope.child()
        bound.bound = target
        return self.link(node.children[-1], bound)

    def binding(self, node: Node, scope: Scope) -> Any:
        return self.member_of(scope.bound_value(), node.fields["name"].text)

    def element_binding(self, node: Node, scope: Scope) -> Any:
        listed = node.of("bracketed_argument_list") or node
        return self.index_of(scope.bound_value(), self._arguments(listed, scope))

    def index(self, node: Node, scope: Scope) -> Any:
        target = self.link(node.fields["expression"], scope)
        return self.index_of(target, self._arguments(node.fields["subscript"], scope))

    def index_of(self, target: Any, keys: list[Any]) -> Any:
        if len(keys) != 1:
            raise NotKnown("an index of several values")
        return members.index(target, keys[0])

    def call(self, node: Node, scope: Scope) -> Any:
        function, listed = node.fields["function"], node.fields["arguments"]
        if function.kind == "conditional_access_expression":
            return self._conditional_call(function, listed, scope)
        if function.kind == "member_access_expression":
            target = self.link(function.fields["expression"], scope)
            return self._called(target, function.fields["name"], listed, scope)
        if function.kind == "member_binding_expression":
            return self._called(scope.bound_value(), function.fields["name"], listed, scope)
        if function.kind == "identifier" and scope.has(function.text):
            target = scope.get(function.text)
            if isinstance(target, Lambda):
                return target.call(*self._arguments(listed, scope))
        raise NotKnown(f"a call of {function.text[:40]}")

    def _conditional_call(self, function: Node, listed: Node, scope: Scope) -> Any:
        """`a?.b(c)` where the grammar puts the call around the whole."""
        first = function.children[0]
        if first.kind == "cast_expression":
            inner = replace(function, children=(first.fields["value"], *function.children[1:]))
            try:
                made = self._conditional_call(inner, listed, scope)
            except _Stopped:
                made = None
            return operators.cast(made, operators.type_name(first.fields["type"].text))
        target = self.link(first, scope)
        if target is None or (isinstance(target, Boxed) and target.value is None):
            raise _Stopped
        bound = scope.child()
        bound.bound = target
        last = function.children[-1]
        if last.kind == "member_binding_expression":
            return self._called(target, last.fields["name"], listed, scope)
        if last.kind == "member_access_expression":
            return self._called(self.link(last.fields["expression"], bound), last.fields["name"], listed, scope)
        raise NotKnown("this form of a call after ?.")

    def _called(self, target: Any, name: Node, listed: Node, scope: Scope) -> Any:
        type_args = [operators.type_name(one.text) for one in _type_arguments(name)]
        method = (
            name.fields.get("name", name.children[0] if name.children else name).text if name.children else name.text
        )
        names = [_name_of(one) for one in listed.children if one.kind == "argument"]
        args = self._arguments(listed, scope)
        if isinstance(target, TypeName):
            return statics.call(target.name, method, args, type_args)
        return members.call(target, method, args, type_args, names)

    def _arguments(self, listed: Node, scope: Scope) -> list[Any]:
        return [self._argument(one, scope) for one in listed.children if one.kind == "argument"]

    def _argument(self, node: Node, scope: Scope) -> Any:
        words = {child.text for child in node.children if child.kind == child.text}
        if "out" in words:
            return self._out(node.children[-1], scope)
        if "ref" in words:
            raise NotKnown("a ref argument")
        return self.value(node.children[-1], scope)

    def _out(self, node: Node, scope: Scope) -> Out:
        if node.kind == "declaration_expression":
            name = node.fields["name"].text
            scope.declare(name, None)
            return Out(lambda value: scope.set(name, value), operators.type_name(node.fields["type"].text))
        if node.kind == "identifier" and scope.has(node.text):
            return Out(lambda value: scope.set(node.text, value))
        raise NotKnown("this out argument")

    def binary(self, node: Node, scope: Scope) -> Any:
        sign = node.fields["operator"].text
        left_node, right_node = node.fields["left"], node.fields["right"]
        left = self.value(left_node, scope)
        if sign in {"&&", "||"}:
            if operators.truth(left) is (sign == "||"):
                return sign == "||"
            return operators.truth(self.value(right_node, scope))
        if sign == "??":
            is_null = left is None or (isinstance(left, Boxed) and left.value is None)
            return self.value(right_node, scope) if is_null else left
        return _combined(sign, left, self.value(right_node, scope))

    def unary(self, node: Node, scope: Scope) -> Any:
        sign, operand = node.children[0].text, self.value(node.children[-1], scope)
        if sign == "!":
            return not operators.truth(operand)
        if sign == "-":
            return operators.arithmetic("-", 0.0 if isinstance(operand, float) else 0, operand)
        if sign == "+":
            return operand
        raise NotKnown(f"the operator {sign}")

    def choice(self, node: Node, scope: Scope) -> Any:
        is_so = operators.truth(self.value(node.fields["condition"], scope))
        return self.value(node.fields["consequence" if is_so else "alternative"], scope)

    def cast(self, node: Node, scope: Scope) -> Any:
        return operators.cast(self.value(node.fields["value"], scope), operators.type_name(node.fields["type"].text))

    def as_type(self, node: Node, scope: Scope) -> Any:
        value = self.value(node.fields["left"], scope)
        inner = value.value if isinstance(value, Boxed) else value
        name = operators.type_name(node.fields["right"].text)
        return inner if operators.is_of(inner, name) else None

    def is_type(self, node: Node, scope: Scope) -> bool:
        return operators.is_of(self.value(node.fields["left"], scope), operators.type_name(node.fields["right"].text))

    def pattern(self, node: Node, scope: Scope) -> bool:
        value, asked = self.value(node.fields["expression"], scope), node.fields["pattern"]
        inner = value.value if isinstance(value, Boxed) else value
        if asked.kind == "declaration_pattern":
            is_so = operators.is_of(inner, operators.type_name(asked.fields["type"].text))
            scope.declare(asked.fields["name"].text, inner if is_so else None)
            return is_so
        if asked.kind == "constant_pattern":
            return lists.same(inner, self.value(asked.children[0], scope))
        if asked.kind in {"type_pattern", "identifier", "predefined_type"}:
            return operators.is_of(inner, operators.type_name(asked.text))
        raise NotKnown("this pattern")

    def assignment(self, node: Node, scope: Scope) -> Any:
        target, sign = node.fields["left"], node.fields["operator"].text
        value = self.value(node.fields["right"], scope)
        if sign != "=":
            if sign not in {"+=", "-=", "*=", "/=", "%="}:
                raise NotKnown(f"the operator {sign}")
            value = _combined(sign[0], self.value(target, scope), value)
        self.assign(target, value, scope)
        return value

    def assign(self, target: Node, value: Any, scope: Scope) -> None:
        if target.kind == "identifier" and scope.has(target.text):
            scope.set(target.text, value)
        elif target.kind == "element_access_expression":
            holder = self.value(target.fields["expression"], scope)
            keys = self._arguments(target.fields["subscript"], scope)
            members.put_at(holder, keys[0], value)
        else:
            raise NotKnown("an assignment to this")

    def step(self, node: Node, scope: Scope) -> Any:
        """x++, x--, ++x, --x."""
        is_before = node.kind == "prefix_unary_expression"
        sign = node.children[0 if is_before else -1].text
        target = node.children[-1 if is_before else 0]
        if sign not in {"++", "--"}:
            return self.unary(node, scope) if is_before else self._not_null(node, scope)
        before = self.value(target, scope)
        after = operators.arithmetic(sign[0], before, 1)
        self.assign(target, after, scope)
        return after if is_before else before

    def _not_null(self, node: Node, scope: Scope) -> Any:
        raise NotKnown("the operator " + node.children[-1].text)

    def lambda_(self, node: Node, scope: Scope) -> Lambda:
        names = [one.text for one in _parameters(node.fields["parameters"])]
        body = node.fields["body"]

        def call(*values: Any) -> Any:
            inner = scope.child()
            for name, value in zip(names, values, strict=False):
                inner.declare(name, value)
            if body.kind == "block":
                from console.core.policy.csharp.statements import run_body

                return run_body(self, body, inner)
            return self.value(body, inner)

        return Lambda(call)

    def new(self, node: Node, scope: Scope) -> Any:
        of = operators.type_name(node.fields["type"].text)
        listed = node.fields.get("arguments")
        made = statics.new(of, self._arguments(listed, scope) if listed else [], self.clock)
        if (initializer := node.fields.get("initializer")) is not None:
            self._fill(made, initializer, scope)
        return made

    def _fill(self, made: Any, initializer: Node, scope: Scope) -> None:
        for one in initializer.parts:
            if one.kind == "initializer_expression":
                key, value = (self.value(part, scope) for part in one.parts)
                members.add_pair(made, key, value)
            elif one.kind == "assignment_expression" and one.fields["left"].kind == "element_binding_expression":
                key = self._arguments(one.fields["left"].children[-1], scope)[0]
                members.put_at(made, key, self.value(one.fields["right"], scope))
            elif isinstance(made, Sequence | JArray):
                value = self.value(one, scope)
                add(made, json_members.as_token(value)) if isinstance(made, JArray) else made.items.append(value)
            else:
                raise NotKnown("this initializer")

    def array(self, node: Node, scope: Scope) -> Any:
        of = operators.type_name(node.fields["type"].children[0].text) if "type" in node.fields else ""
        filled = node.of("initializer_expression")
        if filled is not None:
            items = [self.value(one, scope) for one in filled.parts]
            guessed = of or ("string" if items and all(operators.is_text(one) for one in items) else "")
            return bytearray(items) if of == "byte" else Sequence(items, "array", guessed)
        size = next((self.value(one, scope) for one in node.fields["type"].children[-1].parts), None)
        return members.empty_array(of, size)

    def anonymous(self, node: Node, scope: Scope) -> Thing:
        made: dict[str, Any] = {}
        name = ""
        for child in node.parts:
            if child.kind == "name_equals" or (
                child.kind == "identifier" and child is not node.parts[-1] and _is_named(node, child)
            ):
                name = child.children[0].text if child.children else child.text
                continue
            value = self.value(child, scope)
            made[name or child.text.rpartition(".")[2]] = value
            name = ""
        return Thing("anonymous", {key: partial(_same, one) for key, one in made.items()})

    def interpolated(self, node: Node, scope: Scope) -> str:
        found = []
        for child in node.children:
            if child.kind == "string_content":
                found.append(literals.unescaped(child.text, is_verbatim="@" in node.children[0].text))
            elif child.kind == "escape_sequence":
                found.append(literals.unescaped(child.text, is_verbatim=False))
            elif child.kind == "interpolation":
                found.append(self._hole(child, scope))
        return "".join(found)

    def _hole(self, node: Node, scope: Scope) -> str:
        parts = node.parts
        if any(one.kind == "interpolation_alignment_clause" for one in parts):
            raise NotKnown("an alignment in a text")
        expression = next(
            one for one in parts if one.kind not in {"interpolation_brace", "interpolation_format_clause"}
        )
        value = self.value(expression, scope)
        form = node.of("interpolation_format_clause")
        if form is not None:
            return text_of(members.call(value, "ToString", [form.text[1:]], [], [""]))
        return text_of(value)

    def default(self, node: Node, scope: Scope) -> Any:
        name = operators.type_name(node.parts[-1].text) if node.parts else ""
        defaults = {"string": None, "bool": False, "int": 0, "object": None, "JObject": None}
        if name not in defaults:
            raise NotKnown("default of this type")
        return defaults[name]


def _same(value: Any) -> Any:
    return value


def _is_named(node: Node, child: Node) -> bool:
    place = node.children.index(child)
    return place + 1 < len(node.children) and node.children[place + 1].text == "="


def _combined(sign: str, left: Any, right: Any) -> Any:
    if sign == "+":
        return operators.add(left, right)
    if sign in {"-", "*", "/", "%"}:
        return operators.arithmetic(sign, left, right)
    if sign in {"==", "!="}:
        return operators.equal(left, right) is (sign == "==")
    if sign in {"<", ">", "<=", ">="}:
        return operators.compare(sign, left, right)
    if sign in {"&", "|"} and isinstance(left, bool) and isinstance(right, bool):
        return (left and right) if sign == "&" else (left or right)
    if sign == "|" and type(left) is type(right) and hasattr(left, "of"):
        return type(left)(left.of, f"{left.name}|{right.name}")
    raise NotKnown(f"the operator {sign}")


def _type_arguments(name: Node) -> tuple[Node, ...]:
    listed = name.of("type_argument_list")
    return (
        listed.parts + tuple(c for c in listed.children if c.kind == "predefined_type" and c not in listed.parts)
        if listed
        else ()
    )


def _name_of(argument: Node) -> str:
    named = argument.fields.get("name") or argument.of("name_colon")
    return named.text.rstrip(": ") if named is not None else ""


def _parameters(node: Node) -> list[Node]:
    if node.kind == "implicit_parameter":
        return [node]
    return [
        one.fields.get("name", one)
        for one in node.children
        if one.kind in {"parameter", "identifier", "implicit_parameter"}
    ]


def _parenthesized(own: Evaluator, node: Node, scope: Scope) -> Any:
    return own.value(node.parts[0] if node.parts else node.children[1], scope)


def _checked(own: Evaluator, node: Node, scope: Scope) -> Any:
    return own.value(node.children[-2], scope)


_EXPRESSIONS: dict[str, Callable[[Evaluator, Node, Scope], Any]] = {
    "identifier": Evaluator.identifier,
    "member_access_expression": Evaluator.member,
    "conditional_access_expression": Evaluator.conditional,
    "member_binding_expression": Evaluator.binding,
    "element_binding_expression": Evaluator.element_binding,
    "element_access_expression": Evaluator.index,
    "invocation_expression": Evaluator.call,
    "binary_expression": Evaluator.binary,
    "prefix_unary_expression": Evaluator.step,
    "postfix_unary_expression": Evaluator.step,
    "conditional_expression": Evaluator.choice,
    "cast_expression": Evaluator.cast,
    "as_expression": Evaluator.as_type,
    "is_expression": Evaluator.is_type,
    "is_pattern_expression": Evaluator.pattern,
    "assignment_expression": Evaluator.assignment,
    "lambda_expression": Evaluator.lambda_,
    "object_creation_expression": Evaluator.new,
    "array_creation_expression": Evaluator.array,
    "implicit_array_creation_expression": Evaluator.array,
    "anonymous_object_creation_expression": Evaluator.anonymous,
    "interpolated_string_expression": Evaluator.interpolated,
    "parenthesized_expression": _parenthesized,
    "default_expression": Evaluator.default,
    "predefined_type": lambda own, node, scope: TypeName(node.text),
    "string_literal": lambda own, node, scope: literals.text(node),
    "verbatim_string_literal": lambda own, node, scope: literals.verbatim(node.text),
    "character_literal": lambda own, node, scope: literals.character(node.text),
    "integer_literal": lambda own, node, scope: literals.integer(node.text),
    "real_literal": lambda own, node, scope: literals.real(node.text),
    "boolean_literal": lambda own, node, scope: node.text == "true",
    "null_literal": lambda own, node, scope: None,
    "checked_expression": _checked,
}
