"""Where a device asks for codes (RFC 8628 section 3.1), and the page on which a person answers it."""

from dataclasses import replace

from console.core.exchange import Response
from console.sandbox import pages, tickets
from console.sandbox.answers import json_response
from console.sandbox.issued import new_device, put_device, typed_device
from console.sandbox.pages import Button
from console.sandbox.providers.base import ProviderVisit
from console.sandbox.providers.form import first, grouped, read_form, repeated
from console.sandbox.providers.generic.grants.device_code import GRANT_TYPE
from console.sandbox.providers.oauth import errors
from console.sandbox.providers.oauth.client_auth import authenticate
from console.sandbox.providers.oauth.errors import OAuthRefusal
from console.sandbox.providers.oauth.rules import Rules
from console.sandbox.routes import Answered
from console.sandbox.state import Authorization, DeviceCode

LIFETIME_S, INTERVAL_S = 600, 5
PURPOSE, DENY = "device", "deny"


def begin(visit: ProviderVisit, rules: Rules) -> Answered:
    form = read_form(visit.request)
    if name := repeated(form, allowed=("resource",)):
        return errors.answer(errors.twice(name), visit), visit.state
    proven = authenticate(form, visit, rules)
    if isinstance(proven, OAuthRefusal):
        return errors.answer(proven, visit), visit.state
    client, scopes = proven.client, first(form, "scope").split()
    if GRANT_TYPE not in client.grants:
        return errors.answer(OAuthRefusal("unauthorized_client", "Not for device codes."), visit), proven.state
    if foreign := [one for one in scopes if one not in client.scopes]:
        told = OAuthRefusal("invalid_scope", f"The scope {' '.join(foreign)[:200]} is not allowed for this client.")
        return errors.answer(told, visit), proven.state
    authorization = Authorization(rules.segment, client.id, " ".join(dict.fromkeys(scopes)))
    code, device, after = new_device(
        proven.state, authorization, now=visit.now, lifetime_s=LIFETIME_S, interval_s=INTERVAL_S
    )
    body = {
        "device_code": code,
        "user_code": device.user_code,
        "verification_uri": f"{visit.issuer}/device",
        "verification_uri_complete": f"{visit.issuer}/device?user_code={device.user_code}",
        "expires_in": LIFETIME_S,
        "interval": INTERVAL_S,
    }
    return json_response(200, body, now=visit.now), after


def page(visit: ProviderVisit, rules: Rules) -> Answered:
    """Asks for the code, then who the person is; only a press of a button answers the device."""
    form = read_form(visit.request) if visit.request.method == "POST" else grouped(visit.query)
    typed = first(form, "user_code")
    device = typed_device(visit.state, typed, now=visit.now) if typed else None
    if device is None or device.authorization.provider != rules.segment:
        return _asks_code(visit, is_wrong=bool(typed)), visit.state
    if "ticket" not in form:
        return _asks_person(device, visit, rules), visit.state
    ticket = first(form, "ticket")
    if not tickets.fits(ticket, device.key, purpose=PURPOSE, base=visit.base, keys=visit.keys, now=visit.now):
        return _asks_person(device, visit, rules), visit.state
    return _answered(first(form, "person"), device, visit)


def _asks_code(visit: ProviderVisit, *, is_wrong: bool) -> Response:
    form = pages.form(
        f"{visit.issuer}/device", {}, Button("", "", "Go on"), typed={"user_code": "The code that the device shows"}
    )
    parts = (pages.paragraph("No device waits with that code."), form) if is_wrong else (form,)
    return pages.page(200, "Connect a device", *parts, now=visit.now)


def _asks_person(device: DeviceCode, visit: ProviderVisit, rules: Rules) -> Response:
    client = rules.client(visit.state, device.authorization.client_id)
    ticket = tickets.new(device.key, purpose=PURPOSE, base=visit.base, keys=visit.keys, now=visit.now)
    hidden = {"user_code": device.user_code, "ticket": ticket}
    people = tuple(Button("person", one.id, one.name, one.username) for one in visit.state.people)
    facts = {
        "Application": client.name if client is not None else device.authorization.client_id,
        "Code": device.user_code,
        "Asks for": device.authorization.scope or "nothing in particular",
    }
    form = pages.form(f"{visit.issuer}/device", hidden, *people, Button("person", DENY, "Say no"))
    return pages.page(200, "Let this device in?", pages.facts(facts), form, now=visit.now)


def _answered(chosen: str, device: DeviceCode, visit: ProviderVisit) -> Answered:
    if chosen == DENY:
        told = pages.page(200, "The device stays out", pages.paragraph("You said no."), now=visit.now)
        return told, put_device(visit.state, replace(device, is_denied=True))
    person = visit.state.person(chosen)
    if person is None:
        return _asks_code(visit, is_wrong=False), visit.state
    authorization = replace(device.authorization, person_id=person.id, at=visit.now)
    told = pages.page(200, "The device is in", pages.paragraph(f"It acts for {person.name} now."), now=visit.now)
    return told, put_device(visit.state, replace(device, authorization=authorization))
