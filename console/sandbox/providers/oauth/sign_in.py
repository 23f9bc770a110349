"""The authorization endpoint: a person to click on, and the way back to the client (RFC 6749 section 4.1, RFC 9207)."""

from dataclasses import replace
from urllib.parse import urlencode

from console.core.exchange import Response
from console.sandbox import pages, tickets
from console.sandbox.ids import opaque
from console.sandbox.issued import marked, new_code, unmark
from console.sandbox.onward import onward
from console.sandbox.pages import Button, Html
from console.sandbox.people import MadeUpPerson
from console.sandbox.providers.base import ProviderVisit
from console.sandbox.providers.form import first, grouped, read_form
from console.sandbox.providers.oauth.authorization import AuthorizationAsk, SentBack, ShownOnPage, read_ask
from console.sandbox.providers.oauth.rules import Form, Rules
from console.sandbox.redirects import extended
from console.sandbox.routes import Answered
from console.sandbox.state import Authorization, SignedIn, State

SESSION_S = 1800
PURPOSE = "authorize"
DENY = "deny"


def answer(visit: ProviderVisit, rules: Rules) -> Answered:
    """The page, or what pressing one of its buttons brings."""
    posted = read_form(visit.request) if visit.request.method == "POST" else {}
    asked = first(posted, "asked") if "ticket" in posted else _asked_text(visit)
    form = _with_pushed(grouped(asked), visit, rules)
    if isinstance(form, ShownOnPage):
        return _told(form, visit), visit.state
    ask = read_ask(form, visit, rules)
    if isinstance(ask, ShownOnPage):
        return _told(ask, visit), visit.state
    if isinstance(ask, SentBack):
        return _send_back(ask, visit, by_click=False), visit.state
    if "ticket" in posted:
        return _pressed(posted, asked, ask, visit, rules)
    if ask.prompt == "none":
        return _silently(ask, visit, rules)
    return _page(asked, ask, visit, rules), visit.state


def _asked_text(visit: ProviderVisit) -> str:
    """The parameters as they came: in the query, or in the form that a client had posted."""
    return visit.query if visit.request.method != "POST" else visit.request.body.decode("utf-8", "replace")


def _with_pushed(form: Form, visit: ProviderVisit, rules: Rules) -> Form | ShownOnPage:
    """What was pushed before (RFC 9126 section 4); nothing that stands beside it counts."""
    reference = first(form, "request_uri")
    if not reference:
        return form
    kept = marked(visit.state, pushed_name(reference, rules), now=visit.now)
    if kept is None:
        return ShownOnPage("The pushed request (request_uri) is not known here: it was used, or it has run out.")
    pushed = grouped(kept.value)
    if first(form, "client_id") != first(pushed, "client_id"):
        return ShownOnPage("The pushed request (request_uri) is another client's, or client_id is missing beside it.")
    return pushed


def pushed_name(reference: str, rules: Rules) -> str:
    return f"pushed {rules.segment} {reference}"


def _told(shown: ShownOnPage, visit: ProviderVisit) -> Response:
    return pages.page(400, "The request cannot be answered", pages.paragraph(shown.text), now=visit.now)


def _send_back(error: SentBack, visit: ProviderVisit, *, by_click: bool) -> Response:
    values = {"error": error.error, "error_description": error.text}
    return _way_back(error, values, visit, by_click=by_click)


def _way_back(
    ask: SentBack | AuthorizationAsk, values: dict[str, str], visit: ProviderVisit, *, by_click: bool
) -> Response:
    """`iss` says whose answer it is (RFC 9207)."""
    sent, uri = {**values, **({"state": ask.state} if ask.state else {}), "iss": visit.issuer}, ask.redirect_uri
    if ask.mode == "form_post":
        form = pages.form(uri, sent, Button("", "", "Go on"))
        return pages.page(200, "Back to the application", form, now=visit.now)
    url = extended(uri, sent, by="#" if ask.mode == "fragment" else "?")
    return onward(url, uri, console=visit.console, by_click=by_click, now=visit.now)


def _ticket_text(asked: str, visit: ProviderVisit) -> str:
    return f"{visit.segment} {asked}"


def _page(asked: str, ask: AuthorizationAsk, visit: ProviderVisit, rules: Rules) -> Response:
    ticket = tickets.new(_ticket_text(asked, visit), purpose=PURPOSE, base=visit.base, keys=visit.keys, now=visit.now)
    action = f"{visit.base}/{visit.called}{visit.path}"
    hidden = {"asked": asked, "ticket": ticket}
    scopes = " ".join(ask.scopes) or "nothing in particular"
    facts = {"Application": ask.client.name, "Asks for": scopes}
    if ask.resources:
        facts["For"] = " ".join(ask.resources)
    choices = (*_people(ask, visit, rules), Button("person", DENY, "Cancel"))
    parts: tuple[Html, ...] = (pages.facts(facts), pages.form(action, hidden, *choices))
    return pages.page(200, f"Sign in at {rules.title}", *parts, now=visit.now)


def _people(ask: AuthorizationAsk, visit: ProviderVisit, rules: Rules) -> tuple[Button, ...]:
    """Each person at each level that would do; without levels, each person once."""
    names = dict(rules.levels)
    return tuple(
        Button("person", f"{person.id} {level}", _named(person, names.get(level, "")), person.pid or person.username)
        for person in visit.state.people
        for level in (ask.levels or ("",))
    )


def _named(person: MadeUpPerson, level: str) -> str:
    return f"{person.name}, {level}" if level else person.name


def _pressed(posted: Form, asked: str, ask: AuthorizationAsk, visit: ProviderVisit, rules: Rules) -> Answered:
    ticket, chosen = first(posted, "ticket"), first(posted, "person")
    text = _ticket_text(asked, visit)
    if not tickets.fits(ticket, text, purpose=PURPOSE, base=visit.base, keys=visit.keys, now=visit.now):
        again = ShownOnPage("This page was opened too long ago. Go back to the application and begin again.")
        return _told(again, visit), visit.state
    after = _without_pushed(asked, visit.state, rules)
    if chosen == DENY:
        denied = SentBack(ask.redirect_uri, ask.mode, ask.state, "access_denied", "The person said no.")
        return _send_back(denied, visit, by_click=True), after
    person_id, _, level = chosen.partition(" ")
    person = visit.state.person(person_id)
    if person is None or (level and level not in ask.levels):
        return _told(ShownOnPage("The person who was chosen is not one of this workspace."), visit), visit.state
    session = SignedIn(rules.segment, person.id, visit.now, visit.now + SESSION_S)
    others = tuple(one for one in after.sessions if one.provider != rules.segment and one.until > visit.now)
    signed_in = replace(after, sessions=(*others, session))
    code, after = _granted(person, level, visit.now, ask, signed_in, visit, rules)
    return _way_back(ask, {"code": code}, visit, by_click=True), after


def _without_pushed(asked: str, state: State, rules: Rules) -> State:
    reference = first(grouped(asked), "request_uri")
    return unmark(state, pushed_name(reference, rules)) if reference else state


def _silently(ask: AuthorizationAsk, visit: ProviderVisit, rules: Rules) -> Answered:
    """`prompt=none`: only with somebody who is signed in, not longer ago than asked (OpenID Connect Core 3.1.2.1)."""
    alive = [one for one in visit.state.sessions if one.provider == rules.segment and one.until > visit.now]
    session = alive[-1] if alive else None
    person = visit.state.person(session.person_id) if session is not None else None
    is_old = session is not None and ask.max_age_s is not None and visit.now - session.at > ask.max_age_s
    if session is None or person is None or is_old:
        error = SentBack(ask.redirect_uri, ask.mode, ask.state, "login_required", "Nobody is signed in.")
        return _send_back(error, visit, by_click=False), visit.state
    level = ask.levels[-1] if ask.levels else ""
    code, after = _granted(person, level, session.at, ask, visit.state, visit, rules)
    return _way_back(ask, {"code": code}, visit, by_click=False), after


def _granted(
    person: MadeUpPerson, level: str, at: int, ask: AuthorizationAsk, state: State, visit: ProviderVisit, rules: Rules
) -> tuple[str, State]:
    """The code, and the workspace that knows it."""
    details = {
        "acr": level,
        "sid": opaque(visit.state.entropy, "sid"),
        "resource": " ".join(ask.resources),
        "dpop_jkt": ask.jkt,
    }
    authorization = Authorization(
        provider=rules.segment,
        client_id=ask.client.id,
        scope=" ".join(ask.scopes),
        person_id=person.id,
        at=at,
        redirect_uri=ask.redirect_uri,
        challenge=ask.challenge,
        nonce=ask.nonce,
        details=tuple((name, value) for name, value in details.items() if value),
    )
    return new_code(state, authorization, now=visit.now, lifetime_s=60)


def push(form: Form, client_id: str, visit: ProviderVisit, rules: Rules) -> tuple[dict[str, object], str]:
    """What a pushed request is answered, and the text that is kept of it."""
    reference = f"{rules.pushed_prefix}{opaque(visit.state.entropy, 'pushed', size=24)}"
    kept = {name: values for name, values in form.items() if not name.startswith("client_assertion")}
    kept.pop("client_secret", None)
    text = urlencode({**kept, "client_id": client_id}, doseq=True)
    return {"request_uri": reference, "expires_in": rules.pushed_s}, text
