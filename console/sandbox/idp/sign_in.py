"""A person at the authorization endpoint: who are you, may this client do that, and back to it with a code."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from console.core.exchange import Response
from console.sandbox import issued, pages, tickets
from console.sandbox.faults.base import ENTRA
from console.sandbox.idp import implicit, person_errors
from console.sandbox.idp.came_back import send, send_error, show_error
from console.sandbox.idp.delegated import missing, with_consents
from console.sandbox.idp.granted import client_info
from console.sandbox.idp.sign_in_pages import consent_page, sign_in_page
from console.sandbox.idp.sign_in_request import SignInRequest, UnfitRequest, contexts, parameters_of, read
from console.sandbox.ids import guid
from console.sandbox.people import MadeUpPerson
from console.sandbox.routes import Answered, Visit
from console.sandbox.state import Authorization, SignedIn, State

SESSION_S = 8 * 3600
MOST_SESSIONS = 20


def authorize(visit: Visit, *, version: int) -> Answered:
    """The first page, or an answer without one (`prompt=none`, a request that is not fit)."""
    text = parameters_of(visit.request, visit.address.query)
    asked = read(text, visit.world, version=version, console=visit.console)
    if isinstance(asked, UnfitRequest):
        return _unfit(visit, asked), visit.world
    if asked["prompt"] == "none":
        return _silent(visit, asked)
    return sign_in_page(visit, asked), visit.world


def chosen(visit: Visit, *, version: int) -> Answered:
    """A person clicked: on who they are, on cancel, or on what they think of the consent.

    All that the page carried is read again; only what it was made from counts, and only for a while.
    """
    form = dict(parse_qsl(visit.request.body.decode("utf-8", "replace"), keep_blank_values=True))
    asked = read(form.get("asked", ""), visit.world, version=version, console=visit.console)
    if isinstance(asked, UnfitRequest):
        return _unfit(visit, asked), visit.world
    if not _is_from_page(visit, form):
        return _page_is_old(visit), visit.world
    if "cancel" in form:
        return send_error(visit, asked.back, person_errors.sign_in_cancelled(), by_click=True), visit.world
    person = visit.world.person(form.get("person", ""))
    if person is None:
        return sign_in_page(visit, asked), visit.world
    return _answered(visit, asked, person, form.get("consent", ""))


def _is_from_page(visit: Visit, form: Mapping[str, str]) -> bool:
    """A consent is only for the person who was asked for it."""
    purpose = f"consent {form.get('person', '')}" if form.get("consent") else "sign-in"
    return tickets.fits(
        form.get("ticket", ""),
        urlsplit(visit.request.url).path + "\n" + form.get("asked", ""),
        purpose=purpose,
        base=visit.address.base,
        keys=visit.keys,
        now=visit.now,
    )


def _answered(visit: Visit, asked: SignInRequest, person: MadeUpPerson, consent: str) -> Answered:
    state = _signed_in(visit.world, person, visit.now)
    gaps = missing(asked.wanted, state, asked.client.id, person.id)
    if consent == "deny":
        error = person_errors.consent_declined(asked.client.name)
        return send_error(visit, asked.back, error, by_click=True), state
    if consent == "allow":
        return _let_through(visit, asked, person, with_consents(state, gaps), at=visit.now, by_click=True)
    if gaps or asked["prompt"] == "consent":
        return consent_page(visit, asked, person), state
    return _let_through(visit, asked, person, state, at=visit.now, by_click=True)


def _silent(visit: Visit, asked: SignInRequest) -> Answered:
    """Without a page: for who signed in before and has consented (OpenID Connect Core section 3.1.2.1)."""
    hint = asked["login_hint"].lower()
    alive = [one for one in visit.world.sessions if one.provider == ENTRA and one.until > visit.now]
    people = [(visit.world.person(one.person_id), one.at) for one in alive]
    fitting = [(one, at) for one, at in people if one is not None and hint in ("", one.username)]
    if not fitting:
        return send_error(visit, asked.back, person_errors.nobody_signed_in(), by_click=False), visit.world
    person, at = fitting[-1]
    if missing(asked.wanted, visit.world, asked.client.id, person.id):
        error = person_errors.consent_missing(asked.client.id, asked.client.name, error="interaction_required")
        return send_error(visit, asked.back, error, by_click=False), visit.world
    return _let_through(visit, asked, person, visit.world, at=at, by_click=False)


def _let_through(
    visit: Visit, asked: SignInRequest, person: MadeUpPerson, state: State, *, at: int, by_click: bool
) -> Answered:
    """Back to the client with what it asked for: a code, or where its registration allows it tokens."""
    authorization = Authorization(
        ENTRA,
        asked.client.id,
        asked["scope"],
        person.id,
        at,
        asked.back.redirect_uri,
        asked["code_challenge"],
        asked["nonce"],
        (("resource", asked["resource"]), ("met", " ".join(contexts(asked["claims"])))),
    )
    if asked["response_type"] == "code":
        code, state = issued.new_code(state, authorization, now=visit.now)
        values = {"code": code}
    else:
        values = implicit.tokens(visit, asked, authorization, state)
    values["session_state"] = guid("session", person.id, str(at))
    if asked["client_info"] == "1":
        values["client_info"] = client_info(person.id, visit.world.tenant_id)
    return send(visit, asked.back, values, by_click=by_click), state


def _signed_in(state: State, person: MadeUpPerson, now: int) -> State:
    others = tuple(one for one in state.sessions if one.until > now and (one.provider, one.person_id) != _who(person))
    session = SignedIn(ENTRA, person.id, now, now + SESSION_S)
    return replace(state, sessions=(*others, session)[-MOST_SESSIONS:])


def _who(person: MadeUpPerson) -> tuple[str, str]:
    return ENTRA, person.id


def _unfit(visit: Visit, unfit: UnfitRequest) -> Response:
    if unfit.back is None:
        return show_error(visit, unfit.error)
    return send_error(visit, unfit.back, unfit.error, by_click=False)


def _page_is_old(visit: Visit) -> Response:
    told = pages.paragraph(
        "This form did not come from a page of this sandbox, or the page is older than ten minutes. Begin the sign-in "
        "again at the application."
    )
    return pages.page(400, "The page is too old", told, now=visit.now)
