"""To whom an explanation is said: whose client and whose API it is about, as far as the reader may know."""

from dataclasses import replace

from console.core.actor import Actor, Role
from console.core.api import Api, CalledApi
from console.core.diagnosis.base import Diagnosis
from console.core.owner import Owner
from console.core.providers import provider_of, words_for
from console.services import apis
from console.services.calls import OpenAttempt
from console.services.inspection import Inspection
from console.services.integrators import integrates
from console.services.opening import OpenProfile
from console.web.present.who import Reader, administrator_at

OTHER_API = frozenset({"audience-other-api"})


def of_profile(opened: OpenProfile, diagnosis: Diagnosis | None) -> Reader:
    """Whoever has a profile open; the API's owner is looked up where the diagnosis needs one."""
    manages = opened.held.may("manage")
    reader = _of_api(opened.actor, opened.api, diagnosis, manages=manages, integrator=opened.held.owner)
    return replace(reader, administrator=provider_of(opened.profile.provider).words.administrator)


def of_attempt(actor: Actor, opened: OpenAttempt) -> Reader:
    """Whoever reads an attempt of the history; its Api is as the attempt was read with it."""
    record = opened.record
    reader = _of_api(actor, record.called, opened.diagnosis, manages=opened.can_manage, integrator="")
    return replace(reader, administrator=administrator_at(record.evidence))


def of_paste(actor: Actor, found: Inspection) -> Reader:
    """Whoever looks at a paste: taken for the one whose client it is when they make clients at all."""
    explained = (one.diagnosis for one in found.exchanges if one.diagnosis is not None)
    reader = _of_api(actor, found.api, next(explained, None), manages=integrates(actor), integrator="")
    token = next((one.token for one in found.items if one.token is not None), None)
    return replace(reader, administrator=words_for(token).administrator) if token is not None else reader


def _of_api(
    actor: Actor, api: Api | CalledApi | None, diagnosis: Diagnosis | None, *, manages: bool, integrator: str
) -> Reader:
    owns_api = api is not None and api.owner_id == actor.user_id
    is_asked = diagnosis is not None and any(one.owner is Owner.API_OWNER for one in diagnosis.causes)
    return Reader(
        is_integrator=manages,
        integrator="" if manages else integrator,
        owns_api=owns_api,
        api_owner=apis.owner_of(actor, api.id) if api is not None and is_asked and not owns_api else "",
        api=api.name if api is not None else "",
        named=_named(actor, diagnosis),
        administers=actor.has(Role.ADMIN),
    )


def _named(actor: Actor, diagnosis: Diagnosis | None) -> dict[str, str]:
    """Of a token for another API: the APIs that the reader sees, by their audiences."""
    is_wanted = diagnosis is not None and diagnosis.primary is not None and diagnosis.primary.cause in OTHER_API
    return apis.by_audience(actor) if is_wanted else {}
