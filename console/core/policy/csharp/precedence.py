"""What binds tighter: nodes of the grammar are put as C# reads them, where the grammar reads otherwise.

The grammar takes what stands before `?.` for as long as it can: `"a" + b?.C` as `("a" + b)?.C`, `x || b?.C == d` as
`((x || b)?.C) == d`. Behind a cast it takes `a.B<T>(c)` for two comparisons, which C# never does (C# language
specification 6.2.5). Nothing that stands in brackets of its own is touched.
"""

from dataclasses import replace

from console.core.policy.csharp.node import Node

_AFTER_A_VALUE = frozenset(
    [
        "member_access_expression",
        "invocation_expression",
        "element_access_expression",
        "conditional_access_expression",
        "postfix_unary_expression",
    ]
)
_WEAKER = frozenset(
    [
        "binary_expression",
        "prefix_unary_expression",
        "cast_expression",
        "conditional_expression",
        "assignment_expression",
        "lambda_expression",
    ]
)  # each ends with an operand, to which what follows belongs
_OPEN_ENDED = frozenset({"conditional_expression", "assignment_expression", "lambda_expression"})
_OF_TYPES = frozenset({"as_expression", "is_expression", "is_pattern_expression"})
_LEVELS = (
    ("??",), ("||",), ("&&",), ("|",), ("^",), ("&",), ("==", "!="), ("<", ">", "<=", ">="), ("<<", ">>"),
    ("+", "-"), ("*", "/", "%"),
)  # fmt: skip
_LEVEL = {sign: level for level, signs in enumerate(_LEVELS) for sign in signs}
_TYPES = frozenset({"identifier", "generic_name", "predefined_type", "member_access_expression"})


def as_read(node: Node) -> Node:
    """The node, whose children are as C# reads them already."""
    if not node.children:
        return node
    if node.kind in _AFTER_A_VALUE and node.children[0].kind in _WEAKER:
        weaker = node.children[0]
        return as_read(_ending(weaker, as_read(_beginning(node, weaker.children[-1]))))
    if node.kind == "binary_expression" and len(node.children) == 3:
        return _binary(node)
    if node.kind in _OF_TYPES and _level(node.children[0]) < _LEVEL["<"]:
        weaker = node.children[0]
        return as_read(_ending(weaker, as_read(_beginning(node, weaker.children[-1]))))
    return node


def _binary(node: Node) -> Node:
    called = _generic_call(node)
    if called is not None:
        return called
    left, _, right = node.children
    own = _level(node)
    if _level(left) < own:
        return as_read(_ending(left, as_read(_beginning(node, left.children[-1]))))
    if right.kind == "binary_expression" and _level(right) < own:
        return as_read(_beginning(right, as_read(_ending(node, right.children[0]))))
    return node


def _level(node: Node) -> int:
    """How tightly the operator of a node binds; a value, or what is in brackets, most tightly."""
    if node.kind in _OPEN_ENDED:
        return -1
    if node.kind in _OF_TYPES:
        return _LEVEL["<"]
    if node.kind == "binary_expression" and len(node.children) == 3:
        return _LEVEL.get(node.children[1].text, len(_LEVELS))
    return len(_LEVELS)


def _generic_call(node: Node) -> Node | None:
    """`a.B < T > (c).D` as `a.B<T>(c).D`; None for what is no such thing."""
    compared, sign, behind = node.children
    if sign.text != ">" or compared.kind != "binary_expression" or len(compared.children) != 3:
        return None
    named, less, of = compared.children
    if less.text != "<" or of.kind not in _TYPES or not _is_called(behind):
        return None
    return _called(behind, _generic(named, of))


def _is_called(node: Node) -> bool:
    while node.kind in _AFTER_A_VALUE or node.kind == "binary_expression":
        node = node.children[0]
    return node.kind in {"parenthesized_expression", "tuple_expression"}


def _called(behind: Node, named: Node) -> Node:
    if behind.kind not in {"parenthesized_expression", "tuple_expression"}:
        return as_read(_beginning(behind, _called(behind.children[0], named)))
    given = behind.children
    if behind.kind == "parenthesized_expression":
        given = tuple(one if one.kind == one.text else Node("argument", one.text, (one,), {}) for one in given)
    listed = Node("argument_list", behind.text, given, {})
    text = named.text + behind.text
    return as_read(Node("invocation_expression", text, (named, listed), {"function": named, "arguments": listed}))


def _generic(named: Node, of: Node) -> Node:
    """The same name with a type's in angle brackets: at the end of a member access, also behind a cast."""
    if named.kind == "identifier":
        signs = Node("<", "<", (), {}), Node(">", ">", (), {})
        listed = Node("type_argument_list", f"<{of.text}>", (signs[0], of, signs[1]), {})
        return Node("generic_name", named.text + listed.text, (named, listed), {})
    if not named.children:
        return named
    return _ending(named, _generic(named.children[-1], of))


def _ending(node: Node, last: Node) -> Node:
    before = node.children[-1]
    text = node.text[: len(node.text) - len(before.text)] + last.text
    return _with(node, before, last, text, (*node.children[:-1], last))


def _beginning(node: Node, first: Node) -> Node:
    before = node.children[0]
    return _with(node, before, first, first.text + node.text[len(before.text) :], (first, *node.children[1:]))


def _with(node: Node, before: Node, now: Node, text: str, children: tuple[Node, ...]) -> Node:
    fields = {name: now if one is before else one for name, one in node.fields.items()}
    return replace(node, text=text, children=children, fields=fields)
