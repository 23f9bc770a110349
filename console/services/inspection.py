"""Inspect what somebody pasted. Nothing is stored; nothing is fetched unless the person asks for the keys."""

from dataclasses import dataclass

from console.adapters import clock
from console.core.actor import Actor
from console.core.api import Api, Expectation
from console.core.inspection import Inspected, inspect_pasted, recognised
from console.core.tokens.recognise import Pasted
from console.core.tokens.signature import SignatureResult, verify
from console.core.tokens.token import Token
from console.services import apis, keys, wiring


@dataclass(frozen=True, slots=True)
class Inspection:
    """`root` is the tree of core.inspection. `api` is None when the paste was only decoded; `now` is epoch seconds."""

    pasted: Pasted
    root: Inspected
    api: Api | None
    now: int

    @property
    def items(self) -> tuple[Inspected, ...]:
        """The tokens, in order: of a single token the paste itself."""
        return tuple(item for item in (self.root, *self.root.items) if item.token is not None)

    @property
    def exchanges(self) -> tuple[Inspected, ...]:
        """The failed exchanges, in order: of an error or a log the paste itself."""
        return tuple(item for item in (self.root, *self.root.items) if item.exchange is not None)


def inspect(actor: Actor, text: str, *, api_id: str | None = None, fetches_keys: bool = False) -> Inspection:
    """What a paste is, what is in it, and how it would be judged by an Api; raises NotFound for a stranger's Api.

    Without `fetches_keys` only keys that are already stored are used, so that pasting opens no socket.
    """
    now = clock.now()
    api = apis.get(actor, "view", api_id) if api_id else None
    pasted = recognised(text)
    transport = wiring.transport_for(actor) if fetches_keys and api else None

    def check(token: Token) -> SignatureResult:
        if api is None or not api.metadata_url:
            return verify(token, None)
        return keys.check_signature(token, api.metadata_url, transport=transport, now=now)

    expectation = api.expectation if api else Expectation()
    root = inspect_pasted(pasted, expectation=expectation, check=check, now=now)
    return Inspection(pasted, root, api, now)
