"""The end of a sign-in (OpenID Connect RP-Initiated Logout 1.0): nobody is signed in any more without a page."""

from dataclasses import replace
from urllib.parse import parse_qsl

from console.sandbox import pages, redirects
from console.sandbox.answers import sent_on
from console.sandbox.faults.base import ENTRA
from console.sandbox.idp.sign_in_request import parameters_of
from console.sandbox.routes import Answered, Visit


def answer(visit: Visit) -> Answered:
    """Ends every sign-in of the workspace; a person goes on only to an address that a client registered."""
    asked = dict(parse_qsl(parameters_of(visit.request, visit.address.query)))
    others = tuple(one for one in visit.world.sessions if one.provider != ENTRA)
    state = visit.world if len(others) == len(visit.world.sessions) else replace(visit.world, sessions=others)
    address = _address(visit, asked)
    if address and redirects.is_near(address, console=visit.console):
        return sent_on(address, now=visit.now), state
    onward = [pages.facts({"You are sent to": address}), pages.link(address, "Continue")] if address else []
    told = pages.paragraph("You signed out of the sandbox.")
    return pages.page(200, "Signed out", told, *onward, now=visit.now), state


def _address(visit: Visit, asked: dict[str, str]) -> str:
    wanted = asked.get("post_logout_redirect_uri", "")
    known = (redirects.find(client, wanted, console=visit.console) for client in visit.world.clients)
    found = next(filter(None, known), "")
    return redirects.extended(found, {"state": asked["state"]}) if found and asked.get("state") else found
