"""Refusals per hour, one line per cause, and what was changed meanwhile: of what the actor may see.

On the page of the queue support and administrators are told the sums of everybody: counts by hour, cause and API name
no person and no call.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from console.adapters import clock
from console.core.actor import Actor, Role
from console.core.attempts.history import GOOD, HOUR_S, NO_CAUSE, REFUSED, HistoryFilter, HistorySpan, starts, step_h
from console.core.audit.changes import Changed
from console.services import marks
from console.services.marks import ChangeMark
from console.store import attempt_hours, seen
from console.store.attempt_hours import HourCount, RefusalCount
from console.store.seen import EVERYBODY, SeenAttempts

LAST_DAY = HistoryFilter()
TOLD_CAUSES = 3  # lines of their own; the others are one together
JUST_BEFORE_S = HOUR_S
MAY_SEE_SUMS = (Role.SUPPORT, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class CauseCourse:
    """The course of one cause, "" for what is not explained. `bars` has one count for each bar of the picture.

    `is_refused` is false where answers that went well are asked for. `causes` are how many it stands for: more than one
    in the line of all others. `apis` are names the actor may know; `other_apis` how many there are beside them.
    """

    cause: str
    bars: tuple[int, ...]
    first_at: int
    last_at: int
    apis: tuple[str, ...] = ()
    other_apis: int = 0
    causes: int = 1
    is_refused: bool = True

    @property
    def count(self) -> int:
        return sum(self.bars)


@dataclass(frozen=True, slots=True)
class RefusalSum:
    """How many were refused, for one sentence everywhere: `tokens` of them were requests for a token, the first was at
    `first_at` (None without any). `cause` is the only one of `causes`, "" where there are more or it is not known.
    """

    count: int
    tokens: int
    causes: int
    first_at: int | None
    cause: str
    now: int


@dataclass(frozen=True, slots=True)
class RefusalHours:
    """The picture: bars of `step_h` hours from `since` on, the last one ends with `until` (epoch seconds).

    `courses` are the most frequent of `causes` causes first, at most TOLD_CAUSES and one for all others. `tokens` of
    the refusals were requests for a token. `found` are all counts within that time, of other answers too; `apis` the
    names of those that the actor sees, by id. `blamed` is the last change just before the first course began, of an Api
    or a profile that was refused in it, or of a sandbox; None for none.
    """

    since: int
    until: int
    now: int
    step_h: int
    courses: tuple[CauseCourse, ...]
    marks: tuple[ChangeMark, ...]
    tokens: int
    causes: int
    found: tuple[HourCount, ...]
    apis: dict[str, str]
    blamed: ChangeMark | None = None

    @property
    def count(self) -> int:
        return sum(one.count for one in self.courses)

    @property
    def first_at(self) -> int | None:
        return min((one.first_at for one in self.courses), default=None)

    @property
    def sum(self) -> RefusalSum:
        cause = self.courses[0].cause if self.causes == 1 else ""
        return RefusalSum(self.count, self.tokens, self.causes, self.first_at, cause, self.now)


@dataclass(frozen=True, slots=True)
class CourseGround:
    """What all courses of one picture have in common."""

    since: int
    bar_count: int
    step_h: int
    names: dict[str, str]
    is_refused: bool


def sum_of(found: Sequence[RefusalCount], now: int) -> RefusalSum:
    causes = {one.cause for one in found}
    return RefusalSum(
        count=sum(one.count for one in found),
        tokens=sum(one.tokens for one in found),
        causes=len(causes),
        first_at=min((one.first_at for one in found), default=None),
        cause=next(iter(causes)) if len(causes) == 1 else "",
        now=now,
    )


def may_see_sums(actor: Actor) -> bool:
    return any(actor.has(role) for role in MAY_SEE_SUMS)


def per_hour(actor: Actor, wanted: HistoryFilter = LAST_DAY, *, of_everybody: bool = False) -> RefusalHours:
    """The refusals of the time that is wanted; of the last 24 hours where it has no beginning.

    `of_everybody`: the sums of all, for who may see them; everybody else is told of what they see. `found` has the
    refused ones alone.
    """
    now = clock.now()
    own = seen.of(actor)
    if wanted.since is None:
        wanted = replace(wanted, since=starts(HistorySpan.DAY, now))
    if not wanted.status:
        wanted = replace(wanted, status=REFUSED)  # what went well is most of it, and shown by nothing here
    return of_seen(actor, own, wanted, whose=EVERYBODY if of_everybody and may_see_sums(actor) else own, now=now)


def of_seen(
    actor: Actor, own: SeenAttempts, wanted: HistoryFilter, *, now: int, whose: SeenAttempts | None = None
) -> RefusalHours:
    """As `per_hour`, for who has looked up what the actor sees. The time that is wanted has a beginning."""
    until = min(wanted.until or now + 1, now + 1)
    step = step_h(wanted.since or 0, until)
    since = (wanted.since or 0) // HOUR_S // step * step * HOUR_S
    found = attempt_hours.counts(whose or own, replace(wanted, cause="", api_id=""), step_h=step)
    shown = [one for one in found if one.shown]
    if wanted.cause or wanted.api_id:
        shown = [one for one in shown if fits(one, wanted)]
    names = seen.apis_of(actor)
    bar_count, is_refused = max(1, -(-(until - since) // (step * HOUR_S))), wanted.status not in GOOD
    ground = CourseGround(since, bar_count, step, names, is_refused)
    courses = sorted((_course(cause, some, ground) for cause, some in _by_cause(shown).items()), key=_rank)
    told, others = courses[:TOLD_CAUSES], courses[TOLD_CAUSES:]
    if len(others) == 1:  # its own name takes no more room than "1 other cause"
        told, others = courses, []
    marked = _marks(actor, own, shown, ground, wanted=wanted, of_everybody=whose is EVERYBODY) if shown else ()
    return RefusalHours(
        since=since,
        until=until,
        now=now,
        step_h=step,
        courses=(*told, *([_together(others)] if others else [])),
        marks=marked,
        tokens=sum(one.tokens for one in shown),
        causes=len(courses),
        found=tuple(found),
        apis=names,
        blamed=_blamed(whose or own, courses[0], shown, marked, wanted) if marked else None,
    )


def _blamed(
    whose: SeenAttempts,
    top: CauseCourse,
    shown: Sequence[HourCount],
    marked: Sequence[ChangeMark],
    wanted: HistoryFilter,
) -> ChangeMark | None:
    before = [one for one in marked if 0 <= top.first_at - one.at <= JUST_BEFORE_S]
    if not before:
        return None
    met = {one.api_id for one in shown if one.cause == top.cause}
    met |= attempt_hours.profiles_refused(whose, replace(wanted, cause=top.cause or NO_CAUSE))
    fitting = [one for one in before if one.changed is Changed.SANDBOX or one.object_id in met]
    return fitting[-1] if fitting else None


def _marks(
    actor: Actor,
    own: SeenAttempts,
    shown: Sequence[HourCount],
    ground: CourseGround,
    *,
    wanted: HistoryFilter,
    of_everybody: bool,
) -> tuple[ChangeMark, ...]:
    """Of what was refused; beside the sums of everybody those of APIs alone, which say nothing of a person."""
    called = {one.api_id for one in shown if one.api_id is not None}
    if of_everybody:
        marked = marks.of_apis(called, ground.names)
    else:
        marked = marks.of(actor, own, called, ground.names, wanted=wanted)
    return marks.between(ground.since, ground.since + ground.bar_count * ground.step_h * HOUR_S, marked)


def fits(one: HourCount, wanted: HistoryFilter) -> bool:
    is_cause = not wanted.cause or one.cause == ("" if wanted.cause == NO_CAUSE else wanted.cause)
    return is_cause and (not wanted.api_id or one.api_id == wanted.api_id)


def _by_cause(shown: Sequence[HourCount]) -> dict[str, list[HourCount]]:
    found: dict[str, list[HourCount]] = defaultdict(list)
    for one in shown:
        found[one.cause].append(one)
    return found


def _rank(course: CauseCourse) -> tuple[int, str]:
    """The most frequent first."""
    return -course.count, course.cause


def _course(cause: str, some: Sequence[HourCount], ground: CourseGround) -> CauseCourse:
    bars = [0] * ground.bar_count
    for one in some:
        place = (one.hour - ground.since // HOUR_S) // ground.step_h
        if 0 <= place < ground.bar_count:
            bars[place] += one.shown
    apis = {one.api_id for one in some if one.api_id is not None}
    known = sorted(ground.names[one] for one in apis if one in ground.names)
    return CauseCourse(
        cause,
        tuple(bars),
        first_at=min(one.first_at or 0 for one in some),
        last_at=max(one.last_at or 0 for one in some),
        apis=tuple(known),
        other_apis=len(apis) - len(known),
        is_refused=ground.is_refused,
    )


def _together(courses: Sequence[CauseCourse]) -> CauseCourse:
    return CauseCourse(
        "",
        tuple(map(sum, zip(*(one.bars for one in courses), strict=True))),
        first_at=min(one.first_at for one in courses),
        last_at=max(one.last_at for one in courses),
        causes=len(courses),
    )
