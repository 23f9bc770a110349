"""One look at whether a person is done at the other device (core/runs/device_code decides what it means).

It asks in the provider's own rhythm, so the console's limit on token requests of a profile has nothing to add here,
and a look that only says "not yet" is a step of the run and no entry of the history.
"""

from console.adapters import clock
from console.core.actor import Actor
from console.core.authorization import AuthorizationStage, PersonAuthorization
from console.core.grants.base import SendPerson, Wait
from console.core.oauth.id_token import refused
from console.core.runs.base import RunFacts
from console.core.runs.device_code import keep_of
from console.services import authorization_answers, connection_tokens, opening, token_requests, wiring
from console.services.authorizations import OpenAuthorization, fail, problem
from console.services.looks import Looked
from console.services.token_requests import Resumed, Using
from console.store import authorizations, login_links
from console.store.login_links import LoginLinkRecord
from console.store.runs import RunRecord

_CHANGED = "The profile names another provider or client than when the code was asked for, so it was not sent there."


def look(actor: Actor, run: RunRecord) -> Looked | None:
    """Asks the token endpoint; None when nobody waits any more. What ends the wait moves the sign-in on."""
    authorization = authorizations.of_run(run.id)
    if authorization is None or authorization.stage is not AuthorizationStage.SENT:
        return None
    opened = opening.of_connection(actor, "manage", authorization.connection_id)
    if authorization.parts.bound_to != connection_tokens.binding_of(opened):
        fail(OpenAuthorization(authorization, opened, _link_of(authorization)), problem("profile_changed", _CHANGED))
        return Looked(refused("profile_changed", _CHANGED), (), RunFacts(clock.now()))
    sent = token_requests.send(opened, wiring.transport_for(opened.own), Using(resumed=Resumed(keep_of(run.kept))))
    is_over = not isinstance(sent.outcome, Wait | SendPerson) and sent.failure is None
    if is_over:
        authorization_answers.answered(OpenAuthorization(authorization, opened, _link_of(authorization)), sent)
    return Looked(sent.outcome, sent.steps, RunFacts(clock.now()))


def _link_of(authorization: PersonAuthorization) -> LoginLinkRecord | None:
    return login_links.get(authorization.link_id) if authorization.link_id else None
