"""What is found on a page, handed on: a button that makes a case of it, and the text for a ticket.

Written in Python as the panels of a token are: it stands below each of them. Escaping is that of rows.py.
"""

from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from console.templatetags.untrusted import isolated

register = template.Library()


@register.simple_tag(takes_context=True)
def handed_on(context: Context, found: Mapping[str, Any]) -> SafeString:
    """`found` is what present/hand_on.py makes: case (the fields of its form, None for none), slug, ticket ("" for
    none) and id.
    """
    case, ticket, id_ = found["case"], found["ticket"], escape(found["id"])
    form = _case_form(context, case, found["slug"]) if case else ""
    copy, text = "", ""
    if ticket:
        copy = (
            f'<button type="button" class="button quiet needs-script" data-copy-target="#{id_}">Copy for ticket'
            "</button>\n"
        )
        text = (
            '<details class="plain">\n<summary>Text for a ticket</summary>\n'
            f'<pre class="sunken" id="{id_}" tabindex="0" role="group" aria-label="Text for a ticket">'
            f"{isolated(ticket)}</pre>\n</details>\n"
        )
    return SafeString(f'<div class="actions">\n{form}{copy}</div>\n{text}')


def _case_form(context: Context, fields: Mapping[str, str], slug: str) -> str:
    """The button "Make a case" with the fields of POST /cases/new/; `slug` says of what."""
    sent = {**_proof(context), **fields}
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in sent.items()
    )
    return (
        f'<form class="inline" method="post" action="{_case_url()}">\n{hidden}\n'
        f'<button type="submit" class="button " aria-label="Make a case: {escape(slug)}">Make a case</button>\n'
        "</form>\n"
    )


def _proof(context: Context) -> dict[str, str]:
    """What Django's own tag writes into a form against forged ones; nothing where a page is made without a request."""
    token = context.get("csrf_token")
    return {"csrfmiddlewaretoken": str(token)} if token and token != "NOTPROVIDED" else {}


@cache
def _case_url() -> str:
    return escape(reverse("case-new"))
