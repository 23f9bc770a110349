"""One sign-in of a person at the provider, from the page that explains it to what was kept of it.

Its stages only go forward. What the next stage needs is sealed; once it is over nothing of that is left.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from console.core.connection import ConnectedIdentity, ConnectionProblem
from console.core.credential import Secret
from console.core.json.text import visible
from console.core.oauth.token_response import TokenResponse
from console.core.tokens.parse import parse

LIFE_S = 600
MAX_PARAMETER = 16_384  # characters of one parameter of an answer; codes of Entra have about 1,500
_NAMES = ("name", "preferred_username", "upn", "email", "unique_name", "given_name")
_TELLING = ("name", "preferred_username", "email", "upn", "sub", "oid", "tid", "iss", "acr", "amr")
_MAX_CLAIM = 300
_PID_DIGITS = 11


class AuthorizationStage(StrEnum):
    """`SENT` waits for the person, `BACK` holds an answer whose code was not sent yet, `EXCHANGING` was sent."""

    SENT = "sent"
    BACK = "back"
    EXCHANGING = "exchanging"
    TO_CONFIRM = "to confirm"
    CONNECTED = "connected"
    DECLINED = "declined"
    FAILED = "failed"


OVER = frozenset({AuthorizationStage.CONNECTED, AuthorizationStage.DECLINED, AuthorizationStage.FAILED})


class BackProblem(StrEnum):
    """Why an answer of a provider was not taken, as it stands in the address of the page that says so."""

    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    OTHER_BROWSER = "other-browser"
    OTHER_PERSON = "other-person"
    ANSWERED = "answered"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, repr=False)
class KeptAnswer:
    """A token response as it waits, sealed, for somebody to confirm whose it is. Fields as in TokenResponse."""

    access_token: str
    token_type: str
    expires_in_s: int | None
    obtained_at: int
    scope: str
    notes: tuple[str, ...] = ()
    refresh_token: str = ""
    id_token: str = ""
    refresh_expires_in_s: int | None = None

    @classmethod
    def of(cls, response: TokenResponse) -> "KeptAnswer":
        refresh, identity = response.refresh_token, response.id_token
        return cls(
            response.access_token.reveal(),
            response.token_type,
            response.expires_in_s,
            response.obtained_at,
            response.scope,
            response.notes,
            refresh.reveal() if refresh else "",
            identity.reveal() if identity else "",
            response.refresh_expires_in_s,
        )

    def response(self) -> TokenResponse:
        return TokenResponse(
            Secret(self.access_token),
            self.token_type,
            self.expires_in_s,
            self.obtained_at,
            self.scope,
            self.notes,
            refresh_token=Secret(self.refresh_token) if self.refresh_token else None,
            id_token=Secret(self.id_token) if self.id_token else None,
            refresh_expires_in_s=self.refresh_expires_in_s,
        )


@dataclass(frozen=True, slots=True, repr=False)
class AuthorizationParts:
    """What a sign-in needs to go on. `url` is where the person is sent, "" for a device code; `keep` what the grant
    asked to keep; `bound_to` the provider and client it began with; `pushed` the parameters that were pushed before
    (RFC 9126); `came_back` the answer's; `answer` the tokens that wait to be confirmed. `is_guided`: it goes step by
    step, and the code waits until somebody says that it shall be sent.
    """

    bound_to: str = ""
    url: str = ""
    keep: Mapping[str, str] = field(default_factory=dict)
    pushed: tuple[tuple[str, str], ...] = ()
    came_back: Mapping[str, str] = field(default_factory=dict)
    answer: KeptAnswer | None = None
    is_guided: bool = False


@dataclass(frozen=True, slots=True)
class PersonAuthorization:
    """`link_id` is the login link it came by, `person_id` who is signed in here and began it: one of both is None.

    `attempt_id` is the entry of the history that tells how its exchange went. Times are epoch seconds.
    """

    id: str
    connection_id: str
    link_id: str | None
    person_id: int | None
    stage: AuthorizationStage
    made_at: int
    expires_at: int
    parts: AuthorizationParts = field(default=AuthorizationParts(), repr=False)
    problem: ConnectionProblem | None = None
    attempt_id: str | None = None
    version: int = 0

    @property
    def is_over(self) -> bool:
        return self.stage in OVER


def identity_of(response: TokenResponse) -> ConnectedIdentity | None:
    """Who signed in: what the ID token says, else the access token where it can be read; None where neither does."""
    for source, token in (("ID token", response.id_token), ("access token", response.access_token)):
        claims = (parse(token.reveal()).claims if token else None) or {}
        subject = _text(claims.get("sub") or claims.get("oid"))
        if subject:
            told = ((name, _text(claims.get(name))) for name in _TELLING)
            name = next(
                (text for name in _NAMES if (text := _text(claims.get(name)))), _masked(_text(claims.get("pid")))
            )
            return ConnectedIdentity(
                _text(claims.get("iss")), subject, name, source, tuple((key, text) for key, text in told if text)
            )
    return None


_WITH_TOKEN = ("access_token", "token_type", "expires_in", "scope", "id_token")


def read_answer(given: Mapping[str, list[str]], *, may_hold_token: bool = False) -> dict[str, str] | None:
    """The parameters of an authorization response (RFC 6749 section 4.1.2), each once; where it `may_hold_token`, those
    of section 4.2.2 too, which no address that a server is told may hold.

    None for one that names no state, or holds a parameter twice or beyond reason (section 3.1).
    """
    names = ("state", "code", "iss", "error", "error_description", "error_uri", "error_subcode", "claims")
    wanted = (*names, *_WITH_TOKEN) if may_hold_token else names
    found = {name: given[name] for name in wanted if name in given}
    if any(len(values) != 1 or len(values[0]) > MAX_PARAMETER for values in found.values()):
        return None
    read = {name: values[0] for name, values in found.items() if values[0]}
    says_something = any(name in read for name in ("code", "error", "access_token"))
    return read if "state" in read and says_something else None


def _masked(pid: str) -> str:
    """The national identity number of ID-porten as its owner knows it again and nobody else can use it; "" for none."""
    return f"{pid[:6]}*****" if pid.isdigit() and len(pid) == _PID_DIGITS else ""


def _text(value: object) -> str:
    """A claim as text for people; "" for what is absent or no plain value."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return visible(" ".join(value))[:_MAX_CLAIM]
    return visible(value)[:_MAX_CLAIM] if isinstance(value, str) else ""
