"""What decides on what somebody can do with one attempt or Api: one query each, None where it is not theirs to see."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from console.core.actor import Actor
from console.models import Api, Attempt, Profile
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
