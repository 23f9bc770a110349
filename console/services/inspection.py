"""Inspect what somebody pasted. Nothing is stored; nothing is fetched unless the person asks for the keys."""

from dataclasses import dataclass

from console.adapters import clock
from console.core.actor import Actor
from console.core.api import Api, Expectation
from console.core.checks import run_all
from console.core.checks.base import Context, Finding
from console.core.tokens.recognise import Pasted, recognise
from console.core.tokens.signature import NOT_CHECKED, SignatureResult
from console.core.tokens.token import Token
from console.services import apis, keys, wiring


@dataclass(frozen=True, slots=True)
class Inspected:
    """One token of a paste, judged. Without an Api the expectation is empty and audience and the like are `unknown`."""

    token: Token
    signature: SignatureResult
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    pasted: Pasted
    items: tuple[Inspected, ...]
    api: Api | None
    now: int


def inspect(actor: Actor, text: str, *, api_id: str | None = None, fetches_keys: bool = False) -> Inspection:
    """What a paste is, what is in it, and how it would be judged by an Api; raises NotFound for a stranger's Api.

    Without `fetches_keys` only keys that are already stored are used, so that pasting opens no socket.
    """
    now = clock.now()
    api = apis.get(actor, "view", api_id) if api_id else None
    pasted = recognise(text)
    transport = wiring.transport_for(actor) if fetches_keys and api else None
    items = []
    for token in pasted.tokens:
        signature = NOT_CHECKED
        if api is not None:
            signature = keys.check_signature(token, api.metadata_url, transport=transport, now=now)
        expectation = api.expectation if api else Expectation()
        items.append(Inspected(token, signature, run_all(Context(token, expectation, signature, now))))
    return Inspection(pasted, tuple(items), api, now)
