"""What a fault is: one way the sandbox, or a client of it, misbehaves on purpose."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from console.core.exchange import Failure, Header, Request, Response
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.issue import Issue
from console.sandbox.state import Authorization, State


class Needs(StrEnum):
    """Which credential a client must have for the fault to show."""

    ANY = "any"
    SECRET = "secret"
    CERTIFICATE = "certificate"


class ShowsAt(StrEnum):
    """Where the fault shows: at the token endpoint, or when the API is called."""

    TOKEN = "token"
    CALL = "call"


class Thumbprints(Protocol):
    """The two thumbprints of a certificate, base64url without padding."""

    @property
    def x5t(self) -> str: ...

    @property
    def x5t_s256(self) -> str: ...


ENTRA = "entra"
CODE, REFRESH = "authorization_code", "refresh_token"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
NOTHING_REFUSED = ""  # in place of a cause: the gateway lets in too much, which a matrix of auth variants finds
Part = dict[str, Any]
Answer = Callable[[Request, int, str], Response | Failure | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """`cause` is the slug of the cause that must rank first, NOTHING_REFUSED where too much is let in.

    Server side: `world` changes what the sandbox knows while the fault is active (state, now); `on_issue` changes the
    token before it is signed; `token_answer`, `gateway_answer` and `backend_answer` replace an answer (request, now,
    entropy), None leaves it. A Failure stands for an answer that does not come in time: nothing waits in process.
    `takes_no_assertion_twice`: each client assertion counts as used before.
    `on_authorization` (grant type, what a person authorized) is what the token endpoint answers in place of tokens,
    None to go on.
    Client side, what is sent instead: `on_secret` (secret, state, client id), `on_assertion_header` (header,
    thumbprints), `on_call_headers`. The sandbox applies them to what it receives as well, so that other clients see the
    same; applying one twice changes nothing more.

    `provider` is the folder of the one that misbehaves; faults of the call are everybody's. `grant_types` are the
    grants it shows for, () for any; `needs_setting` is a setting of the profile without which it does not show, "" for
    none; `is_of_applications`: it shows so only for a client that asks for itself. `on_claims` changes the tokens of
    the others than the Entra-shaped one (header, claims, now) before they are signed.
    """

    code: str
    title: str
    explanation: str
    cause: str
    needs: Needs = Needs.ANY
    shows_at: ShowsAt = ShowsAt.CALL
    world: Callable[[State, int], State] | None = None
    on_issue: Callable[[Issue], Issue] | None = None
    token_answer: Answer | None = None
    gateway_answer: Answer | None = None
    backend_answer: Answer | None = None
    on_secret: Callable[[str, State, str], str] | None = None
    on_assertion_header: Callable[[dict[str, Any], Thumbprints], dict[str, Any]] | None = None
    on_call_headers: Callable[[tuple[Header, ...]], tuple[Header, ...]] | None = None
    on_authorization: Callable[[str, Authorization], EntraError | None] | None = None
    grant_types: tuple[str, ...] = ()
    needs_setting: str = ""
    is_of_applications: bool = False
    takes_no_assertion_twice: bool = False
    provider: str = ENTRA
    on_claims: Callable[[Part, Part, int], tuple[Part, Part]] | None = None
