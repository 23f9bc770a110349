"""The context of a profile's page: the same for the page and for every fragment of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form

from console.core.actor import Right
from console.core.diagnosis.base import Diagnosis
from console.core.errors import NotAllowed, NotFound
from console.core.exchange import Exchange
from console.core.profile import Profile
from console.core.profile_checks.client_auth import lacks_credential
from console.core.providers import provider_of
from console.services import (
    calls,
    chains,
    checklist,
    connection_tokens,
    connections,
    destinations,
    heartbeats,
    opening,
    preflight,
    profiles,
    shown_destination,
    subject_tokens,
    token_checks,
    tokens,
)
from console.services.calls import SentCall, WentWell
from console.services.integrators import integrates
from console.services.obtained import Obtained
from console.services.opening import OpenProfile
from console.web.forms.client_keys import AssertionForm, MakeKeyForm, SigningKeyForm
from console.web.forms.credentials import CertificateFileForm, MakeCertificateForm, SecretForm, SubscriptionKeyForm
from console.web.forms.given import form_for, is_optional
from console.web.pages import readers, sharing
from console.web.pages.composing import composer_context
from console.web.pages.own_fault import fault_context
from console.web.present.calls import sent_view
from console.web.present.chains import chain_view
from console.web.present.checklist import milestones_view
from console.web.present.composer import verdict_beside
from console.web.present.connections import connection_line, connection_rows
from console.web.present.findings import finding_rows
from console.web.present.heartbeats import mark
from console.web.present.preflight import preflight_line
from console.web.present.profiles import profile_view
from console.web.present.situation import Situation
from console.web.present.strip import planned_view
from console.web.present.tokens import obtained_view
from console.web.present.who import Reader
from console.web.request import ActorRequest


@dataclass(frozen=True, slots=True)
class Happened:
    """What was just done with a profile. `forms` replaces the empty form of that name.

    Names of forms: secret, key_file, make_certificate, make_key, signing_key, assertion, subscription_key, call, given.
    """

    obtained: Obtained | None = None
    is_revealed: bool = False
    sent: SentCall | None = None
    forms: Mapping[str, Form] = field(default_factory=dict)


def chosen(request: ActorRequest, right: Right, profile_id: str) -> OpenProfile:
    """The profile, opened through the connection that the form or address names; without one, and where its grant
    needs a person, through the first that is connected and the actor's to use.

    Raises NotFound when the actor does not have that right.
    """
    wanted = request.POST.get("connection") if request.method == "POST" else request.GET.get("connection")
    opened = opening.of_profile(request.actor, right, profile_id, connection_id=wanted or None)
    if wanted or not connection_tokens.needs_person(opened):
        return opened
    found = connections.first_usable(opened)
    return opening.of_connection(request.actor, right, found.id) if found else opened


def page_context(request: ActorRequest, opened: OpenProfile, happened: Happened) -> dict[str, Any]:
    """What somebody may not do with the profile has no form there."""
    forms, profile, api = happened.forms, opened.profile, opened.api
    faults = fault_context(opened)
    fault = faults["fault"]
    tried = calls.last_attempts(opened)
    title = fault["title"] if fault and opened.held.is_own else ""
    here = situation(opened, calls.went_well(tried), fault=title, explained=_explained(happened))
    made_by = calls.made_by(happened.obtained, tried)
    here_connections = None if request.htmx else connections.of_profile(opened)
    return {
        "profile": profile_view(profile, api, request.now, passes_on=subject_tokens.named(opened)),
        "connection": connection_line(opened, request.now),
        "connections": connection_rows(here_connections, chosen=opened.connection_id, now=request.now)
        if here_connections
        else None,
        "needs_person": connection_tokens.needs_person(opened),
        "wants_connection": connection_tokens.needs_person(opened) and opened.connection is None,
        "lacks_credential": lacks_credential(profile, profile.credential.kind),
        "is_lent": opened.is_lent,
        "can_use": opened.held.may("use"),
        "can_manage": opened.held.may("manage"),
        "can_make": integrates(request.actor),
        "can_reveal": opened.may_reveal,
        "access": None if request.htmx or opened.connection else sharing.panel(request, opened.access),
        "api": api,
        "heartbeat_mark": None if request.htmx else mark(heartbeats.of_opened(opened), request.now),
        "preflight": None if request.htmx or opened.is_lent else _preflight(request, opened),
        "milestones": milestones_view(checklist.milestones(opened, tried, _kept(opened, happened)), opened),
        "change": destinations.to_confirm(opened),
        **faults,
        "local": _local(opened, here.reader),
        "is_fragment": bool(request.htmx),
        "secret_form": forms.get("secret") or SecretForm(),
        "key_file_form": forms.get("key_file") or CertificateFileForm(),
        "make_certificate_form": forms.get("make_certificate") or MakeCertificateForm(),
        "make_key_form": forms.get("make_key") or MakeKeyForm(taken=provider_of(profile.provider).assertion.algorithms),
        "signing_key_form": forms.get("signing_key") or SigningKeyForm(),
        "assertion_form": forms.get("assertion") or AssertionForm(),
        "subscription_key_form": forms.get("subscription_key") or SubscriptionKeyForm(),
        **_given(profile, forms),
        "asks": _asks(opened),
        "seen": _seen(opened),
        "token": (token := _token(happened, here, tried.last_answer, made_by)),
        "chain": _chain(opened, happened),
        **_call(request, opened, happened, here, token=token),
    }


def _preflight(request: ActorRequest, opened: OpenProfile) -> dict[str, Any] | None:
    """The newest one; None before the first."""
    found = preflight.newest(opened, limit=1)
    return preflight_line(found[0], now=request.now) if found else None


def _explained(happened: Happened) -> Diagnosis | None:
    """What this page will explain: the call, else the token that could not be obtained."""
    if happened.sent is not None and happened.sent.diagnosis is not None:
        return happened.sent.diagnosis
    obtained = (happened.sent.unobtained if happened.sent else None) or happened.obtained
    return obtained.diagnosis if obtained else None


def situation(opened: OpenProfile, well: WentWell, *, fault: str = "", explained: Diagnosis | None = None) -> Situation:
    """What whoever looks may do about an attempt. `well` is what went well last.

    `explained` is what will be explained to them, None when nothing is.
    """
    api = opened.api
    has_policy = bool(api and api.policy.strip())
    return Situation(
        opened.profile,
        api,
        rights=opened.held.rights,
        fault=fault,
        has_policy=has_policy and "use" in opened.api_rights,
        can_change_policy=has_policy and "manage" in opened.api_rights,
        is_own=opened.held.is_own,
        connection_id=opened.connection_id,
        worked_id=well.call_id,
        given_id=well.token_id,
        reader=readers.of_profile(opened, explained),
    )


def _asks(opened: OpenProfile) -> dict[str, bool]:
    """What the provider may be asked of the stored token by this person."""
    if not opened.held.may("use"):
        return {"introspection": False, "revocation": False}
    introspection, revocation = token_checks.can_ask(profiles.place_of(opened.own, opened.profile))
    owner = opened.connection or opened.held
    return {"introspection": introspection, "revocation": revocation and owner.may("manage")}


def _given(profile: Profile, forms: Mapping[str, Form]) -> dict[str, Any]:
    """The field for what is given with each request; where another profile gives it, it is asked for only once more."""
    wanted, typed = form_for(profile), forms.get("given")
    is_asked = wanted is not None and not is_optional(profile)
    return {"given_form": typed or (wanted() if wanted else None), "asks_given": is_asked or typed is not None}


def _kept(opened: OpenProfile, happened: Happened) -> Obtained | None:
    """The stored token: what was just obtained or looked up is that one."""
    obtained = happened.obtained
    return obtained if obtained is not None and obtained.access_token else tokens.stored(opened)


def bound_to(opened: OpenProfile) -> dict[str, str]:
    """What a "credential" and a "key" entered on this page are bound to."""
    return {
        "credential": profiles.destination_of(opened.profile),
        "key": profiles.key_binding(opened.own, opened.api) if opened.api else "",
    }


def _seen(opened: OpenProfile) -> dict[str, str]:
    """What the forms carry back of it as `seen`."""
    return {kind: shown_destination.digest(opened.profile.id, where) for kind, where in bound_to(opened).items()}


def _local(opened: OpenProfile, reader: Reader) -> list[dict[str, Any]]:
    """What is seen before anything is sent, without what is well."""
    found = profiles.local_findings(opened)
    loud = [finding for finding in found if finding.status not in ("pass", "not_applicable")]
    return finding_rows(loud, sides=("entered", "expected"), reader=reader)


def _token(happened: Happened, here: Situation, answer: Exchange | None, made_by: str | None) -> dict[str, Any] | None:
    """`made_by` is the attempt that a stored token came of, None where nobody knows."""
    obtained, sent = happened.obtained, happened.sent
    if obtained is None:
        return None
    has_answer = sent is not None and (sent.exchange is not None or sent.unobtained is not None)
    view = obtained_view(
        obtained,
        is_revealed=happened.is_revealed,
        answer=answer,
        here=here,
        is_judged_beside=not has_answer,
    )
    return {**view, "attempt_id": view["attempt_id"] or made_by}


def _chain(opened: OpenProfile, happened: Happened) -> dict[str, Any] | None:
    """The tokens that led to this profile's, where it passes one on; None where its source is not there to be told."""
    if not subject_tokens.is_needed(opened.profile) or not opened.held.may("use"):
        return None
    obtained = happened.obtained
    if obtained is not None and obtained.subject is not None:
        return chain_view(chains.of_obtained(obtained))
    try:
        links = chains.of_profile(opened.actor, opened.profile.id)
    except (NotFound, NotAllowed):
        return None
    return chain_view(links) if len(links) > 1 else None


def _call(
    request: ActorRequest,
    opened: OpenProfile,
    happened: Happened,
    here: Situation,
    *,
    token: dict[str, Any] | None,
) -> dict[str, Any]:
    given, obtained = happened.forms.get("call"), happened.obtained
    shown = token["token"] if token else None
    context = composer_context(request, opened, here, given=given, obtained=obtained)
    return {
        **context,
        "verdict": verdict_beside(shown["verdict"], context["composer"]["key_note"]) if shown else None,
        "call_result": sent_view(happened.sent, here) if happened.sent else None,
        "planned": planned_view(here, obtained.token if obtained else None, has_token=bool(shown)),
    }
