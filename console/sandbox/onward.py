"""Where a person goes on to from the sandbox: the only way to send a browser out of the workspace."""

from console.core.exchange import Response
from console.sandbox import pages
from console.sandbox.answers import sent_on
from console.sandbox.redirects import is_near


def onward(url: str, registered: str, *, console: str, by_click: bool, now: int) -> Response:
    """Sends a person on to `url`, which is the `registered` address of a client with values behind it.

    `by_click`: they have just answered a page that names the application. Without, only the console and the person's
    own machine are gone to at once: whoever has an account registers addresses, and a link to the console must not
    lead anywhere else unasked (RFC 9700 section 4.11.2).
    """
    if by_click or is_near(registered, console=console):
        return sent_on(url, now=now)
    told = pages.facts({"You are sent to": registered})
    return pages.page(200, "Continue to the application", told, pages.link(url, "Continue"), now=now)
