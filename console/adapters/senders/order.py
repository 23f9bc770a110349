"""What a sender is given: a form, where it goes, and how the client proves itself with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from console.adapters.transport import Transport
from console.core.client_auth.base import Proof
from console.core.credential import Certificate
from console.core.exchange import Exchange, Failure, Purpose, Request
from console.core.grants.base import Post
from console.core.oauth.dpop import Prove
from console.core.oauth.metadata import Metadata
from console.core.oauth.place import Place
from console.core.tokens.certificates import first_of

LEAST_DEADLINE_S = 1.0  # what is left for a request when those before it took nearly all


@dataclass(frozen=True, slots=True)
class Order:
    """`prove(audience)` gives the client's proof, None where none is asked for. `is_for_audience` as in ClientAuth.

    `believes` is the provider's: why its discovery document may not be followed. `scope` is what the profile asks for,
    for a library that wants to know it where the form does not say it. `dpop` makes proofs of possession, None where
    tokens are bound to no key.
    """

    post: Post
    place: Place
    client_id: str
    believes: Callable[[Metadata, Place], Failure | None]
    prove: Callable[[str], Proof] | None = None
    is_for_audience: bool = False
    scope: str = ""
    dpop: Prove | None = None


class Recorder:
    """The guarded transport for one token request of several steps: keeps each exchange, and one deadline for all."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._exchanges: list[Exchange] = []

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """In order, with true URLs and with the secrets that were sent: redact them before they are kept."""
        return tuple(self._exchanges)

    def answers_locally(self, url: str) -> bool:
        return self._transport.answers_locally(url)

    def send(
        self, request: Request, *, purpose: Purpose = Purpose.TOKEN, certificate: Certificate | None = None
    ) -> Exchange:
        spent_s = sum(exchange.elapsed_ms for exchange in self._exchanges) / 1000
        left_s = max(LEAST_DEADLINE_S, self._transport.policy.deadline_s - spent_s)
        exchange = self._transport.send(request, purpose=purpose, deadline_s=left_s, certificate=certificate)
        self._exchanges.append(exchange)
        return exchange


class DryRecorder(Recorder):
    """Records what would be sent and sends nothing: each exchange has its request, and no answer."""

    def send(
        self, request: Request, *, purpose: Purpose = Purpose.TOKEN, certificate: Certificate | None = None
    ) -> Exchange:
        shown = replace(request, client_certificate=first_of(certificate.chain_pem) if certificate else "")
        exchange = Exchange(shown, None, None, started_at=0, elapsed_ms=0, purpose=purpose)
        self._exchanges.append(exchange)
        return exchange
