"""A part of a page that most people leave folded: it is asked for as it is opened, not made for each.

Only a fragment holds such a part, so there is a script that can ask; a page that is sent as a whole has everything in
it. An answer takes the place of its placeholder, and a part that did not come is asked for again by opening it again.
"""

from functools import lru_cache
from html import escape

from django.urls import reverse


def token_to_ask_with(token: str, key: str, checked_at: int | None = None) -> str:
    """The token that the parts with this `key` are made of, for the browser to send: nothing of it is kept here.

    `checked_at` is as of when it was checked, in epoch seconds; None where its checks are not asked for.
    """
    of = escape(key)
    moment = "" if checked_at is None else f'<input type="hidden" name="now" id="now{of}" value="{int(checked_at)}">\n'
    return f'<input type="hidden" name="token" id="token{of}" value="{escape(token)}" autocomplete="off">\n{moment}'


@lru_cache(maxsize=64)  # a page shows twenty tokens, of three parts each
def asked_for(part: str, key: str) -> str:
    """The placeholder of a part inside its `<details>`; `key` says of which token of the page, "" of the only one."""
    of = escape(key)
    moment = f", #now{of}" if part == "checks" else ""
    return (
        f'<p class="body help" hx-post="{escape(reverse("token-part"))}" hx-trigger="toggle from:closest details" '
        'hx-target="this" hx-swap="outerHTML" hx-sync="this:drop" '
        f'hx-include="#token{of}{moment}, #inspect-form [name=csrfmiddlewaretoken]" '
        f'hx-vals=\'{{"part": "{escape(part)}", "key": "{of}"}}\'>'
        "Fetched as it is opened. If it does not come, close this and open it again.</p>\n"
    )
