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
def handed_on(context: Context, found: Mapping[str, Any], form_id: str = "") -> SafeString:
    """`found` is what present/hand_on.py makes: case (the fields of its form, None for none), slug, ticket ("" for
    none) and id.

    `form_id` is that of an `empty_case_form` of the page, whose fields these then are: one place may use it.
    """
    case, ticket, id_ = found["case"], found["ticket"], escape(found["id"])
    form = ""
    if case:
        inside = f"{_hidden(case, form_id)}\n{_button(found['slug'], form_id)}\n"
        form = inside if form_id else _form(f"\n{_hidden(_proof(context))}{inside}")
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


@register.simple_tag(takes_context=True)
def empty_case_form(context: Context, form_id: str) -> SafeString:
    """The form "Make a case" without its fields, for a page whose fragments bring them.

    The proof against forged forms then stands in the page alone: a new one in each fragment costs more than all else
    that hands it on.
    """
    return SafeString(_form(_hidden(_proof(context)), f' id="{escape(form_id)}" hidden'))


def _form(inside: str, more: str = "") -> str:
    """To POST /cases/new/. `inside` is markup, `more` attributes."""
    return f'<form class="inline" method="post" action="{_case_url()}"{more}>{inside}</form>\n'


def _hidden(fields: Mapping[str, str], form_id: str = "") -> str:
    of_form = f' form="{escape(form_id)}"' if form_id else ""
    return "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}"{of_form}>'
        for name, value in fields.items()
    )


def _button(slug: str, form_id: str) -> str:
    """`slug` says of what the case is made."""
    of_form = f' form="{escape(form_id)}"' if form_id else ""
    label = f"Make a case: {escape(slug)}"
    return f'<button type="submit" class="button "{of_form} aria-label="{label}">Make a case</button>'


def _proof(context: Context) -> dict[str, str]:
    """What Django's own tag writes into a form against forged ones; nothing where a page is made without a request."""
    token = context.get("csrf_token")
    return {"csrfmiddlewaretoken": str(token)} if token and token != "NOTPROVIDED" else {}


@cache
def _case_url() -> str:
    return escape(reverse("case-new"))
