"""For the people who keep the catalogue: which first causes proved wrong, and where onboarding stalls."""

from dataclasses import dataclass

from console.adapters import clock
from console.core.actor import SYSTEM, Actor, Role
from console.core.checklist.stalls import StepStalls, stalls, stops_at
from console.core.errors import NotFound
from console.store import case_lessons, profile_progress
from console.store.case_lessons import Lesson
from console.store.profile_progress import MOST


@dataclass(frozen=True, slots=True)
class Teaching:
    """`lessons` of solved cases, wrong first causes and right ones. `steps` count the profiles of everybody, without
    naming any; `own` are those that the actor may open, (id, name) by step. `profiles` is how many were looked at, and
    `is_cut`: there are more.
    """

    lessons: tuple[Lesson, ...]
    steps: tuple[StepStalls, ...]
    own: dict[str, list[tuple[str, str]]]
    profiles: int
    is_cut: bool

    @property
    def wrong(self) -> tuple[Lesson, ...]:
        return tuple(one for one in self.lessons if not one.was_right)

    @property
    def right_count(self) -> int:
        return sum(one.count for one in self.lessons if one.was_right)

    @property
    def solved_count(self) -> int:
        return sum(one.count for one in self.lessons)


def teaching(actor: Actor) -> Teaching:
    """For support and administrators; raises NotFound for others."""
    if not (actor.has(Role.SUPPORT) or actor.has(Role.ADMIN)):
        raise NotFound("There is no such page for you.")
    everybody = profile_progress.list_progress(SYSTEM)
    own: dict[str, list[tuple[str, str]]] = {}
    for one in profile_progress.list_progress(actor):
        if code := stops_at(one):
            own.setdefault(code, []).append((one.id, one.name))
    return Teaching(
        tuple(case_lessons.lessons(actor, now=clock.now())),
        stalls(everybody),
        own,
        len(everybody),
        len(everybody) >= MOST,
    )
