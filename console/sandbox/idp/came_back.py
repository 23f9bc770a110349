"""The answer of the authorization endpoint (RFC 6749 section 4.1.2), by the way that the client asked for."""

from console.core.exchange import Response
from console.sandbox import pages, redirects
from console.sandbox.idp import errors
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.sign_in_request import WayBack
from console.sandbox.onward import onward
from console.sandbox.pages import Button
from console.sandbox.routes import Visit


def send(visit: Visit, back: WayBack, values: dict[str, str], *, by_click: bool) -> Response:
    """The person goes back with these values.

    `by_click` as in `onward`.
    """
    if back.state:
        values = {**values, "state": back.state}
    if back.mode == "form_post":
        button = Button("", "", "Continue", is_primary=True)
        carried = pages.form(back.redirect_uri, values, button)
        told = pages.facts({"You are sent to": back.redirect_uri})
        return pages.page(200, "Continue to the application", told, carried, now=visit.now)
    url = redirects.extended(back.redirect_uri, values, by="#" if back.mode == "fragment" else "?")
    return onward(url, back.redirect_uri, console=visit.console, by_click=by_click, now=visit.now)


def send_error(visit: Visit, back: WayBack, error: EntraError, *, by_click: bool) -> Response:
    described = errors.description(error, now=visit.now, entropy=visit.world.entropy)
    values = {"error": error.error, "error_description": described}
    if error.code:
        values["error_uri"] = f"https://login.microsoftonline.com/error?code={error.code}"
    if error.suberror:
        values["error_subcode"] = error.suberror
    return send(visit, back, values, by_click=by_click)


def show_error(visit: Visit, error: EntraError, *, title: str = "The sign-in cannot go on") -> Response:
    """For the person alone: nothing is sent to an address that is not known to be the client's."""
    described = errors.description(error, now=visit.now, entropy=visit.world.entropy)
    parts = (pages.paragraph(described), pages.facts({"Error": error.error}))
    return pages.page(error.status, title, *parts, now=visit.now)
