"""The sandbox's page: addresses, faults, registrations, and what was just made (shown once)."""

from collections.abc import Callable, Iterable
from typing import Any

from console.core.credential import Secret
from console.core.issuers import METADATA_PATH
from console.core.profile import Profile
from console.sandbox.faults import FAULTS, fault
from console.sandbox.faults.base import ENTRA, Fault, Needs, ShowsAt
from console.sandbox.people import MadeUpPerson
from console.sandbox.providers import PLAYED
from console.sandbox.state import ClientRegistration, State
from console.services.sandbox_providers import NewSecret
from console.services.sandbox_tenant import Registered
from console.services.sandbox_workspace import OpenWorkspace
from console.web.present import words


def sandbox_view(
    space: OpenWorkspace,
    profiles: list[Profile],
    *,
    now: int,
    made: Registered | None = None,
    key: Secret | None = None,
    new_secret: NewSecret | None = None,
) -> dict[str, Any]:
    """`made`, `key` and `new_secret` hold values that are shown in this one answer and never again."""
    state, base = space.state, space.base
    return {
        "base": base,
        "tenant": state.tenant_id,
        "addresses": _addresses(base, state),
        "apis": [
            {
                "id": api.id,
                "name": api.name,
                "uri": api.identifier_uri,
                "version": api.requested_version,
                "roles": api.app_roles,
                "scopes": api.scopes,
                "is_client": state.client(api.id) is not None,
            }
            for api in state.apis
        ],
        "people": [_person(person, state) for person in state.people],
        "gateway": [
            {
                "name": api.name,
                "base_url": f"{base}/gateway/{api.path}",
                "operations": api.operations,
                "key": api.requires_key,
            }
            for api in state.gateway_apis
        ],
        "active": active_fault(state.fault),
        "fault_groups": [*fault_groups(state.fault), *further_fault_groups(state.fault)],
        "clients": [_client(client, state, now) for client in state.clients],
        "with_certificate": [
            {"id": profile.id, "name": profile.name} for profile in profiles if profile.credential.certificate
        ],
        "with_key": [
            {"id": profile.id, "name": profile.name}
            for profile in profiles
            if profile.credential.certificate or profile.credential.key
        ],
        "made": _made(made) if made else _made_at_provider(new_secret) if new_secret else None,
        "key": key.reveal() if key else "",
    }


def active_fault(code: str | None) -> dict[str, Any] | None:
    """The fault that is switched on; None when the sandbox behaves."""
    found = fault(code)
    return _fault(found, found.code) if found else None


def _is_of_call(one: Fault) -> bool:
    return one.shows_at is ShowsAt.CALL and one.on_issue is None and bool(one.cause)


def _is_of_any_request(one: Fault) -> bool:
    return one.shows_at is ShowsAt.TOKEN and not one.grant_types


OF_PEOPLE = "Grants with a person"
# What each group holds follows from where a fault shows; nothing lists the faults here.
GROUPS: tuple[tuple[str, str, Callable[[Fault], bool]], ...] = (
    ("Token content", "The token is issued; the gateway refuses it.", lambda one: one.on_issue is not None),
    ("Credential and token request", "No token is issued.", _is_of_any_request),
    ("The call", "The token is good; the call comes to nothing all the same.", _is_of_call),
    (
        "The gateway’s duty",
        "It lets in what it must refuse; the auth matrix of a profile finds it.",
        lambda one: not one.cause,
    ),
    (OF_PEOPLE, "No token is issued to who acts for somebody.", lambda one: bool(one.grant_types)),
)


def fault_groups(active: str | None) -> list[dict[str, Any]]:
    """The faults that a profile of the Entra-shaped tenant can meet, by where they show: each is of one group."""
    of_entra = [one for one in FAULTS if one.provider == ENTRA]
    return [
        _group(title, about, filter(holds, of_entra), active, folds=title == OF_PEOPLE)
        for title, about, holds in GROUPS
    ]


def further_fault_groups(active: str | None) -> list[dict[str, Any]]:
    """The faults of the other providers that are played, a group for each."""
    about = "They show for a client of this provider alone."
    own = {played.title: [one for one in FAULTS if one.provider == played.segment] for played in PLAYED}
    return [_group(title, about, faults, active, folds=True) for title, faults in own.items()]


def _group(title: str, about: str, faults: Iterable[Fault], active: str | None, *, folds: bool) -> dict[str, Any]:
    """`is_folded` is None for a group that is always open."""
    listed = [_fault(one, active) for one in faults]
    is_folded = not any(one["is_active"] for one in listed)
    return {"title": title, "about": about, "faults": listed, "is_folded": is_folded if folds else None}


def _fault(one: Fault, active: str | None) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "explanation": one.explanation,
        "cause": one.cause,
        "needs": "" if one.needs is Needs.ANY else one.needs.value,
        "is_at_token": one.shows_at is ShowsAt.TOKEN,
        "grants": [words_of_grant(name) for name in one.grant_types],
        "is_active": one.code == active,
    }


def _addresses(base: str, state: State) -> list[dict[str, Any]]:
    tenant = f"{base}/{state.tenant_id}"
    pairs = (
        ("Authority", tenant),
        ("Token endpoint", f"{tenant}/oauth2/v2.0/token"),
        ("Sign-in of people", f"{tenant}/oauth2/v2.0/authorize"),
        ("Device codes", f"{tenant}/oauth2/v2.0/devicecode"),
        ("OpenID configuration (v2)", f"{tenant}/v2.0{METADATA_PATH}"),
        ("Keys", f"{tenant}/discovery/v2.0/keys"),
        ("Gateway", f"{base}/gateway"),
    )
    return [{"label": label, "value": value, "is_code": True} for label, value in pairs]


def _person(person: MadeUpPerson, state: State) -> dict[str, Any]:
    roles = [f"{api.name}: {', '.join(found)}" for api in state.apis if (found := person.roles_for(api.id))]
    return {
        "name": person.name,
        "username": person.username,
        "guest_of": person.guest_of,
        "pid": person.pid,
        "roles": roles,
    }


def _made(made: Registered) -> dict[str, str]:
    return {"client_id": made.client.id, "name": made.client.name, "secret": made.secret.reveal()}


def _made_at_provider(made: NewSecret) -> dict[str, str]:
    return {"client_id": made.place.client_id, "name": made.place.client_id, "secret": made.secret.reveal()}


def _credentials(client: ClientRegistration, now: int) -> list[dict[str, Any]]:
    """Secrets by their ids and certificates by their thumbprints, each with its end."""
    ends = [("Secret", one.id, one.expires_at) for one in client.secrets]
    ends += [("Certificate", one.x5t_s256, one.not_after) for one in client.certificates]
    rows = [{"label": label, "value": value, "is_code": True, "note": _end(end, now)} for label, value, end in ends]
    return rows or [{"label": "Credential", "value": "none yet"}]


def _end(moment: int, now: int) -> str:
    return f"until {words.exact(moment)}" if moment > now else f"expired {words.exact(moment)}"


def _consents(client: ClientRegistration, state: State) -> list[str]:
    """Who consented to something for this client; the administrator's word stands in the form."""
    asked = {one.person_id for one in state.consents if one.client_id == client.id and one.person_id}
    return [person.name for person in state.people if person.id in asked]


def words_of_grant(grant_type: str) -> str:
    """The short name of a grant, for people."""
    return grant_type.rpartition(":")[2].replace("_", " ").replace("jwt-bearer", "on behalf of")


def _client(client: ClientRegistration, state: State, now: int) -> dict[str, Any]:
    return {
        "id": client.id,
        "name": client.name,
        "is_public": client.is_public,
        "consents": _consents(client, state),
        "credentials": _credentials(client, now),
        "roles": [
            {
                "value": f"{api.id} {role}",
                "label": f"{api.name}: {role}",
                "is_granted": role in client.roles_for(api.id),
            }
            for api in state.apis
            for role in api.app_roles
        ],
    }
