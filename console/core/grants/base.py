"""How to get a token: a grant says what to do next, and is told what came of it. Others send, wait and keep."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from console.core.credential import Secret
from console.core.exchange import Exchange, Failure, FailureKind
from console.core.oauth.arrow import Arrow
from console.core.oauth.fresh import Fresh
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings
from console.core.oauth.token_answer import read_answer
from console.core.oauth.token_response import TokenError, TokenResponse

Form = tuple[tuple[str, str], ...]
Kept = Mapping[str, Secret]
CameBack = Exchange | Mapping[str, str] | None


class Need(StrEnum):
    """What must be there before a grant can begin. With USER its tokens belong to one person, not to the profile.

    PASSWORD is typed for each request.
    """

    CLIENT_AUTH = "client_auth"
    USER = "user"
    REDIRECT = "redirect"
    SUBJECT_TOKEN = "subject_token"
    REFRESH_TOKEN = "refresh_token"
    SIGNING_KEY = "signing_key"
    PASSWORD = "password"


Sign = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks where for what. `settings` are the profile's, and on top those of this one request; `given` the secrets
    that the grant `needs`, by need.

    `redirect_uri` is where a person comes back to (RFC 6749 section 3.1.2). `sign(claims)` gives the claims as a JWT,
    signed with the profile's key; None for a profile without a key.
    """

    place: Place
    client_id: str
    scope: str
    settings: Settings
    fresh: Fresh
    given: Mapping[Need, Secret]
    redirect_uri: str = ""
    sign: Sign | None = None

    def setting(self, name: str) -> str:
        """ "" where nothing was chosen."""
        return self.settings.get(name, "")


@dataclass(frozen=True, slots=True, repr=False)
class Post:
    """A form to an endpoint (RFC 6749 section 4). Which of its values are secret, `secrets` says.

    `auth_audience` is what a proof of the client is made for; "" when the client proves nothing here. `keep` is what
    `go_on` needs beside the answer.
    """

    endpoint: str
    form: Form
    auth_audience: str = ""
    secrets: tuple[Secret, ...] = ()
    keep: Kept = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SendPerson:
    """A person signs in at `url`; `go_on` gets the parameters of the answer that has `expects_state`."""

    url: str
    expects_state: str
    keep: Kept


@dataclass(frozen=True, slots=True)
class Wait:
    """A person does something elsewhere; `go_on` may be asked after `interval_s`, until `until` (epoch seconds).

    They enter `user_code` at `verification_uri`; `uri_with_code` is the same address with the code in it, "" without.
    """

    user_code: str
    verification_uri: str
    until: int
    interval_s: int
    keep: Kept
    uri_with_code: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    result: TokenResponse | TokenError | Failure


Move = Post | SendPerson | Wait | Done


@dataclass(frozen=True, slots=True)
class Grant:
    """`grant_type` verbatim as on the wire (RFC 6749); `code` is our word for it, used in forms and rows.

    `begin(ask)` gives the first move. `go_on(ask, kept, came_back)` gives the next: `kept` is what the moves before
    asked to keep (empty when none did), `came_back` the exchange of a Post, the parameters with which a person
    came back, or None after a Wait. With a `warning`, why nobody should build on it, it is not offered unless the
    administrator allows it. `arrows` are the grant's picture, in order (`core/flows` lights them).
    """

    code: str
    title: str
    grant_type: str
    source: str
    needs: frozenset[Need]
    begin: Callable[[Ask], Move]
    go_on: Callable[[Ask, Kept, CameBack], Move]
    settings: tuple[Setting, ...] = ()
    warning: str = ""
    arrows: tuple[Arrow, ...] = ()


def done(came_back: CameBack, *, now: int) -> Done:
    """The end of a grant whose last answer this is."""
    if isinstance(came_back, Exchange):
        return Done(read_answer(came_back, now=now))
    return Done(Failure(FailureKind.BAD_HTTP, "There was no answer of the token endpoint."))
