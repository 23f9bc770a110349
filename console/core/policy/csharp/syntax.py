"""A policy expression read with the grammar of C#: nodes of plain values, kept by text."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.node import Node
from console.core.policy.csharp.precedence import as_read

if TYPE_CHECKING:
    import tree_sitter

MAX_LENGTH = 64_000
MOST_SIGNS = 2_000  # of < and ; together: in a text that is no C# the grammar tries each of them with all before it
MAX_DEPTH = 150
LONGEST_KEPT = 2_000  # characters; a node holds the text of all that is in it
_QUIET = frozenset({"comment", "preproc_region", "preproc_endregion"})


@lru_cache(maxsize=1)
def _parser() -> "tree_sitter.Parser":
    import tree_sitter  # here, for what it loads: most policies hold no expression
    import tree_sitter_c_sharp

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_c_sharp.language()))


@lru_cache(maxsize=128)
def read(expression: str) -> Node:
    """As `read_once`, kept for the next time."""
    return read_once(expression)


def read_once(expression: str) -> Node:
    """The body of `@(...)` (an expression) or `@{...}` (a block); raises NotKnown for what is no C#."""
    text = expression.strip()
    if len(text) > MAX_LENGTH or text.count("<") + text.count(";") > MOST_SIGNS:
        raise NotKnown("an expression of this length")
    inner = text[2:-1]
    if text.startswith("@(") and text.endswith(")"):
        method = f"object _() => ({inner});"
    elif text.startswith("@{") and text.endswith("}"):
        method = f"object _() {{{inner}\n}}"
    else:
        raise NotKnown("an expression without @( ) or @{ }")
    source = f"class _ {{ {method} }}"
    tree = _parser().parse(source.encode())
    if tree.root_node.has_error:
        raise NotKnown("text that is no C#")
    found = _body(tree.root_node)
    if found is None:
        raise NotKnown("text that is no C#")
    return _node(found, 0)


def _body(root: Any) -> Any:
    """The one method's body, or nothing where the text closed it early and went on."""
    unit = root.named_children
    members = unit[0].named_children[-1].named_children if len(unit) == 1 and unit[0].named_children else []
    members = [member for member in members if member.type not in _QUIET]
    if len(members) != 1 or members[0].type != "method_declaration":
        return None
    body = members[0].child_by_field_name("body")
    if body is not None and body.type == "arrow_expression_clause":
        return body.named_children[-1]
    return body


def _node(source: Any, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise NotKnown("an expression nested this deeply")
    children, fields = [], {}
    for index, child in enumerate(source.children):
        if child.type in _QUIET:
            continue
        made = _node(child, depth + 1)
        children.append(made)
        if (name := source.field_name_for_child(index)) is not None:
            fields[name] = made
    return as_read(Node(source.type, source.text.decode(), tuple(children), fields))


def type_arguments(name: Node) -> tuple[Node, ...]:
    listed = name.of("type_argument_list")
    return (
        listed.parts + tuple(c for c in listed.children if c.kind == "predefined_type" and c not in listed.parts)
        if listed
        else ()
    )
