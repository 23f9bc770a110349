"""`{% once %}…{% endonce %}`: a part of a template that is the same on every page, rendered once per process.

It is rendered without the page's context, so nothing of a request or a person can get into what all see: a variable
inside is empty, whatever the page would have had for it.
"""

from django import template
from django.template import Context
from django.template.base import Node, NodeList, Parser, Token

register = template.Library()


class _Once(Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.kept: str | None = None

    def render(self, context: Context) -> str:
        if self.kept is None:
            own, whole = Context(), context.template
            assert whole is not None  # noqa: S101 (a node is rendered by its template)
            with own.render_context.push_state(whole), own.bind_template(whole):
                self.kept = self.nodelist.render(own)
        return self.kept


@register.tag
def once(parser: Parser, token: Token) -> _Once:  # noqa: ARG001 (Django's signature)
    """The part up to `endonce`."""
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return _Once(nodelist)
