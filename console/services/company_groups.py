"""Groups by the company's word: taken anew at each sign-in, and told apart from those that were given by hand."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings

from console.adapters import clock, random
from console.core.actor import SYSTEM, Actor
from console.core.audit.actions import Action
from console.core.company_groups import ClaimedGroups, claimed_groups, read_groups
from console.core.errors import Stale
from console.store import audit, groups, people

BY = "by the company's sign-in"


def names() -> frozenset[str]:
    """The groups that the company's sign-in fills, by this deployment's settings."""
    return frozenset(_by_value().values()) if settings.CONSOLE_OIDC_GROUPS_CLAIM else frozenset()


def claim() -> str:
    """The claim that names them; "" where none does."""
    return str(settings.CONSOLE_OIDC_GROUPS_CLAIM)


def take_anew(actor: Actor, said: Mapping[str, Any] | None) -> str:
    """Makes the actor's groups those that the sign-in's claims name; what was given by hand stays.

    `said` is what came with a sign-in at the company ("id_token" and "userinfo"), None for any other sign-in: nobody
    vouches for a group then, so none is left. Gives a sentence for the person where something went otherwise than they
    may expect, else "".
    """
    found = _claimed(said) if said is not None else ClaimedGroups()
    with audit.together():
        new, over = groups.set_claimed(actor.user_id or 0, _ids(found.names), now=clock.now())
        for group_id in new:
            _audit(actor, Action.GROUP_JOINED, group_id)
        for group_id in over:
            _audit(actor, Action.GROUP_LEFT, group_id)
    if found.problem:
        return f"Your company's groups could not be read. {found.problem} What is shared with them is not open to you."
    if over and said is None:
        return "You did not sign in with your company account, so what is shared with its groups is not open to you."
    return ""


def _claimed(said: Mapping[str, Any]) -> ClaimedGroups:
    """The ID token's word counts before that of the userinfo endpoint."""
    if not claim():
        return ClaimedGroups()
    parts = [part for part in (said.get("id_token"), said.get("userinfo"), said) if isinstance(part, Mapping)]
    found = [claimed_groups(part, claim(), _by_value()) for part in parts]
    return next((one for one in found if one.names), next((one for one in found if one.problem), ClaimedGroups()))


def _ids(wanted: Iterable[str]) -> list[str]:
    """The ids of the groups of these names; those that are not there yet are made."""
    chosen = set(wanted)
    here = groups.ids_of(chosen)
    return [*here.values(), *(_made(name) for name in sorted(chosen - here.keys()))]


def _made(name: str) -> str:
    """Another sign-in may make it at the same moment."""
    try:
        made = groups.create(name, id=random.new_id(), now=clock.now())
    except Stale:
        return groups.called(name)[0].id
    detail = f"{name}, {BY}"
    audit.append(
        SYSTEM, Action.GROUP_MADE, object_kind="group", object_id=made.id, result="done", now=clock.now(), detail=detail
    )
    return made.id


def _by_value() -> dict[str, str]:
    return _read(settings.CONSOLE_OIDC_GROUPS)


@lru_cache(maxsize=4)
def _read(text: str) -> dict[str, str]:
    """What is no part of it `manage.py check --deploy` tells."""
    return read_groups(text)[0]


def _audit(actor: Actor, action: Action, group_id: str) -> None:
    detail = f"{people.label(actor)}, {BY}"
    audit.append(SYSTEM, action, object_kind="group", object_id=group_id, result="done", now=clock.now(), detail=detail)
