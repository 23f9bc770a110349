"""Pages of the console, by their titles: what a page is that opens by itself, and for whom it does."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from console.core.actor import Actor, Role

DESK = (Role.SUPPORT, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class ConsolePage:
    """`opens` is the name of its address. `words` are others for it; it is for whoever has one of `roles`, without
    any for everybody."""

    opens: str
    title: str
    words: str = ""
    roles: tuple[Role, ...] = ()


def open_to(actor: Actor, listed: Iterable[ConsolePage]) -> list[ConsolePage]:
    return [page for page in listed if _is_open(actor, page)]


def _is_open(actor: Actor, page: ConsolePage) -> bool:
    is_there = page.opens != "sandbox" or settings.CONSOLE_SANDBOX
    return is_there and (not page.roles or any(actor.has(role) for role in page.roles))
