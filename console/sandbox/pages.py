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

# The console's own colours (`static/css/tokens.css`), which a page with an origin of its own cannot load.
_STYLE = """
:root{color-scheme:light dark;--line:light-dark(#7b838d,#727c89);--accent:light-dark(#2b4acb,#93a7ff);
--surface:light-dark(#fff,#171a1f);--muted:light-dark(#57606b,#a0a9b4)}
html{background:light-dark(#f7f7f5,#101215);color:light-dark(#1a1e23,#e7e9ec);font:15px/1.5 system-ui,sans-serif}
body{max-width:32rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}
main{background:var(--surface);border:1px solid light-dark(#dfe1e3,#2a2f37);border-radius:6px;padding:0 1.5rem .5rem}
.band{margin:0 -1.5rem;padding:.5rem 1.5rem;background:light-dark(#e9f3fa,#11222e);color:light-dark(#1d5f8f,#7cc0f0)}
.band{border-radius:6px 6px 0 0;font-size:13px}
h1{font-size:1.2rem;line-height:1.3;margin:1rem 0}
form{margin:1rem 0}
button,input[type=text]{font:inherit;color:inherit;background:var(--surface);padding:.5rem .75rem;border-radius:6px}
button,input[type=text]{border:1px solid var(--line)}
input[type=text]{display:block;width:12rem;max-width:90%;margin:.25rem 0 .75rem;text-transform:uppercase}
button{cursor:pointer;margin:0 .5rem .5rem 0}
button:hover{border-color:var(--accent)}
button.choice{display:block;width:100%;text-align:left}
button.primary{background:var(--accent);border-color:var(--accent);color:light-dark(#fff,#0d1020)}
button small,dt{display:block;font-size:13px;color:var(--muted)}
dd{margin:0 0 .5rem}
a{color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
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
    is_primary: bool = False


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
    kind = "choice" if one.note else "primary" if one.is_primary else ""
    look = f' class="{kind}"' if kind else ""
    named = f'name="{escape(one.name)}" value="{escape(one.value)}"'
    return f"<button{look} {named}>{escape(one.text)}{note}</button>"
