"""A stored authorization of a profile: who consented to it, whether it still holds, and what happened with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

REFRESH_BEFORE_S = 180  # as the credential manager of API Management does: a token with less left is renewed on use


class ConnectionStatus(StrEnum):
    """The words of API Management's credential manager."""

    NOT_CONNECTED = "not connected"
    CONNECTED = "connected"
    ERROR = "error"


class ConnectionEvent(StrEnum):
    """What can happen with a connection, in the order of the pictures on its page."""

    PREPARED = "prepared"  # a sign-in was prepared, or a login link made
    CAME_BACK = "came back"
    EXCHANGED = "exchanged"
    KEPT = "kept"
    RETURNED = "returned"
    SHARED = "shared"  # told from its shares
    ASKED = "asked"  # somebody used it
    REFRESH_SENT = "refresh sent"
    REFRESHED = "refreshed"
    ATTACHED = "attached"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class ConnectedIdentity:
    """Who signed in, as the provider told. `source` says where it stands: "ID token" or "access token".

    `issuer` and `subject` together are the person (OpenID Connect Core section 2); `name` is for people, "" when
    nothing was told. `claims` are the few that tell one account from another, in order.
    """

    issuer: str
    subject: str
    name: str
    source: str
    claims: tuple[tuple[str, str], ...] = ()

    def is_same_as(self, other: "ConnectedIdentity") -> bool:
        """Whether both are one account; unknown subjects are never the same."""
        return bool(self.subject) and (self.issuer, self.subject) == (other.issuer, other.subject)


@dataclass(frozen=True, slots=True)
class ConnectionProblem:
    """Why a connection is in error: the provider's code, or ours, the reason in words, and when (epoch seconds)."""

    code: str
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class NamedPrincipal:
    """A service principal or managed identity that uses the connection elsewhere: written down, given nothing here."""

    kind: str
    object_id: str
    note: str = ""


PRINCIPAL_KINDS = ("service principal", "managed identity")


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection without its tokens. Times are epoch seconds, None when that has not happened.

    `token_ends_at` is when the access token expires, None also when nobody said. `bound_to` is the provider, client
    and place that its refresh token came from: it goes nowhere else. `refresh_ends_at` is when that one ends, where the
    provider said so. `doubt_since` is when a refresh was sent whose answer never arrived, None otherwise: the provider
    may have replaced the refresh token without telling us. `events` are the last moments of each event.
    """

    id: str
    profile_id: str
    owner_id: int
    name: str
    status: ConnectionStatus
    created_at: int
    problem: ConnectionProblem | None = None
    identity: ConnectedIdentity | None = None
    named: tuple[NamedPrincipal, ...] = ()
    scope: str = ""
    bound_to: str = ""
    has_refresh_token: bool = False
    connected_at: int | None = None
    refreshed_at: int | None = None
    token_ends_at: int | None = None
    refresh_ends_at: int | None = None
    doubt_since: int | None = None
    events: Mapping[ConnectionEvent, int] = field(default_factory=dict)

    @property
    def is_connected(self) -> bool:
        return self.status is ConnectionStatus.CONNECTED


def refresh_before_s(lifetime_s: int | None) -> int:
    """With how little left a token of that life (seconds, None when unknown) is renewed: half its life, when short."""
    return REFRESH_BEFORE_S if lifetime_s is None else min(REFRESH_BEFORE_S, lifetime_s // 2)
