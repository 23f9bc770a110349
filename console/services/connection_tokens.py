"""The next token of a connection: what it is got with, and what of the answer is kept. Under the connection's lease.

Before a refresh token is sent the connection is marked in doubt, and cleared by an answer. So a refresh whose answer
never came, or whose process died, is known as what it is: the provider may have replaced the refresh token.
"""

from dataclasses import dataclass, field, replace

from console.adapters import clock
from console.core.actor import SYSTEM, Actor
from console.core.attempts.token_result import TokenResult
from console.core.audit.actions import Action
from console.core.authorization import identity_of
from console.core.connection import (
    Connection,
    ConnectionEvent,
    ConnectionProblem,
    ConnectionStatus,
)
from console.core.errors import NotAllowed
from console.core.exchange import Failure, FailureKind
from console.core.grants import grant_of
from console.core.grants.base import Need
from console.core.oauth.id_token import refused
from console.core.oauth.token_response import TokenError, TokenResponse
from console.core.tokens.times import utc
from console.services import profiles
from console.services.opening import OpenProfile
from console.services.own_sandbox import place_of
from console.services.token_requests import USUAL, Using
from console.store import audit, connections, tokens
from console.store.connections import KeptTokens
from console.store.tokens import TokenKey

WHO = "Who manages the connection can do this."
NEVER_SENT = (FailureKind.DNS, FailureKind.REFUSED, FailureKind.TLS, FailureKind.BLOCKED_ADDRESS, FailureKind.BUSY)
OF_THE_MOMENT = ("server_error", "throttled")  # kinds of TokenError that say nothing of the refresh token


@dataclass(frozen=True, slots=True)
class Renewal:
    """A connection as it was when its renewal began, and what the request uses."""

    opened: OpenProfile
    connection: Connection
    using: Using = USUAL
    kept: KeptTokens = field(default_factory=KeptTokens)


def is_passing(result: object) -> bool:
    """Whether an answer without a token says nothing of the connection, only of this moment."""
    return isinstance(result, Failure) or (isinstance(result, TokenError) and result.kind in OF_THE_MOMENT)


def needs_person(opened: OpenProfile) -> bool:
    """Whether its tokens begin with somebody's sign-in."""
    return Need.USER in grant_of(opened.profile.grant).needs


def binding_of(opened: OpenProfile) -> str:
    """The provider, client and place that a refresh token comes from, and is sent to alone."""
    profile = opened.profile
    where = f"{profiles.destination_of(profile)} {place_of(opened.own, profile)}".rstrip()
    return f"{profile.client_id} at {where}"


def begin(opened: OpenProfile) -> Renewal:
    """What the next request of a connection is made with; raises NotAllowed where somebody has to sign in first."""
    found = connections.kept(opened.actor, opened.connection_id or "")
    connection = found.connection
    if not needs_person(opened):
        return Renewal(opened, connection)
    if connection.status is not ConnectionStatus.CONNECTED:
        raise _must_sign_in(connection)
    if connection.bound_to != binding_of(opened):
        raise _moved(connection)
    kept = connections.open_tokens(found)
    if kept.refresh_token is None:
        if connection.token_ends_at is not None and connection.token_ends_at > clock.now():
            raise _still_good(connection)
        problem = ConnectionProblem("no_refresh_token", NO_REFRESH_TOKEN, clock.now())
        _save(opened.actor, replace(connection, status=ConnectionStatus.ERROR, problem=problem))
        raise _must_sign_in(replace(connection, problem=problem))
    now = clock.now()
    events = {**connection.events, ConnectionEvent.REFRESH_SENT: now}
    marked = _save(opened.actor, replace(connection, events=events, doubt_since=connection.doubt_since or now))
    was_lost = replace(marked, doubt_since=connection.doubt_since)
    using = Using(grant="refresh_token", given={Need.REFRESH_TOKEN: kept.refresh_token})
    return Renewal(opened, was_lost, using, kept)


def checked(renewal: Renewal, sent: TokenResult) -> TokenResult:
    """What a renewal gave, unless its ID token is somebody else's (OpenID Connect Core section 12.2)."""
    before, response = renewal.connection.identity, sent.response
    now = identity_of(response) if response is not None and response.id_token is not None else None
    if before is None or now is None or before.source != now.source or before.is_same_as(now):
        return sent
    return replace(sent, outcome=refused("bad_id_token", _OTHER))


_OTHER = "The renewed ID token is another account's than the one that signed in, so its tokens were not kept."


def keep(renewal: Renewal, key: TokenKey, response: TokenResponse) -> Connection:
    """Keeps the new tokens together: no moment has the access token of one answer and the refresh token of another."""
    now, before = clock.now(), renewal.connection
    kept = KeptTokens(
        response.refresh_token or renewal.kept.refresh_token,
        response.id_token or renewal.kept.id_token,
    )
    is_refresh = renewal.using is not USUAL
    after = replace(
        before,
        status=ConnectionStatus.CONNECTED,
        problem=None,
        scope=response.scope,
        bound_to=binding_of(renewal.opened),
        connected_at=before.connected_at or now,
        refreshed_at=now,
        token_ends_at=response.expires_at,
        refresh_ends_at=_refresh_end(before, response),
        doubt_since=None,
        events={**before.events, **dict.fromkeys(_REFRESHED if is_refresh else _FIRST, now)},
    )
    with audit.together():
        tokens.save(key, response)
        return _save(SYSTEM, after, tokens=kept if is_refresh else None)


def _refresh_end(before: Connection, response: TokenResponse) -> int | None:
    """A new refresh token lasts as long as its own answer says; the old one, kept, as was said before."""
    is_new = response.refresh_token is not None
    return response.refresh_ends_at if is_new else response.refresh_ends_at or before.refresh_ends_at


def failed(renewal: Renewal, sent: TokenResult) -> None:
    """What a renewal without a token means for the connection: refused, not at this moment, or nobody knows."""
    now, connection = clock.now(), renewal.connection
    outcome = sent.outcome
    if isinstance(outcome, TokenError) and not is_passing(outcome):
        problem = ConnectionProblem(outcome.error or outcome.kind, _reason(outcome, connection), now)
        with audit.together():
            after = _save(
                SYSTEM,
                replace(connection, status=ConnectionStatus.ERROR, problem=problem, doubt_since=None),
            )
            _audit(renewal.opened, after, Action.CONNECTION_FAILED, detail=problem.code)
        return
    if renewal.using is USUAL:
        return
    posted = sent.posted.failure if sent.posted else None
    is_lost = posted is not None and posted.kind not in NEVER_SENT
    _save(SYSTEM, replace(connection, doubt_since=connection.doubt_since or now) if is_lost else connection)


_REFRESHED = (ConnectionEvent.REFRESHED,)
_FIRST = (ConnectionEvent.EXCHANGED, ConnectionEvent.KEPT)  # of an application's own token there is no other
NO_REFRESH_TOKEN = (
    "Its access token has ended, and the provider gave no refresh token to get another with. Many providers give one"
    " only for the scope offline_access."
)


def _reason(error: TokenError, connection: Connection) -> str:
    """In words, with what a lost answer of before has to do with it."""
    told = error.error_description or error.error or f"The provider answered with HTTP status {error.status}."
    if connection.doubt_since is None or error.error != "invalid_grant":
        return told
    return (
        f"{told} The answer to the refresh of {utc(connection.doubt_since)} was lost on its way: the provider had"
        " very likely replaced the refresh token then, and takes the old one for stolen."
    )


def _still_good(connection: Connection) -> NotAllowed:
    """Nothing is wrong with such a connection: it is used until its token ends."""
    return NotAllowed(
        f"The token of “{connection.name}” cannot be renewed.",
        why=(
            f"The provider gave no refresh token; the token that is kept is good until {utc(connection.token_ends_at)}."
            " Many providers give one only for the scope offline_access."
        ),
        do="Use it as it is, or open the connection and authorize it again.",
        who=WHO,
    )


def _must_sign_in(connection: Connection) -> NotAllowed:
    is_new = connection.status is ConnectionStatus.NOT_CONNECTED and connection.problem is None
    why = "Nobody has signed in for it yet." if is_new else ""
    if connection.problem is not None:
        why = f"{connection.problem.code}: {connection.problem.reason}"
    return NotAllowed(
        f"The connection “{connection.name}” gives no token: it is {_status(connection)}.",
        why=why or "Nobody is signed in for it at present.",
        do="Open the connection and authorize it again.",
        who=WHO,
    )


def _status(connection: Connection) -> str:
    return "in error" if connection.problem else connection.status.value


def _moved(connection: Connection) -> NotAllowed:
    return NotAllowed(
        f"The connection “{connection.name}” belongs to another provider or client than the profile names now.",
        why="The profile was changed since somebody signed in. A refresh token goes only where it came from.",
        do="Open the connection and authorize it again.",
        who=WHO,
    )


def _save(actor: Actor, connection: Connection, *, tokens: KeptTokens | None = None) -> Connection:
    """Under the lease, for whoever may use the connection: renewing is part of using it.

    What came is kept by the console itself. The provider has replaced the refresh token: were the new one lost with the
    right of who asked, taken back meanwhile, its owner would have to sign in again.
    """
    return connections.save(actor, "use", connection, tokens=tokens)


def _audit(opened: OpenProfile, connection: Connection, action: Action, *, detail: str) -> None:
    audit.append(
        opened.actor,
        action,
        object_kind="connection",
        object_id=connection.id,
        result="done",
        now=clock.now(),
        detail=detail,
    )
