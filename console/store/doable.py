"""What decides on what somebody can do with one attempt, Api or case: one query each, None where it is not theirs."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from console.core.actor import Actor
from console.models import Api, Attempt, Case, Profile
from console.store.visibility import visible_to


@dataclass(frozen=True, slots=True)
class DoableAttempt:
    """`replays_with` is the profile whose form can be filled with it, "" for none that the actor may use."""

    profile_id: str
    replays_with: str
    can_manage: bool


@dataclass(frozen=True, slots=True)
class DoableApi:
    name: str
    can_manage: bool


@dataclass(frozen=True, slots=True)
class DoableCase:
    """`attempt_id` is the attempt it was made of, "" where that is not the actor's to see."""

    number: int
    is_open: bool
    is_own: bool
    can_use: bool
    attempt_id: str


def attempt(actor: Actor, id: str) -> DoableAttempt | None:
    managed = Exists(visible_to(Attempt, actor, "manage").filter(pk=OuterRef("pk")))
    used = Exists(visible_to(Profile, actor, "use").filter(pk=OuterRef("profile_id")))
    found = visible_to(Attempt, actor, "view").filter(pk=id)
    row = found.values_list("kind", "profile_id", "api_id", managed, used).first()
    if row is None:
        return None
    kind, profile_id, api_id, can_manage, is_used = row
    profile = str(profile_id or "")
    can_replay = kind == "call" and is_used and api_id is not None
    return DoableAttempt(profile, profile if can_replay else "", can_manage)


def api(actor: Actor, id: str) -> DoableApi | None:
    managed = Exists(visible_to(Api, actor, "manage").filter(pk=OuterRef("pk")))
    row = visible_to(Api, actor, "view").filter(pk=id).values_list("name", managed).first()
    return DoableApi(*row) if row else None


def case(actor: Actor, id: str, *, now: int) -> DoableCase | None:
    used = Exists(visible_to(Case, actor, "use").filter(pk=OuterRef("pk")))
    seen = Exists(visible_to(Attempt, actor, "view").filter(pk=OuterRef("attempt_id")))
    found = visible_to(Case, actor, "view").filter(pk=id, expires_at__gt=now)
    row = found.values_list("number", "is_open", "owner_id", used, "attempt_id", seen).first()
    if row is None:
        return None
    number, is_open, owner_id, can_use, attempt_id, is_seen = row
    return DoableCase(number, is_open, owner_id == actor.user_id, can_use, str(attempt_id) if is_seen else "")
