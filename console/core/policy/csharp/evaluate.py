"""Expressions: a node of the grammar becomes a value, from left to right as in C#."""

from collections.abc import Callable
from typing import Any

from console.core.policy.csharp import (
    casts,
    creation,
    literals,
    members,
    operators,
    patterns,
    statics,
    type_names,
    type_tests,
)
from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.node import Node
from console.core.policy.csharp.scope import RunBody, Scope
from console.core.policy.csharp.syntax import type_arguments
from console.core.policy.csharp.values import Boxed, DateValue, Lambda, Out, Thing, TypeName
from console.core.policy.csharp.work import Effort


class _Stopped(Exception):
    """A `?.` met null: the whole chain is null."""


class Evaluator:
    """One evaluation: what is around it, and how much it has done."""

    def __init__(self, context: Thing, clock: Callable[[], DateValue], run_body: RunBody, effort: Effort) -> None:
        self.context, self.clock, self.run_body = context, clock, run_body
        self._effort = effort

    def value(self, node: Node, scope: Scope) -> Any:
        """The value of an expression: null where a `?.` in it met null."""
        try:
            return self.link(node, scope)
        except _Stopped:
            return None

    def link(self, node: Node, scope: Scope) -> Any:
        """The same for a part of a chain: where a `?.` meets null, the chain around it stops."""
        self.step_on()
        found = _EXPRESSIONS.get(node.kind)
        if found is None:
            raise NotKnown(node.kind.replace("_", " "))
        value = found(self, node, scope)
        self._effort.made(value)
        return value

    def step_on(self, count: int = 1) -> None:
        self._effort.step(count)

    def identifier(self, node: Node, scope: Scope) -> Any:
        name = node.text
        if scope.has(name):
            return scope.get(name)
        if name == "context":
            return self.context
        named = type_names.type_named(name)
        if named is None:
            raise NotKnown(f"the name {name}")
        return named

    def member(self, node: Node, scope: Scope) -> Any:
        target = self.link(node.fields["expression"], scope)
        return self.member_of(target, node.fields["name"].text)

    def member_of(self, target: Any, name: str) -> Any:
        if isinstance(target, TypeName):
            if target.name in type_names.NAMESPACES and (inner := type_names.type_named(name)) is not None:
                return inner
            return statics.member(name, target.name, self.clock)
        return members.member(target, name)

    def conditional(self, node: Node, scope: Scope) -> Any:
        """`a?.b`: what follows is asked of `a`, unless that is null."""
        target = self.link(node.children[0], scope)
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
        return self.index_of(scope.bound_value(), self.arguments(listed, scope))

    def index(self, node: Node, scope: Scope) -> Any:
        target = self.link(node.fields["expression"], scope)
        return self.index_of(target, self.arguments(node.fields["subscript"], scope))

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
                return target.call(*self.arguments(listed, scope))
        if function.text == "nameof":
            return listed.parts[0].text.rpartition(".")[2]
        raise NotKnown(f"a call of {function.text[:40]}")

    def _conditional_call(self, function: Node, listed: Node, scope: Scope) -> Any:
        """`a?.b(c)` where the grammar puts the call around the whole."""
        target = self.link(function.children[0], scope)
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
        type_args = [casts.type_name(one.text) for one in type_arguments(name)]
        method = (
            name.fields.get("name", name.children[0] if name.children else name).text if name.children else name.text
        )
        names = [_name_of(one) for one in listed.children if one.kind == "argument"]
        args = self.arguments(listed, scope)
        if isinstance(target, TypeName):
            self.step_on(patterns.STEPS if target.name == "Regex" else 0)
            return statics.call(target.name, method, args, type_args)
        return members.call(target, method, args, type_args, names)

    def arguments(self, listed: Node, scope: Scope) -> list[Any]:
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
            return Out(lambda value: scope.set(name, value), casts.type_name(node.fields["type"].text))
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
        return operators.combined(sign, left, self.value(right_node, scope))

    def unary(self, node: Node, scope: Scope) -> Any:
        sign, operand = node.children[0].text, self.value(node.children[-1], scope)
        if sign == "!":
            return None if operand is None else not operators.truth(operand)  # of a bool? that is null
        if sign == "-":
            return operators.arithmetic("-", 0.0 if isinstance(operand, float) else 0, operand)
        if sign == "+":
            return operand
        if sign == "~" and isinstance(operand, int) and not isinstance(operand, bool):
            return operators.arithmetic("-", operators.arithmetic("-", 0, operand), 1)
        raise NotKnown(f"the operator {sign}")

    def choice(self, node: Node, scope: Scope) -> Any:
        is_so = operators.truth(self.value(node.fields["condition"], scope))
        return self.value(node.fields["consequence" if is_so else "alternative"], scope)

    def assignment(self, node: Node, scope: Scope) -> Any:
        target, sign = node.fields["left"], node.fields["operator"].text
        value = self.value(node.fields["right"], scope)
        if sign != "=":
            if sign not in {"+=", "-=", "*=", "/=", "%="}:
                raise NotKnown(f"the operator {sign}")
            value = operators.combined(sign[0], self.value(target, scope), value)
        self.assign(target, value, scope)
        return value

    def assign(self, target: Node, value: Any, scope: Scope) -> None:
        if target.kind == "identifier" and scope.has(target.text):
            scope.set(target.text, value)
        elif target.kind == "element_access_expression":
            holder = self.value(target.fields["expression"], scope)
            keys = self.arguments(target.fields["subscript"], scope)
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


def _name_of(argument: Node) -> str:
    named = argument.fields.get("name") or argument.of("name_colon")
    return named.text.rstrip(": ") if named is not None else ""


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
    "cast_expression": type_tests.cast_to,
    "as_expression": type_tests.as_type,
    "is_expression": type_tests.is_type,
    "is_pattern_expression": type_tests.pattern,
    "assignment_expression": Evaluator.assignment,
    "lambda_expression": creation.lambda_of,
    "object_creation_expression": creation.new_object,
    "array_creation_expression": creation.array,
    "implicit_array_creation_expression": creation.array,
    "tuple_expression": creation.tuple_of,
    "anonymous_object_creation_expression": creation.anonymous,
    "interpolated_string_expression": creation.interpolated,
    "parenthesized_expression": _parenthesized,
    "default_expression": creation.default,
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
