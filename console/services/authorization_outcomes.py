"""The end of a sign-in: its person confirms whose it is and it is kept, or says that it is not, and nothing is."""

from dataclasses import replace

from console.adapters import clock, random
from console.core.audit.actions import Action
from console.core.authorization import AuthorizationStage, identity_of
from console.core.connection import Connection, ConnectionEvent, ConnectionStatus
from console.core.errors import Busy, NotAllowed
from console.core.oauth.token_response import TokenResponse
from console.core.tokens.parse import parse
from console.services import authorization_answers, connection_tokens, opening, token_lives, tokens
from console.services.authorizations import OpenAuthorization, finish, tell
from console.store import audit, authorizations, connections
from console.store import tokens as token_store
from console.store.connections import KeptTokens

LEASE_S = 30


def confirm(found: OpenAuthorization, *, accepts_other: bool) -> OpenAuthorization:
    """Keeps the tokens that wait; raises NotAllowed where there are none, or where they are another account's than the
    connection's and that was not accepted; Busy while its token is renewed.
    """
    response = found.response
    if found.authorization.stage is AuthorizationStage.CONNECTED:
        return found
    if response is None or found.is_too_late:
        raise _nothing_to_confirm()
    key, holder, now = tokens.key_of(found.opened), random.new_id(), clock.now()
    if not token_store.acquire_lease(key, holder=holder, now=now, until=now + LEASE_S):
        raise Busy(
            "The connection's token is being renewed at this moment.",
            why="Both at once could keep the older of two refresh tokens.",
            do="Confirm again in a few seconds.",
            who="You can do this.",
            wait_s=3,
        )
    try:
        current = replace(found, opened=opening.of_connection(found.opened.actor, "manage", found.connection.id))
        _must_be_meant(current, accepts_other=accepts_other)
        return _kept(current, response)
    finally:
        token_store.release_lease(key, holder=holder)


def _must_be_meant(found: OpenAuthorization, *, accepts_other: bool) -> None:
    """Raises NotAllowed where it is another account's connection by now: another sign-in may have been kept since this
    one's answer came. Whoever came by a link takes nothing over, whatever they say.
    """
    if not authorization_answers.is_other_identity(found) or (accepts_other and found.link is None):
        return
    by_link = "Whoever manages the connection disconnects it first; then sign in with a new link."
    raise NotAllowed(
        "Somebody else signed in than the connection belongs to.",
        why="Whoever uses the connection would act as another person from then on.",
        do=by_link if found.link else "Confirm that the other account is meant, or sign in with the first one.",
        who=f"{found.link.maker} can do this." if found.link else "You can do this.",
    )


def decline(found: OpenAuthorization) -> OpenAuthorization:
    """Forgets the tokens that wait; raises NotAllowed where there are none."""
    before = found.authorization
    after = (
        authorizations.advance(before, replace(before, stage=AuthorizationStage.DECLINED)) if found.response else None
    )
    if after is None:
        raise _nothing_to_confirm()
    finish(found, "declined", detail="not the right account")
    return replace(found, authorization=after)


def _kept(found: OpenAuthorization, response: TokenResponse) -> OpenAuthorization:
    """Tokens, status and the end of the sign-in, together."""
    opened, before, now = found.opened, found.authorization, clock.now()
    lived = token_lives.with_own_life(response, parse(response.access_token.reveal()))
    connection = _connected(found.connection, lived, binding=connection_tokens.binding_of(opened), now=now)
    with audit.together():
        after = authorizations.advance(before, replace(before, stage=AuthorizationStage.CONNECTED))
        if after is None:
            raise _nothing_to_confirm()
        token_store.forget_connection(connection.id)
        token_store.save(tokens.key_of(opened), lived)
        kept = KeptTokens(response.refresh_token, response.id_token)
        connections.save(opened.actor, "manage", connection, tokens=kept)
        finish(found, "connected", detail=_as(connection))
        tell(opened.actor, connection.id, Action.CONNECTED, result="done", detail=_as(connection))
    return replace(found, authorization=after)


def _connected(connection: Connection, response: TokenResponse, *, binding: str, now: int) -> Connection:
    events = (ConnectionEvent.KEPT, ConnectionEvent.RETURNED)
    return replace(
        connection,
        status=ConnectionStatus.CONNECTED,
        problem=None,
        identity=identity_of(response),
        scope=response.scope,
        bound_to=binding,
        connected_at=now,
        refreshed_at=None,
        token_ends_at=response.expires_at,
        refresh_ends_at=response.refresh_ends_at,
        doubt_since=None,
        events={**connection.events, **dict.fromkeys(events, now)},
    )


def _as(connection: Connection) -> str:
    identity = connection.identity
    return f"as {identity.name or identity.subject}" if identity else "as somebody whom the provider did not name"


def _nothing_to_confirm() -> NotAllowed:
    return NotAllowed(
        "There is nothing to confirm any more.",
        why="It was confirmed or declined already, or its ten minutes are over.",
        do="Open the connection to see where it stands, or sign in again.",
        who="You can do this.",
    )
