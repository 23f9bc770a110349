"""The end of a sign-in (OpenID Connect RP-Initiated Logout 1.0): nobody is signed in any more without a page."""

from dataclasses import replace
from urllib.parse import parse_qsl

from console.sandbox import pages, redirects
from console.sandbox.faults.base import ENTRA
from console.sandbox.idp.sign_in_request import parameters_of
from console.sandbox.onward import onward
from console.sandbox.routes import Answered, Visit


def answer(visit: Visit) -> Answered:
    """Ends every sign-in of the workspace; a person goes on only to an address that a client registered."""
    asked = dict(parse_qsl(parameters_of(visit.request, visit.address.query)))
    others = tuple(one for one in visit.world.sessions if one.provider != ENTRA)
    state = visit.world if len(others) == len(visit.world.sessions) else replace(visit.world, sessions=others)
    address = _address(visit, asked)
    if address:
        url = redirects.extended(address, {"state": asked["state"]}) if asked.get("state") else address
        return onward(url, address, console=visit.console, by_click=False, now=visit.now), state
    told = pages.paragraph("You signed out of the sandbox.")
    return pages.page(200, "Signed out", told, now=visit.now), state


def _address(visit: Visit, asked: dict[str, str]) -> str:
    wanted = asked.get("post_logout_redirect_uri", "")
    known = (redirects.find(client, wanted, console=visit.console) for client in visit.world.clients)
    return next(filter(None, known), "")
