"""Puts the parts together for one actor: the guarded transport, with the embedded sandbox answered in process."""

import logging
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from django.conf import settings

from console.adapters.egress import EgressPolicy, parse_allow
from console.adapters.own_addresses import own_addresses, own_literals, own_names
from console.adapters.transport import Observation, Transport
from console.core.actor import SYSTEM, Actor
from console.services import budget

if TYPE_CHECKING:
    from console.services.own_sandbox import OwnSandbox

logger = logging.getLogger("console.egress")


@lru_cache(maxsize=1)
def egress_policy() -> EgressPolicy:
    """The deployment's rules for what may leave this server; read once."""
    served_as = (settings.CONSOLE_PUBLIC_URL, settings.ALLOWED_HOSTS)
    return EgressPolicy(
        mode=settings.CONSOLE_EGRESS_MODE,
        allow=parse_allow(settings.CONSOLE_EGRESS_ALLOW),
        ca_bundle=settings.CONSOLE_CA_BUNDLE or None,
        proxy=settings.CONSOLE_EGRESS_PROXY or None,
        own_addresses=own_addresses() | own_literals(*served_as),
        own_names=own_names(*served_as),
        call_s=settings.CONSOLE_CALL_S,
    )


def longest_call_s() -> int:
    """The console's own limit: as many whole seconds as a call may take, at most."""
    return max(1, int(egress_policy().longest_call_s))


def outside() -> Transport:
    """The way out for what belongs to no actor: the company's sign-in."""
    return Transport(egress_policy(), observer=partial(_note, SYSTEM))


def transport_for(own: "OwnSandbox") -> Transport:
    """The one way out for the requests of whoever acts."""
    actor = own.actor
    share = budget.share_of(actor)
    if not settings.CONSOLE_SANDBOX:
        return Transport(egress_policy(), observer=partial(_note, actor), share=share)
    return Transport(egress_policy(), local=own.handlers(), observer=partial(_note, actor), share=share)


def _note(actor: Actor, seen: Observation) -> None:
    """One line for each outgoing request: whose, where to and how it ended, never path, query or headers."""
    asked = f"person {actor.user_id or '-'} request {actor.request_id or '-'}"
    what = f"{seen.method} {seen.origin} {seen.verdict}"
    logger.info("%s %s, %d bytes, %d ms", asked, what, seen.size_bytes, seen.elapsed_ms)
