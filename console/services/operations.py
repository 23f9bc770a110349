"""One look at the monitor of work that an API answered with 202 (core/runs/operation decides what it means)."""

from dataclasses import dataclass

from console.adapters import clock
from console.core.actor import Actor
from console.core.api import Api
from console.core.audit.actions import Action
from console.core.call import CallProblem, is_within, own_headers
from console.core.credential import Secret
from console.core.errors import NotAllowed, NotFound
from console.core.exchange import Header, Purpose, Request
from console.core.redaction.redact import redact_exchange
from console.core.runs.base import RunFacts
from console.core.runs.operation import monitor_of
from console.services import destinations, opening, outgoing, profiles, tokens, wiring
from console.services.looks import Looked
from console.services.opening import OpenProfile
from console.store.runs import RunRecord


@dataclass(frozen=True, slots=True)
class _Carried:
    """What goes along with a look, and what of it is secret."""

    headers: tuple[Header, ...] = ()
    secrets: tuple[Secret, ...] = ()


def look(actor: Actor, run: RunRecord) -> Looked | None:
    """Asks the monitor; None when there is nothing to ask, or while the token it wants is being obtained."""
    monitor = monitor_of(run.kept)
    if monitor is None:
        return None
    if run.profile_id is None:
        raise NotFound("There is nothing to follow.")
    opened = opening.of_profile(actor, "use", run.profile_id, connection_id=run.connection_id)
    profile, api = opened.profile, opened.api
    if api is None:
        raise destinations.no_api(profile)
    destinations.require_accepted(opened)
    carried = _carried(opened, api) if is_within(api, monitor.url) else _Carried()
    if carried is None:
        return None
    request = Request("GET", monitor.url, carried.headers)
    outgoing.began(actor, Action.RUN_LOOK_BEGAN, profile, detail=outgoing.where(request))
    raw = wiring.transport_for(opened.own).send(request, purpose=Purpose.POLL, carries_secret=bool(carried.secrets))
    outgoing.ended(actor, Action.RUN_LOOKED_AT, profile, [raw])
    shown = redact_exchange(raw, list(carried.secrets), public=profile.public_texts)
    return Looked(raw, (shown,), RunFacts(clock.now(), api))


def _carried(opened: OpenProfile, api: Api) -> _Carried | None:
    """Token and key, which go along only within the Api's origin and path prefix; None while the token is under way."""
    obtained = tokens.obtain_for(opened)
    if obtained.is_under_way:  # without it the monitor would refuse the look
        return None
    token, key = obtained.access_token, profiles.subscription_key_for(opened)
    own = own_headers(api, token=token, token_type=obtained.token_type, subscription_key=key)
    if isinstance(own, CallProblem):
        raise NotAllowed(
            own.what, why="Without it the monitor would refuse.", do=own.do, who="The API’s owner can do this."
        )
    return _Carried(own, tuple(secret for secret in (token, key) if secret))
