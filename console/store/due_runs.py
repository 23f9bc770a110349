"""Runs that go on without anybody looking: which are due, and whose each is."""

import uuid
from dataclasses import dataclass

from console.models import Run
from console.store import rows


@dataclass(frozen=True, slots=True)
class RunOwner:
    """What kind of run it is, the id of whose, and how many steps it has taken."""

    kind: str
    owner_id: int
    version: int


def due(*, now: int, since: int) -> list[str]:
    """The ids of those that are not done and may be looked at, begun since then: of each owner a few, the longest due
    first.
    """
    waiting = Run.objects.filter(is_done=False, not_before__lte=now, created_at__gte=since)
    return rows.in_turn(waiting, of="owner", by="not_before")


def put_off(run_id: str, version: int, *, until: int) -> None:
    """One that is still at that step, because it could not go on, is due again then."""
    mine = Run.objects.filter(pk=uuid.UUID(run_id), version=version, is_done=False)
    mine.filter(not_before__lt=until).update(not_before=until)


def owner_of(run_id: str) -> RunOwner | None:
    """Whose it is; None when it is gone."""
    found = Run.objects.filter(pk=uuid.UUID(run_id)).values_list("kind", "owner_id", "version").first()
    return RunOwner(*found) if found else None


def forget_orphans() -> None:
    """What is sealed in runs whose profile was deleted is gone: no step is taken without it."""
    Run.objects.filter(profile__isnull=True, authorization__isnull=True).exclude(sealed="").update(sealed="")
