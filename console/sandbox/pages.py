"""The pages that a played provider shows a person: plain HTML without a script, a picture or a password.

They come from the console's own origin, and what they show is written by whoever owns the workspace: so all text is
escaped, each says that it is the sandbox, none asks for anything secret, and a browser gives them an origin of their
own (`POLICY`), from where neither cookies nor anything else of the console can be read.
"""

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from typing import NewType

from console.core.exchange import Header, Response
from console.sandbox.answers import html_headers

Html = NewType("Html", str)

_STYLE = """
:root{color-scheme:light dark;--line:#8888;--accent:#0b57d0}
@media (prefers-color-scheme:dark){:root{--accent:#8ab4f8}}
body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}
h1{font-size:1.35rem;line-height:1.25;margin:1rem 0}
.band{border:1px solid var(--line);border-left:4px solid var(--accent);border-radius:4px;padding:.5rem .75rem}
form{margin:1rem 0}
button,input[type=text]{font:inherit;padding:.6rem .9rem;border:1px solid var(--line);border-radius:4px}
input[type=text]{display:block;width:12rem;max-width:100%;margin:.25rem 0 .75rem;text-transform:uppercase}
button{cursor:pointer;margin:0 .5rem .5rem 0}
button.choice{display:block;width:100%;text-align:left}
button small{display:block;opacity:.8}
dt{font-weight:600}dd{margin:0 0 .5rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
# No form-action: browsers hold it against each redirect that follows a form, and a client may send a person on from
# its redirect address to anywhere. Nobody but this file writes a form here.
POLICY = (
    "sandbox allow-forms; default-src 'none'; "
    f"style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'"
)
_WARNING = "You are in the sandbox of the console. Its people are made up, and nobody here asks for a password."


@dataclass(frozen=True, slots=True, repr=False)
class PageResponse(Response):
    """A page of the sandbox's own making: the only HTML that leaves it."""


@dataclass(frozen=True, slots=True, repr=False)
class Button:
    """A button that sends its form: `name` and `value` say which was pressed; `note` stands below its text."""

    name: str
    value: str
    text: str
    note: str = ""


def page(status: int, title: str, *parts: Html, now: int, headers: tuple[Header, ...] = ()) -> PageResponse:
    """A whole page; `title` is also its heading."""
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)} (sandbox)</title><style>{_STYLE}</style></head><body><main>"
        f'<p class="band">{escape(_WARNING)}</p><h1>{escape(title)}</h1>{"".join(parts)}</main></body></html>'
    )
    body = text.encode("utf-8", "replace")
    return PageResponse(status, "", html_headers(now=now, headers=headers), body)


def paragraph(text: str) -> Html:
    return Html(f"<p>{escape(text)}</p>")


def facts(pairs: dict[str, str]) -> Html:
    """Labels and values."""
    rows = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in pairs.items())
    return Html(f"<dl>{rows}</dl>")


def form(action: str, hidden: dict[str, str], *choices: Button, typed: dict[str, str] | None = None) -> Html:
    """A form that is posted: hidden fields, text fields to type in (`typed`: label by name), one button per choice."""
    fields = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in hidden.items()
    )
    fields += "".join(
        f'<label for="{escape(name)}">{escape(label)}</label>'
        f'<input type="text" id="{escape(name)}" name="{escape(name)}" autocomplete="off" required>'
        for name, label in (typed or {}).items()
    )
    buttons = "".join(_button(one) for one in choices)
    return Html(f'<form method="post" action="{escape(action)}">{fields}{buttons}</form>')


def link(url: str, text: str) -> Html:
    """A link; the address is one that was registered, or the sandbox's own."""
    return Html(f'<p><a href="{escape(url)}" rel="noreferrer">{escape(text)}</a></p>')


def _button(one: Button) -> str:
    note = f"<small>{escape(one.note)}</small>" if one.note else ""
    look = ' class="choice"' if one.note else ""
    named = f'name="{escape(one.name)}" value="{escape(one.value)}"'
    return f"<button{look} {named}>{escape(one.text)}{note}</button>"
