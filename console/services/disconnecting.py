"""Lets a connection go: its tokens are taken back at the provider where it can (RFC 7009), and forgotten here."""

from dataclasses import replace

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.connection import Connection, ConnectionStatus
from console.core.credential import Secret
from console.core.errors import Busy, Misconfigured, Refusal
from console.core.exchange import Failure
from console.services import connection_tokens, opening, profiles, token_checks, token_requests, tokens
from console.services.authorizations import tell
from console.services.opening import OpenProfile
from console.store import audit, connections
from console.store import tokens as token_store
from console.store.connections import KeptTokens

LEASE_S = 60
NO_ENDPOINT = "The provider has no address to take tokens back: what it gave lives until it ends by itself."
REVOKED = "The provider took its tokens back."
NOTHING_KEPT = "There was no token to take back."


def disconnect(actor: Actor, connection_id: str) -> str:
    """Forgets its tokens and whose they were; what became of them at the provider, as one sentence.

    Raises NotFound when it is not the actor's to manage, and Busy while its token is renewed.
    """
    opened = opening.of_connection(actor, "manage", connection_id)
    key, holder, now = tokens.key_of(opened), random.new_id(), clock.now()
    if not token_store.acquire_lease(key, holder=holder, now=now, until=now + LEASE_S):
        raise _renewed_now()
    try:
        told = _taken_back(opened)
        before = opening.connection_of(opened)
        empty = Connection(before.id, before.profile_id, before.owner_id, before.name, before.status, before.created_at)
        after = replace(empty, status=ConnectionStatus.NOT_CONNECTED, events=before.events)
        with audit.together():
            token_store.forget_connection(connection_id)
            connections.save(actor, "manage", after, tokens=KeptTokens())
            tell(actor, connection_id, Action.DISCONNECTED, result="done", detail=told)
    finally:
        token_store.release_lease(key, holder=holder)
    return told


def _taken_back(opened: OpenProfile) -> str:
    """The refresh token takes its access tokens along (RFC 7009 section 2.1); without one the access token is sent."""
    try:
        token, hint = _token(opened)
    except Misconfigured as refusal:
        return f"Nothing could be taken back: {refusal.what}"
    if token is None:
        return NOTHING_KEPT
    connection = opening.connection_of(opened)
    if connection.bound_to != connection_tokens.binding_of(opened):
        return "The profile names another provider or client by now, so nothing was sent there to be taken back."
    if not token_checks.can_ask(profiles.place_of(opened.own, opened.profile))[1]:
        return NO_ENDPOINT
    try:
        sent, refused = token_checks.revoke_token(opened, token, hint=hint)
    except Refusal as refusal:
        return f"It could not be taken back at the provider: {refusal.what}"
    problem = "" if refused is None else str(refused.kind if isinstance(refused, Failure) else refused.error)
    token_requests.told(opened, Action.TOKEN_REVOKED, sent, problem=problem)
    return REVOKED if refused is None else f"The provider did not take its tokens back ({problem})."


def _token(opened: OpenProfile) -> tuple[Secret | None, str]:
    kept = connections.open_tokens(connections.kept(opened.actor, opened.connection_id or ""))
    if kept.refresh_token is not None:
        return kept.refresh_token, "refresh_token"
    stored = token_store.find(tokens.key_of(opened))
    return (stored.access_token if stored else None), "access_token"


def _renewed_now() -> Busy:
    return Busy(
        "The connection's token is being renewed at this moment.",
        why="What is renewed meanwhile would be kept after all.",
        do="Disconnect again in a few seconds.",
        who="You can do this.",
        wait_s=3,
    )
