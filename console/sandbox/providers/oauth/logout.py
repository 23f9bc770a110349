"""The end of a session (OpenID Connect RP-Initiated Logout 1.0): for the provider, and back to the client."""

from dataclasses import replace

from console.sandbox import pages
from console.sandbox.onward import onward
from console.sandbox.providers.base import ProviderVisit
from console.sandbox.providers.form import first, grouped, read_form
from console.sandbox.providers.oauth.rules import Form, Rules
from console.sandbox.redirects import extended, find
from console.sandbox.registered import OAuthClient
from console.sandbox.routes import Answered
from console.sandbox.signed_text import read_jwt, texts


def answer(visit: ProviderVisit, rules: Rules) -> Answered:
    """Sends the person on only to an address of the client that the request names, by its id or an ID token of it."""
    form = read_form(visit.request) if visit.request.method == "POST" else grouped(visit.query)
    sessions = tuple(one for one in visit.state.sessions if one.provider != rules.segment)
    after = replace(visit.state, sessions=sessions) if sessions != visit.state.sessions else visit.state
    client, wanted = _client(form, visit, rules), first(form, "post_logout_redirect_uri")
    target = find(client, wanted, console=visit.console) if client is not None and wanted else ""
    if wanted and not target:
        text = "You are signed out. The address to go back to is not one that is registered for the client."
        return pages.page(400, "Signed out", pages.paragraph(text), now=visit.now), after
    if not target:
        return pages.page(200, "Signed out", pages.paragraph("You are signed out."), now=visit.now), after
    state = first(form, "state")
    url = extended(target, {"state": state}) if state else target
    return onward(url, target, console=visit.console, by_click=False, now=visit.now), after


def _client(form: Form, visit: ProviderVisit, rules: Rules) -> OAuthClient | None:
    """By client_id, else by the audience of the ID token, which must not say otherwise."""
    named, hint = first(form, "client_id"), first(form, "id_token_hint")
    read = read_jwt(hint) if hint else None
    audience = texts(read[2].get("aud")) if read is not None else None
    if named and audience is not None and named not in audience:
        return None
    return rules.client(visit.state, named or (audience or ("",))[0])
