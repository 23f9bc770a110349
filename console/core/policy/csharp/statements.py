"""Statement blocks: `@{ ... }`."""

from collections.abc import Callable
from typing import Any

from console.core.policy.csharp import casts, dictionaries, lists, operators
from console.core.policy.csharp.declarations import declare, declare_all, declare_functions
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_values import JObject
from console.core.policy.csharp.node import Node
from console.core.policy.csharp.scope import Evaluates, Scope
from console.core.policy.csharp.values import Boxed, Dictionary, Thing


class Returned(Exception):
    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class _Broken(Exception):
    """break"""


class _Continued(Exception):
    """continue"""


def run_body(own: Evaluates, block: Node, scope: Scope) -> Any:
    """What a block returns."""
    try:
        run(own, block, scope)
    except Returned as end:
        return end.value
    raise NotKnown("a block that returns nothing on this path")


def run(own: Evaluates, node: Node, scope: Scope) -> None:
    own.step_on()
    found = _STATEMENTS.get(node.kind)
    if found is None:
        raise NotKnown(node.kind.replace("_", " "))
    found(own, node, scope)


def _block(own: Evaluates, node: Node, scope: Scope) -> None:
    inner = scope.child()
    declare_functions(own, node, inner)
    for child in node.parts:
        run(own, child, inner)


def _return(own: Evaluates, node: Node, scope: Scope) -> None:
    parts = [child for child in node.children if child.text not in {"return", ";"}]
    raise Returned(own.value(parts[0], scope) if parts else None)


def _if(own: Evaluates, node: Node, scope: Scope) -> None:
    inner = scope.child()
    if operators.truth(own.value(node.fields["condition"], inner)):
        run(own, node.fields["consequence"], inner)
    elif "alternative" in node.fields:
        run(own, node.fields["alternative"], inner)


def _expression(own: Evaluates, node: Node, scope: Scope) -> None:
    own.value(node.children[0], scope)


def _loop(own: Evaluates, body: Node, scope: Scope) -> bool:
    """Whether the loop goes on."""
    try:
        run(own, body, scope.child())
    except _Broken:
        return False
    except _Continued:
        return True
    return True


def _foreach(own: Evaluates, node: Node, scope: Scope) -> None:
    value = own.value(node.fields["right"], scope)
    if value is None:
        raise Thrown("NullReferenceException")
    kind = casts.type_name(node.fields["type"].text)
    is_as_it_is = kind == "var" or kind.startswith("KeyValuePair<")
    for one in _elements(value, kind):
        inner = scope.child()
        inner.declare(node.fields["left"].text, one if is_as_it_is else casts.cast(one, kind))
        if not _loop(own, node.fields["body"], inner):
            break


def _elements(value: Any, kind: str) -> list[Any]:
    """What foreach goes through; of a JObject pairs of key and value, as its own enumerator gives."""
    if isinstance(value, Dictionary):
        if value.is_partial:
            raise NotKnown(f"all {value.part}")
        return [dictionaries.pair(key, one, value) for key, one in value.items.items()]
    if isinstance(value, JObject):
        if kind != "var" and not kind.startswith("KeyValuePair<"):
            raise NotKnown("foreach of an object by a type")
        return [dictionaries.pair(name, one, Dictionary({})) for name, one in value.members.items()]
    items = lists.items_of(value)
    if items is None:
        raise NotKnown("foreach of this")
    return list(items)


def _for(own: Evaluates, node: Node, scope: Scope) -> None:
    inner = scope.child()
    first = node.fields.get("initializer")
    if first is not None and first.kind == "variable_declaration":
        declare_all(own, first, inner)
    elif first is not None:
        own.value(first, inner)
    updates = _updates(node)
    while "condition" not in node.fields or operators.truth(own.value(node.fields["condition"], inner)):
        if not _loop(own, node.fields["body"], inner):
            break
        for one in updates:
            own.value(one, inner)


def _updates(node: Node) -> list[Node]:
    """What a `for` does after each turn: all that stands between its second semicolon and the bracket."""
    ends = [place for place, child in enumerate(node.children) if child.text == ";"]
    after = node.children[ends[1] + 1 : node.children.index(node.fields["body"])]
    return [child for child in after if child.kind != child.text]


def _do(own: Evaluates, node: Node, scope: Scope) -> None:
    while _loop(own, node.fields["body"], scope) and operators.truth(own.value(node.fields["condition"], scope)):
        pass


def _while(own: Evaluates, node: Node, scope: Scope) -> None:
    condition = node.fields.get("condition") or node.children[2]
    body = node.fields.get("body") or node.children[-1]
    while operators.truth(own.value(condition, scope)) and _loop(own, body, scope):
        pass


def _try(own: Evaluates, node: Node, scope: Scope) -> None:
    last = node.of("finally_clause")
    try:
        run(own, node.fields["body"], scope)
    except Thrown as thrown:
        catch = next((child for child in node.children if child.kind == "catch_clause"), None)
        if catch is None:
            raise
        _caught(own, catch, scope, thrown)
    finally:
        if last is not None:
            run(own, last.children[-1], scope)


def _caught(own: Evaluates, catch: Node, scope: Scope, thrown: Thrown) -> None:
    declared = catch.of("catch_declaration")
    inner = scope.child()
    if declared is not None:
        kind = casts.type_name(declared.fields["type"].text)
        if kind not in {"Exception", thrown.kind}:
            raise NotKnown("a catch of one kind of exception")
        if "name" in declared.fields:
            message = thrown.message
            told = {} if message is None else {"Message": lambda: message}
            inner.declare(declared.fields["name"].text, Thing(thrown.kind, told))
    if catch.of("catch_filter_clause") is not None:
        raise NotKnown("a filter of exceptions")
    run(own, catch.fields["body"], inner)


def _throw(own: Evaluates, node: Node, scope: Scope) -> None:
    made = next((child for child in node.children if child.kind == "object_creation_expression"), None)
    if made is None:
        raise NotKnown("throw of this")
    kind = casts.type_name(made.fields["type"].text)
    args = own.arguments(made.fields["arguments"], scope) if "arguments" in made.fields else []
    # The message of the exceptions of arguments holds more than what they are given.
    is_plain = len(args) == 1 and operators.is_text(args[0]) and not kind.startswith("Argument")
    raise Thrown(kind, str(args[0]) if is_plain else None)


def _switch(own: Evaluates, node: Node, scope: Scope) -> None:
    value = own.value(node.fields["value"], scope)
    inner_value = value.value if isinstance(value, Boxed) else value
    sections = [child for child in node.fields["body"].children if child.kind == "switch_section"]
    chosen = next((place for place, one in enumerate(sections) if _is_case(own, one, inner_value, scope)), None)
    if chosen is None:
        others = (place for place, one in enumerate(sections) if any(child.text == "default" for child in one.children))
        chosen = next(others, len(sections))
    inner = scope.child()
    try:
        for child in _of_case(sections[chosen:]):
            run(own, child, inner)
    except _Broken:
        return


def _of_case(sections: list[Node]) -> list[Node]:
    """The statements of the first of these labels that has any: `case 1: case 2: ...` share theirs."""
    found = ([child for child in one.children if child.kind in _STATEMENTS] for one in sections)
    return next((statements for statements in found if statements), [])


def _is_case(own: Evaluates, section: Node, value: Any, scope: Scope) -> bool:
    for child in section.children:
        if child.kind == "constant_pattern":
            found = own.value(child.children[0], scope)
            if (found is None and value is None) or (
                found is not None and value is not None and lists.same(found, value)
            ):
                return True
        elif child.kind not in _STATEMENTS and child.text not in {"case", ":", "default"}:
            raise NotKnown("this case of a switch")
    return False


def _using(own: Evaluates, node: Node, scope: Scope) -> None:
    inner = scope.child()
    declaration = node.of("variable_declaration")
    if declaration is not None:
        declare_all(own, declaration, inner)
    run(own, node.fields["body"], inner)


def _break(own: Evaluates, node: Node, scope: Scope) -> None:
    raise _Broken


def _continue(own: Evaluates, node: Node, scope: Scope) -> None:
    raise _Continued


_STATEMENTS: dict[str, Callable[[Evaluates, Node, Scope], None]] = {
    "block": _block,
    "local_declaration_statement": declare,
    "local_function_statement": lambda own, node, scope: None,  # declared with its block
    "return_statement": _return,
    "if_statement": _if,
    "expression_statement": _expression,
    "foreach_statement": _foreach,
    "for_statement": _for,
    "while_statement": _while,
    "do_statement": _do,
    "try_statement": _try,
    "throw_statement": _throw,
    "switch_statement": _switch,
    "using_statement": _using,
    "break_statement": _break,
    "continue_statement": _continue,
    "empty_statement": lambda own, node, scope: None,
}
