"""One look at the monitor of work that an API answered with 202 (core/runs/operation decides what it means)."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings

from console.adapters import clock
from console.core.actor import Actor
from console.core.api import Api
from console.core.audit.actions import Action
from console.core.call import CallProblem, is_within, own_headers
from console.core.credential import Secret
from console.core.errors import NotAllowed, NotFound
from console.core.exchange import Header, Purpose, Request
from console.core.oauth.dpop import with_proof_read
from console.core.redaction.redact import Redactor
from console.core.runs.base import RunFacts
from console.core.runs.operation import Monitor, cancel_url, monitor_of
from console.services import bound_calls, destinations, opening, outgoing, profiles, tokens, wiring
from console.services.bound_calls import TokenBinding
from console.services.looks import Looked
from console.services.opening import OpenProfile
from console.store.runs import RunRecord


@dataclass(frozen=True, slots=True, repr=False)
class _Carried:
    """What goes along with a look, what of it is secret, and what its token needs beside it."""

    headers: tuple[Header, ...] = ()
    secrets: tuple[Secret, ...] = ()
    binding: TokenBinding = field(default_factory=TokenBinding)


def look(actor: Actor, run: RunRecord) -> Looked | None:
    """Asks the monitor; None when there is nothing to ask, or while the token it wants is being obtained."""
    return _asked(actor, run, Request("GET", ""), (Action.RUN_LOOK_BEGAN, Action.RUN_LOOKED_AT))


def look_with_token(actor: Actor, run: RunRecord) -> Looked | None:
    """The same, and the token goes along to a host outside the Api: its user has said so for this look, and the
    administrator allows that host.
    """
    actions = (Action.RUN_LOOK_BEGAN, Action.RUN_LOOKED_AT)
    return _asked(actor, run, Request("GET", ""), actions, is_agreed=True)


def cancel(actor: Actor, run: RunRecord) -> Looked | None:
    """Asks the far side to stop the work."""
    return _asked(actor, run, Request("POST", ""), (Action.RUN_CANCEL_BEGAN, Action.RUN_CANCEL_SENT))


def may_carry_token(monitor: Monitor) -> bool:
    """Whether the administrator lets a token go to the monitor's host, outside the Api's address: over https alone."""
    try:
        target = urlsplit(monitor.url)
        allowed = {one.strip().lower() for one in settings.CONSOLE_MONITOR_HOSTS}
        return monitor.leaves_api and target.scheme == "https" and target.netloc.lower() in allowed
    except ValueError:
        return False


def _asked(
    actor: Actor, run: RunRecord, request: Request, actions: tuple[Action, Action], *, is_agreed: bool = False
) -> Looked | None:
    monitor = monitor_of(run.kept)
    url = "" if monitor is None else monitor.url if request.method == "GET" else cancel_url(monitor)
    if monitor is None or not url:
        return None
    if run.profile_id is None:
        raise NotFound("There is nothing to follow.")
    opened = opening.of_profile(actor, "use", run.profile_id, connection_id=run.connection_id)
    profile, api = opened.profile, opened.api
    if api is None:
        raise destinations.no_api(profile)
    destinations.require_accepted(opened)
    is_inside = is_within(api, url)
    is_carried_out = is_agreed and not is_inside and may_carry_token(monitor)
    carried = _carried(opened, api, has_key=is_inside) if is_inside or is_carried_out else _Carried()
    if carried is None:
        return None
    request = Request(request.method, url, carried.headers)
    outgoing.began(actor, actions[0], profile, detail=outgoing.where(request))
    hidden = list(carried.secrets)
    transport = wiring.transport_for(opened.own)
    sent = bound_calls.send(transport, request, carried.binding, hidden=hidden, purpose=Purpose.POLL)
    outgoing.ended(actor, actions[1], profile, sent)
    clean = Redactor(hidden, profile.public_texts)
    shown = tuple(clean.exchange(with_proof_read(one)) for one in sent)
    return Looked(sent[-1], shown, RunFacts(clock.now(), api), hiding=(clean,))


def _carried(opened: OpenProfile, api: Api, *, has_key: bool) -> _Carried | None:
    """The token, and the key which never leaves the Api's origin and path prefix; None while the token is under way."""
    obtained = tokens.obtain_for(opened)
    if obtained.is_under_way:  # without it the monitor would refuse the look
        return None
    token, key = obtained.access_token, profiles.subscription_key_for(opened) if has_key else None
    binding = bound_calls.of_call(opened, obtained)
    own = own_headers(
        api,
        token=token,
        token_type=obtained.token_type,
        subscription_key=key,
        has_proof_key=binding.proof_key is not None,
    )
    if isinstance(own, CallProblem):
        raise NotAllowed(
            own.what, why="Without it the monitor would refuse.", do=own.do, who="The API’s owner can do this."
        )
    return _Carried(own, tuple(secret for secret in (token, key) if secret), binding)
