"""A device without a browser (RFC 8628): it gets two codes, and a person types one of them on a page of the sandbox."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from console.core.exchange import Response
from console.sandbox import issued, pages, tickets
from console.sandbox.answers import json_response
from console.sandbox.faults.base import ENTRA
from console.sandbox.idp import errors, person_errors
from console.sandbox.idp.delegated import Wanted, missing, read_resource, read_scope, with_consents
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.sign_in_pages import CANCEL, asked_for, people_buttons
from console.sandbox.pages import Button, Html
from console.sandbox.people import MadeUpPerson
from console.sandbox.routes import Answered, Visit
from console.sandbox.state import Authorization, ClientRegistration, DeviceCode, State
from console.sandbox.urls import TenantUrls

LIFETIME_S = 900
ENTER, ANSWER = "device code", "device answer"


def begin(visit: Visit, provider: TenantUrls, form: Mapping[str, str], *, version: int) -> Answered:
    """The two codes (RFC 8628 section 3.2), or Entra's error."""
    client_id = form.get("client_id", "").strip()
    client = visit.world.client(client_id)
    if not client_id or client is None:
        error = errors.client_not_found(client_id, visit.world.tenant_id)
        return _refusal(visit, error if client_id else errors.parameter_missing("client_id")), visit.world
    wanted = _wanted(form.get("resource", ""), form.get("scope", ""), visit.world, client, version)
    if isinstance(wanted, EntraError):
        return _refusal(visit, wanted), visit.world
    details = (("resource", form.get("resource", "")), ("version", str(version)))
    authorization = Authorization(ENTRA, client.id, form.get("scope", ""), details=details)
    text, device, state = issued.new_device(visit.world, authorization, now=visit.now, lifetime_s=LIFETIME_S)
    return json_response(200, _told(text, device, provider, version), now=visit.now), state


def _told(text: str, device: DeviceCode, provider: TenantUrls, version: int) -> dict[str, object]:
    where = provider.device_page
    message = f"To sign in, use a web browser to open the page {where} and enter the code {device.user_code}."
    told: dict[str, object] = {"user_code": device.user_code, "device_code": text, "message": message}
    if version == 1:  # texts for numbers, and another name for the address
        return {**told, "verification_url": where, "expires_in": str(LIFETIME_S), "interval": str(device.interval_s)}
    return {**told, "verification_uri": where, "expires_in": LIFETIME_S, "interval": device.interval_s}


def _wanted(resource: str, scope: str, state: State, client: ClientRegistration, version: int) -> Wanted | EntraError:
    if version == 1:
        return read_resource(resource, scope, state)
    return person_errors.resource_on_v2() if resource else read_scope(scope, state, client)


def enter_page(visit: Visit, *, told: str = "", status: int = 200) -> Response:
    """The page on which a person types the code that their device shows."""
    form = pages.form(
        _path(visit),
        {"ticket": _ticket(visit, ENTER, "")},
        Button("enter", "1", "Go on", is_primary=True),
        typed={"user_code": "The code that your device shows"},
    )
    parts = [pages.paragraph(told)] if told else []
    return pages.page(status, "Sign in on another device", *parts, form, now=visit.now)


def entered(visit: Visit) -> Answered:
    """What a person sent on one of the two pages: a code, or their answer for the device that it belongs to."""
    form = dict(parse_qsl(visit.request.body.decode("utf-8", "replace"), keep_blank_values=True))
    code = form.get("user_code", "")
    purpose, text = _made_for(form)
    if not _fits(visit, purpose, text, form.get("ticket", "")):
        return enter_page(visit, told="The page was too old. Enter the code again.", status=400), visit.world
    device = issued.typed_device(visit.world, code, now=visit.now)
    if device is None or device.authorization.provider != ENTRA:
        told = "No device waits for this code: it is mistyped, it has run out, or it was answered already."
        return enter_page(visit, told=told, status=400), visit.world
    return _answered(visit, device, {} if purpose == ENTER else form)


def _made_for(form: Mapping[str, str]) -> tuple[str, str]:
    """The purpose and the text that a form's ticket must be for: a code to look up answers nothing by itself."""
    if "enter" in form:
        return ENTER, ""
    code = form.get("user_code", "")
    return (f"{ANSWER} {form.get('person', '')}", code) if "consent" in form else (ANSWER, code)


def _answered(visit: Visit, device: DeviceCode, form: Mapping[str, str]) -> Answered:
    if "cancel" in form or form.get("consent") == "deny":
        state = issued.put_device(visit.world, replace(device, is_denied=True))
        return _done(visit, "The device was denied", "It gets nothing. You can close this page."), state
    person = visit.world.person(form.get("person", ""))
    wanted = _wanted_by(visit, device)
    client = visit.world.client(device.authorization.client_id)
    if client is None or isinstance(wanted, EntraError):
        told = "The application of this device is no longer registered as it was. Begin again on the device."
        return enter_page(visit, told=told, status=400), visit.world
    if person is None:
        return _who_page(visit, device, client, wanted), visit.world
    gaps = missing(wanted, visit.world, client.id, person.id)
    if gaps and form.get("consent") != "allow":
        return _consent_page(visit, device, client, wanted, person), visit.world
    authorization = replace(device.authorization, person_id=person.id, at=visit.now)
    state = issued.put_device(with_consents(visit.world, gaps), replace(device, authorization=authorization))
    return _done(visit, "The device is signed in", f"{client.name} goes on by itself. You can close this page."), state


def _wanted_by(visit: Visit, device: DeviceCode) -> Wanted | EntraError:
    authorization = device.authorization
    client = visit.world.client(authorization.client_id)
    if client is None:
        return errors.client_not_found(authorization.client_id, visit.world.tenant_id)
    version = 1 if authorization.detail("version") == "1" else 2
    return _wanted(authorization.detail("resource"), authorization.scope, visit.world, client, version)


def _who_page(visit: Visit, device: DeviceCode, client: ClientRegistration, wanted: Wanted) -> Response:
    """RFC 8628 section 5.4: the person is told that they let another device in, not the one before them."""
    warning = "Go on only if you began this yourself, on a device that you can see: it will act in your name."
    return pages.page(
        200,
        f"Let {client.name} sign in as you?",
        pages.facts({"Code": device.user_code, **asked_for(wanted.scopes, wanted.openid, wanted.api.name)}),
        pages.paragraph(warning),
        _answer_form(visit, device, ANSWER, {}, *people_buttons(visit), CANCEL),
        now=visit.now,
    )


def _consent_page(
    visit: Visit, device: DeviceCode, client: ClientRegistration, wanted: Wanted, person: MadeUpPerson
) -> Response:
    about = asked_for(wanted.scopes, wanted.openid, wanted.api.name)
    buttons = (Button("consent", "allow", "Allow", is_primary=True), Button("consent", "deny", "Deny"))
    return pages.page(
        200,
        f"May {client.name} do this?",
        pages.facts({"You are": f"{person.name} ({person.username})", **about}),
        _answer_form(visit, device, f"{ANSWER} {person.id}", {"person": person.id}, *buttons),
        now=visit.now,
    )


def _answer_form(visit: Visit, device: DeviceCode, purpose: str, hidden: dict[str, str], *buttons: Button) -> Html:
    ticket = _ticket(visit, purpose, device.user_code)
    return pages.form(_path(visit), {"user_code": device.user_code, "ticket": ticket, **hidden}, *buttons)


def _done(visit: Visit, title: str, text: str) -> Response:
    return pages.page(200, title, pages.paragraph(text), now=visit.now)


def _path(visit: Visit) -> str:
    return urlsplit(visit.request.url).path


def _ticket(visit: Visit, purpose: str, text: str) -> str:
    return tickets.new(text, purpose=purpose, base=visit.address.base, keys=visit.keys, now=visit.now)


def _fits(visit: Visit, purpose: str, text: str, ticket: str) -> bool:
    return tickets.fits(ticket, text, purpose=purpose, base=visit.address.base, keys=visit.keys, now=visit.now)


def _refusal(visit: Visit, error: EntraError) -> Response:
    return errors.error_response(error, visit.request, now=visit.now, entropy=visit.world.entropy)
