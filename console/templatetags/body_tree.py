"""A JSON text as nested folds. A page may hold hundreds of nodes, so they are written here and not by templates.

Names and values come from outside and go through `isolated`.
"""

from html import escape
from urllib.parse import urlencode

from django import template
from django.utils.safestring import SafeString

from console.core.answer.tree import MAX_MEMBERS, Path, TreeNode
from console.templatetags.untrusted import isolated

register = template.Library()

_OPEN_LEVELS, _MOST_OPEN = 2, 12  # what stands in a longer list is folded, with a glance at it
_GLANCED, _LONGEST_GLANCE = 3, 80
_BRACKETS = {"object": ("{", "}"), "array": ("[", "]")}


@register.simple_tag
def body_tree(root: TreeNode, url: str) -> SafeString:
    """The members of a node, those below it folded; what is not here is a link to the page that begins with it."""
    if not root.is_container:
        return SafeString(f'<ul class="tree">{_leaf(root)}</ul>')
    return SafeString(f'<ul class="tree">{_inside(root, url, 0)}</ul>')


def _inside(node: TreeNode, url: str, level: int) -> str:
    is_open = level < _OPEN_LEVELS and len(node.nodes) <= _MOST_OPEN
    parts = []
    if node.first:
        earlier = max(0, node.first - MAX_MEMBERS)
        parts.append(_link(url, node.path, earlier, f"The {node.first - earlier} before these"))
    parts += [_node(one, url, level, is_open=is_open) for one in node.nodes]
    if node.rest > 0:
        following = node.first + len(node.nodes)
        parts.append(_link(url, node.path, following, f"{node.rest:,} more of {node.count:,}"))
    return "".join(parts)


def _node(node: TreeNode, url: str, level: int, *, is_open: bool) -> str:
    if not node.is_container:
        return _leaf(node)
    opening, closing = _BRACKETS[node.kind]
    if node.count is None:
        link = _anchor(url, node.path, 0, f"open, {node.size_bytes:,} bytes")
        return f'<li>{_name(node)} <span class="muted">{opening}…{closing}</span> {link}</li>'
    if not node.count:
        return f'<li>{_name(node)} <span class="muted">{opening}{closing}</span></li>'
    told = f"{opening}{node.count:,}{closing}"
    opened = " open" if is_open else ""
    summary = f'<summary>{_name(node)} <span class="muted">{told}{_glance(node)}</span></summary>'
    return f"<li><details{opened}>{summary}<ul>{_inside(node, url, level + 1)}</ul></details></li>"


def _glance(node: TreeNode) -> str:
    """The first plain values inside, by which a row of a long list is known."""
    plain = [one for one in node.nodes if not one.is_container][:_GLANCED]
    told = ", ".join(f"{one.name}: {one.text}" if one.name else one.text for one in plain)
    return f' <span class="glance">{isolated(told[:_LONGEST_GLANCE])}</span>' if told else ""


def _leaf(node: TreeNode) -> str:
    return f'<li>{_name(node)} <span class="value {node.kind}">{isolated(node.text)}</span></li>'


def _name(node: TreeNode) -> str:
    """An item has its position, in another look than a member's name."""
    if node.name is not None:
        return f'<span class="name">{isolated(node.name)}</span>'
    return f'<span class="muted">{node.path[-1]}</span>' if node.path else ""


def _link(url: str, path: Path, first: int, text: str) -> str:
    return f"<li>{_anchor(url, path, first, text)}</li>"


def _anchor(url: str, path: Path, first: int, text: str) -> str:
    asked = {"as": "tree", "at": ".".join(map(str, path)), "from": first or ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f'<a href="{escape(url)}?{query}#body-title">{escape(text)}</a>'
