"""A person's way through a sign-in: begun in one browser, answered there, exchanged once, confirmed, then kept.

Whoever is signed in here acts as themselves. Who came by a login link acts for the person who made it, as far as that
person may still manage the connection.
"""

from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import parse_qsl

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.attempts.token_result import TokenResult
from console.core.audit.actions import Action
from console.core.authorization import (
    LIFE_S,
    AuthorizationParts,
    AuthorizationStage,
    PersonAuthorization,
)
from console.core.connection import Connection, ConnectionEvent, ConnectionProblem
from console.core.credential import Secret
from console.core.errors import NotAllowed, NotFound
from console.core.exchange import Purpose
from console.core.grants.base import SendPerson, Wait
from console.core.oauth.setting import Settings
from console.core.oauth.token_response import TokenError, TokenResponse
from console.services import budget, connection_tokens, device_waits, opening, token_history, token_requests, wiring
from console.services.opening import OpenProfile
from console.services.token_requests import Using
from console.store import audit, authorizations, connections, login_links, people
from console.store.login_links import LoginLinkRecord

NOTHING_MORE: Settings = MappingProxyType({})
TOLD_ENDED_S = 60  # after a device code ended this is told as what it is


@dataclass(frozen=True, slots=True)
class BegunAuthorization:
    """`browser` is the value of the cookie that makes this browser the one that began it."""

    id: str
    browser: Secret


@dataclass(frozen=True, slots=True)
class OpenAuthorization:
    """A sign-in with what it is for. `link` is the login link it came by, None when somebody here began it."""

    authorization: PersonAuthorization
    opened: OpenProfile
    link: LoginLinkRecord | None

    @property
    def connection(self) -> Connection:
        return opening.connection_of(self.opened)

    @property
    def is_too_late(self) -> bool:
        return not self.authorization.is_over and self.authorization.expires_at <= clock.now()

    @property
    def response(self) -> TokenResponse | None:
        """The tokens that wait to be confirmed; None at any other stage."""
        answer = self.authorization.parts.answer
        return answer.response() if answer is not None else None


def begin(
    actor: Actor, connection_id: str, wanted: Settings = NOTHING_MORE, *, is_guided: bool = False
) -> BegunAuthorization:
    """Prepares a sign-in of the actor's own; raises NotFound, NotAllowed, Busy, Misconfigured.

    `wanted` is what this one is to be beyond its profile: stronger or fresher (`core/oauth/step_up`). `is_guided`: it
    is walked step by step.
    """
    opened = opening.of_connection(actor, "manage", connection_id)
    return _begin(opened, link=None, wanted=wanted, is_guided=is_guided)


def begin_by_link(link: LoginLinkRecord, *, address: str) -> BegunAuthorization:
    """As `begin`, for whoever pressed the button of a login link; in the name of who made it."""
    return _begin(opening.of_connection(maker_of(link, address=address), "manage", link.connection_id), link=link)


def again(found: OpenAuthorization) -> BegunAuthorization:
    """Another try in the same browser, after one that came to nothing; raises NotAllowed when it came to something."""
    is_open = found.link is None or found.link.may_go_on(clock.now())
    if found.authorization.stage is AuthorizationStage.CONNECTED or not is_open:
        raise NotAllowed(
            "This sign-in cannot be tried again.",
            why="It was finished, or its link has ended.",
            do="Ask whoever sent you here for a new link." if found.link else "Begin again from the connection.",
            who="You can do this.",
        )
    return _begin(found.opened, link=found.link)


def maker_of(link: LoginLinkRecord, *, address: str) -> Actor:
    """Who made a link, as they are today; raises NotFound when their account is closed."""
    maker = people.find(link.maker)
    if maker is None:
        raise NotFound("The person who asked for this sign-in is not here any more.")
    return replace(maker, address=address)


def find(authorization_id: str, browser: Secret) -> PersonAuthorization:
    """The sign-in that this browser began; raises NotFound for any other."""
    found = authorizations.get(authorization_id, browser)
    if found is None:
        raise NotFound(
            "There is no such sign-in in this browser.",
            why="It was begun in another browser, or more than ten minutes ago.",
            do="Begin again where you began: on the connection, or with a new link.",
            who="You can do this.",
        )
    return found


def open_for(authorization: PersonAuthorization, actor: Actor | None, *, address: str) -> OpenAuthorization:
    """With what it is for; raises NotFound for somebody else's, or one that its maker may not manage any more."""
    if authorization.link_id is not None:
        link = login_links.get(authorization.link_id)
        if link is None or link.revoked_at is not None:
            raise NotFound("This sign-in was called off.", why="Whoever sent you the link took it back.")
        who = maker_of(link, address=address)
    elif actor is None or actor.user_id != authorization.person_id:
        raise NotFound("There is no such sign-in.", why="Somebody else began it.")
    else:
        link, who = None, actor
    return OpenAuthorization(authorization, opening.of_connection(who, "manage", authorization.connection_id), link)


def problem_of(sent: TokenResult) -> ConnectionProblem:
    """Why a sign-in gave no token, in the provider's words where there are any."""
    if isinstance(sent.outcome, TokenError):
        error = sent.outcome
        return problem(error.error or error.kind, error.error_description or f"HTTP status {error.status}.")
    return problem(str(sent.failure.kind) if sent.failure else "no_answer", sent.failure.detail if sent.failure else "")


def _begin(
    opened: OpenProfile, *, link: LoginLinkRecord | None, wanted: Settings = NOTHING_MORE, is_guided: bool = False
) -> BegunAuthorization:
    actor, now = opened.actor, clock.now()
    if not connection_tokens.needs_person(opened):
        raise NotAllowed(
            "Nobody has to sign in for this connection.",
            why="Its profile's grant gives the application's own token.",
            do="Get a token; the connection is connected by that.",
            who="You can do this.",
        )
    authorizations.wipe_expired(now=now)
    with budget.calling(actor):
        sent = token_requests.send(opened, wiring.transport_for(opened.own), Using(settings=wanted))
    authorization = _prepared(opened, sent, link=link)
    authorization = replace(authorization, parts=replace(authorization.parts, is_guided=is_guided))
    move, browser = sent.outcome, Secret(random.token())
    state = move.expects_state if isinstance(move, SendPerson) else random.token()
    told = f"by the login link of {link.maker}" if link else ""
    with audit.together():
        authorizations.create(authorization, state=Secret(state), browser=browser)
        if isinstance(move, Wait):
            device_waits.wait(actor, authorization, move)
        tell(actor, authorization.connection_id, Action.AUTHORIZATION_BEGAN, result="began", detail=told)
    connections.note(actor, authorization.connection_id, {ConnectionEvent.PREPARED: now})
    return BegunAuthorization(authorization.id, browser)


def _prepared(opened: OpenProfile, sent: TokenResult, *, link: LoginLinkRecord | None) -> PersonAuthorization:
    """As it is kept: waiting for the person, or failed before anybody was sent anywhere."""
    now, move = clock.now(), sent.outcome
    made = PersonAuthorization(
        id=random.new_id(),
        connection_id=opened.connection_id or "",
        link_id=link.id if link else None,
        person_id=None if link else opened.actor.user_id,
        stage=AuthorizationStage.SENT,
        made_at=now,
        expires_at=now + LIFE_S,
    )
    entry = (
        token_history.keep(opened.actor, opened.profile, opened.api, sent, used=None, now=now) if sent.steps else None
    )
    made = replace(made, attempt_id=entry.attempt_id if entry else None)
    if isinstance(move, Wait):
        parts = AuthorizationParts(connection_tokens.binding_of(opened))
        return replace(made, parts=parts, expires_at=move.until + TOLD_ENDED_S)
    if not isinstance(move, SendPerson):
        return replace(made, stage=AuthorizationStage.FAILED, problem=problem_of(sent))
    keep = {name: secret.reveal() for name, secret in move.keep.items()}
    parts = AuthorizationParts(connection_tokens.binding_of(opened), move.url, keep, _pushed(sent))
    return replace(made, parts=parts)


def _pushed(sent: TokenResult) -> tuple[tuple[str, str], ...]:
    """The form that was pushed before (RFC 9126), redacted; () when the parameters are in the address."""
    posts = [step for step in sent.steps if step.request.method == "POST" and step.purpose is Purpose.TOKEN]
    body = posts[-1].request.body if posts else b""
    return tuple(parse_qsl((body or b"").decode("utf-8", "replace")))


def fail(found: OpenAuthorization, why: ConnectionProblem) -> OpenAuthorization:
    """The end without a token."""
    before = found.authorization
    after = replace(before, stage=AuthorizationStage.FAILED, problem=why)
    moved = authorizations.advance(before, after) or after
    finish(found, "failed", detail=why.code)
    return replace(found, authorization=moved)


def finish(found: OpenAuthorization, outcome: str, *, detail: str) -> None:
    """Tells the audit trail and whoever made the link how it ended: "connected", "declined" or "failed"."""
    result = "done" if outcome == "connected" else "failed"
    connection_id, ended = found.authorization.connection_id, Action.AUTHORIZATION_ENDED
    with audit.together():
        if found.link is not None:
            login_links.finish(found.link.id, outcome=outcome, now=clock.now())
        tell(found.opened.actor, connection_id, ended, result=result, detail=detail)


def note(found: OpenAuthorization, *events: ConnectionEvent) -> None:
    """For the picture on the connection's page."""
    now = clock.now()
    connections.note(found.opened.actor, found.connection.id, dict.fromkeys(events, now))


def problem(code: str, reason: str) -> ConnectionProblem:
    """As of now."""
    return ConnectionProblem(code, reason[:2000], clock.now())


def tell(actor: Actor, connection_id: str, action: Action, *, result: str, detail: str = "") -> None:
    """An entry of the audit trail about a connection."""
    audit.append(
        actor,
        action,
        object_kind="connection",
        object_id=connection_id,
        result=result,
        now=clock.now(),
        detail=detail,
    )
