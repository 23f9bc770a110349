"""What a person came back with: kept at once, its code sent once, and what the provider gave for it."""

from collections.abc import Mapping
from dataclasses import replace

from console.adapters import clock
from console.core.actor import SYSTEM, Actor
from console.core.attempts.token_result import TokenResult
from console.core.audit.actions import Action
from console.core.authorization import (
    LIFE_S,
    AuthorizationParts,
    AuthorizationStage,
    BackProblem,
    KeptAnswer,
    PersonAuthorization,
    identity_of,
    read_answer,
)
from console.core.connection import ConnectionEvent
from console.core.credential import Secret
from console.core.errors import Refusal
from console.core.grants import grant_of
from console.core.grants.base import Need
from console.core.oauth.token_response import TokenResponse
from console.services import budget, connection_tokens, token_history, token_requests, wiring
from console.services.authorizations import OpenAuthorization, fail, note, problem, problem_of, tell
from console.services.token_requests import Resumed, Using
from console.store import authorizations
from console.store.authorizations import FoundAuthorization

_CHANGED = "The profile names another provider or client than when the sign-in began, so the code was not sent."
_OTHER = (
    "Somebody else signed in than the connection belongs to. By a link only the same account can sign in again; to"
    " connect another one, whoever manages the connection disconnects it first."
)


def take_answer(
    given: Mapping[str, list[str]], browsers: dict[str, str], actor: Actor | None, *, may_hold_token: bool = False
) -> str | BackProblem:
    """Keeps what a person came back with, sealed; gives the id of the sign-in, or why nothing was taken.

    `browsers` are the cookies of this browser by the sign-in they belong to. Nothing is sent to anybody here.
    `may_hold_token`: it did not come in an address (see `read_answer`).
    """
    read = read_answer(given, may_hold_token=may_hold_token)
    if read is None:
        return BackProblem.UNREADABLE
    whole = "\n".join(f"{name}={value}" for name, value in sorted(read.items()))
    found = authorizations.by_state(Secret(read["state"]), browsers, answer=whole)
    if found is None:
        return BackProblem.UNKNOWN
    before, now = found.authorization, clock.now()
    if (refusal := _refused(found, actor, now)) is not None:
        return refusal
    if before.stage is AuthorizationStage.SENT:
        parts = replace(before.parts, came_back=read)
        after = replace(before, stage=AuthorizationStage.BACK, parts=parts, expires_at=now + LIFE_S)
        if authorizations.advance(before, after, answer=whole) is None:
            return BackProblem.ANSWERED
    return before.id


def _refused(found: FoundAuthorization, actor: Actor | None, now: int) -> BackProblem | None:
    """The same answer in the same browser once more, as after "back", is no attack: the page of its result opens."""
    authorization = found.authorization
    if not found.is_this_browser:
        return _strange(authorization, BackProblem.OTHER_BROWSER)
    if authorization.stage is not AuthorizationStage.SENT:
        return None if found.is_same_answer else _strange(authorization, BackProblem.ANSWERED)
    if authorization.expires_at <= now:
        return BackProblem.EXPIRED
    is_other = authorization.person_id is not None and actor is not None and actor.user_id != authorization.person_id
    return BackProblem.OTHER_PERSON if is_other else None


def _strange(authorization: PersonAuthorization, refusal: BackProblem) -> BackProblem:
    """One that somebody may have brought about: the audit trail is told."""
    tell(SYSTEM, authorization.connection_id, Action.AUTHORIZATION_ENDED, result="refused", detail=refusal.value)
    return refusal


def exchange(found: OpenAuthorization) -> OpenAuthorization:
    """Sends the code, once; the sign-in as it stands then, also when another request sends it at this moment."""
    before, opened = found.authorization, found.opened
    if before.stage is not AuthorizationStage.BACK or found.is_too_late:
        return found
    if before.parts.bound_to != connection_tokens.binding_of(opened):
        return fail(found, problem("profile_changed", _CHANGED))
    with budget.calling(opened.actor):
        sending = authorizations.advance(before, replace(before, stage=AuthorizationStage.EXCHANGING))
        if sending is None:
            return replace(found, authorization=replace(before, stage=AuthorizationStage.EXCHANGING))
        keep = {name: Secret(text) for name, text in before.parts.keep.items()}
        using = Using(resumed=Resumed(keep, before.parts.came_back))
        try:
            sent = token_requests.send(opened, wiring.transport_for(opened.own), using)
        except Refusal:  # nothing left the console
            authorizations.advance(sending, before)
            raise
    note(found, ConnectionEvent.CAME_BACK, ConnectionEvent.EXCHANGED)
    return answered(replace(found, authorization=sending), sent)


def answered(found: OpenAuthorization, sent: TokenResult) -> OpenAuthorization:
    """What came of the sign-in: an identity to confirm, or how it failed."""
    opened, now = found.opened, clock.now()
    entry = token_history.keep(opened.actor, opened.profile, opened.api, sent, used=None, now=now)
    told = replace(found, authorization=replace(found.authorization, attempt_id=entry.attempt_id))
    if sent.response is None:
        return fail(told, problem_of(sent))
    if found.link is not None and _is_other(found, sent.response):
        return fail(told, problem("other_identity", _OTHER))
    parts = _confirming(found.authorization.parts, KeptAnswer.of(sent.response))
    after = replace(told.authorization, stage=AuthorizationStage.TO_CONFIRM, parts=parts, expires_at=now + LIFE_S)
    return replace(told, authorization=authorizations.advance(found.authorization, after) or after)


def _confirming(before: AuthorizationParts, answer: KeptAnswer) -> AuthorizationParts:
    """What waits to be confirmed needs the tokens alone."""
    return AuthorizationParts(bound_to=before.bound_to, answer=answer, is_guided=before.is_guided)


def is_other_identity(found: OpenAuthorization) -> bool:
    """Whether the connection belongs to somebody else than who signed in now."""
    return found.response is not None and _is_other(found, found.response)


def _is_other(found: OpenAuthorization, response: TokenResponse) -> bool:
    """Or somebody of whom nobody vouches that they are the same: an access token that a browser handed in was never
    checked, and whoever sits at that browser can write any name into it.
    """
    before, identity = found.connection.identity, identity_of(response)
    if before is None:
        return False
    is_direct = Need.CLIENT_AUTH in grant_of(found.opened.profile.grant).needs
    return identity is None or not before.is_same_as(identity) or not (is_direct or response.id_token)
