"""A token request through the senders, and what it gave."""

from collections.abc import Callable
from dataclasses import dataclass

from console.adapters import senders
from console.adapters.senders import Order, Recorder
from console.adapters.transport import Transport
from console.core.client_auth.base import Proof
from console.core.exchange import Exchange, Failure
from console.core.grants.base import Form, Post
from console.core.oauth.token_answer import read_answer
from console.core.oauth.token_response import TokenError, TokenResponse
from console.core.providers import entra, entra_shape

NOW = 1_790_000_000
FORM = (("grant_type", "client_credentials"), ("scope", "api://orders/.default"))


@dataclass(frozen=True)
class Asked:
    """`response`, `error` and `failure` are what the grant reads, `exchanges` what went over the wire."""

    read: TokenResponse | TokenError | Failure
    exchanges: tuple[Exchange, ...]

    @property
    def response(self) -> TokenResponse | None:
        return self.read if isinstance(self.read, TokenResponse) else None

    @property
    def error(self) -> TokenError | None:
        return self.read if isinstance(self.read, TokenError) else None

    @property
    def failure(self) -> Failure | None:
        return self.read if isinstance(self.read, Failure) else None


def order_for(
    authority: str, prove: Callable[[str], Proof], *, is_for_audience: bool = False, form: Form = FORM, scope: str = ""
) -> Order:
    """A request for a client's token at a place shaped like Entra; `authority` is the URL with the tenant."""
    base, _, tenant = authority.rpartition("/")
    place = entra_shape.place_at(base, tenant, issuer_v1="")
    post = Post(place.token_endpoint, form, auth_audience=place.token_endpoint)
    client_id = "11111111-2222-3333-4444-555555555555"
    return Order(post, place, client_id, entra.believes, prove, is_for_audience, scope)


def asked(order: Order, transport: Transport) -> Asked:
    recorder = Recorder(transport)
    answer = senders.send(order, recorder)
    read = answer if isinstance(answer, Failure) else read_answer(answer, now=NOW)
    return Asked(read, recorder.exchanges)
