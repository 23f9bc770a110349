"""What may happen at run time: one world for each way the conditions that nobody here knows may turn out.

The same condition text has the same answer everywhere within a world. Worlds that no longer differ are one again, so
that conditions which decide nothing cost nothing.
"""

from collections.abc import Callable, Iterable
from operator import itemgetter

from msgspec import Struct, field
from msgspec.structs import replace

from console.core.json.text import shorten
from console.core.policy.engine.answers import GatewayAnswer
from console.core.policy.engine.conditions import LastError
from console.core.policy.engine.model import Flow, PolicyStep, Verdict, Warned

MAX_WORLDS = 64
_SHOWN_CHARS = 300
_ALLOW = Verdict.ALLOW  # a member of an enum takes longer to look up than a name, and this is asked at every step
MAX_OPEN = 50  # more undecided steps of one world say nothing new
Order = tuple[int, ...]
Assumed = tuple[tuple[str, bool], ...]
View = Callable[[Flow], object]


class DocumentPlace(Struct, frozen=True):
    """A policy's place in the document. `path` is for people (1-based by name), `order` for sorting.

    `under` are the unknown conditions around it and what they must be; `fragments` the included ones it stands in.
    """

    section: str
    path: str
    order: Order = ()
    under: Assumed = ()
    fragments: tuple[str, ...] = ()

    def inside(self, name: str, number: int, index: int) -> "DocumentPlace":
        path = f"{self.path}/{name}[{number}]"
        return DocumentPlace(self.section, path, (*self.order, index), self.under, self.fragments)

    def when(self, under: Assumed) -> "DocumentPlace":
        return replace(self, under=under)


class World(Struct, frozen=True):
    """One course of events, so far.

    `refusal` is the step that refused, `open_steps` those reached that could not be decided. `is_over` is true once a
    policy refused or answered: later steps are told, but not reached. `answer` and `error` are then what the client
    gets and what the on-error section can read. `is_cut` is true when there were too many courses to follow them all.
    """

    flow: Flow
    assumed: Assumed = ()
    refusal: PolicyStep | None = None
    open_steps: tuple[PolicyStep, ...] = ()
    is_over: bool = False
    answer: GatewayAnswer | None = None
    error: LastError | None = None
    is_cut: bool = False

    def assume(self, condition: str, holds: bool) -> "World":
        return replace(self, assumed=(*self.assumed, (condition, holds)))

    def after(self, step: PolicyStep, flow: Flow) -> "World":
        """The world when a policy has run in it, or would have run had the call come so far."""
        if self.is_over:
            return replace(self, flow=flow)
        verdict = step.verdict
        if verdict is _ALLOW and not step.is_last:
            return self if flow is self.flow else replace(self, flow=flow)
        is_open = verdict is Verdict.UNDECIDED and len(self.open_steps) < MAX_OPEN
        opened = (*self.open_steps, step) if is_open else self.open_steps
        is_refused = verdict is Verdict.REJECT
        refusal = step if is_refused else self.refusal
        is_over = is_refused or step.is_last
        answer = step.answer if is_over else self.answer
        return World(flow, self.assumed, refusal, opened, is_over, answer, self.error, self.is_cut)

    @property
    def verdict(self) -> Verdict:
        """A refusal is certain whatever stayed open before it; without one, what stayed open leaves all open."""
        if self.refusal is not None:
            return Verdict.REJECT
        return Verdict.UNDECIDED if self.open_steps else Verdict.ALLOW


def words_of(assumed: Assumed) -> str:
    """Conditions for people, each cut to a readable length; "" without any."""
    said = ((shorten(condition, _SHOWN_CHARS), holds) for condition, holds in assumed)
    return " and ".join(condition if holds else f"not {condition}" for condition, holds in said)


def merged(worlds: Iterable[World], view: View) -> tuple[World, ...]:
    """The same worlds, those that differ only in a past that no longer matters made one; at most MAX_WORLDS.

    `view` gives what still counts of a call.
    """
    kept: list[World] = []
    for world in worlds:
        if kept:
            _add(kept, world, view)
        else:
            kept.append(world)
    if len(kept) <= MAX_WORLDS:
        return tuple(kept)
    return (replace(kept[0], is_cut=True),)


def _add(kept: list[World], world: World, view: View) -> None:
    place = len(kept)
    while found := _twin(kept, world, view):
        index, world = found
        del kept[index]
        place = min(place, index)
    kept.insert(place, world)


def _twin(kept: list[World], world: World, view: View) -> tuple[int, World] | None:
    """Where a world stands that need not be told apart from this one, and the two made one."""
    for index, other in enumerate(kept):
        common = _common(other, world, view)
        if common is not None:
            return index, replace(other, assumed=common)
    return None


def _common(one: World, other: World, view: View) -> Assumed | None:
    """What both assume, when they agree in all that matters later and differ in a single condition at most."""
    if len(one.assumed) != len(other.assumed) or one.is_over != other.is_over or one.is_cut != other.is_cut:
        return None
    common = tuple(pair for pair in one.assumed if pair in other.assumed)
    if len(one.assumed) - len(common) > 1 or {c for c, _ in one.assumed} != {c for c, _ in other.assumed}:
        return None
    is_same = (one.answer, one.error) == (other.answer, other.error) and _outcome(one) == _outcome(other)
    return common if is_same and (one.is_over or view(one.flow) == view(other.flow)) else None


def _outcome(world: World) -> tuple[object, ...]:
    """What the world's verdict and answer rest on so far, whichever policy it was."""
    reported = world.refusal.reported if world.refusal else None
    return world.refusal is None, reported, tuple(step.needs for step in world.open_steps)


class _Entry(Struct):
    """A step, what its world assumed, and whether some worlds reach it and others do not."""

    step: PolicyStep
    assumed: Assumed
    is_partial: bool = False


class Log(Struct):
    """The steps of all worlds, as they ran. `count` has each as often as it ran."""

    entries: dict[Order, list[_Entry]] = field(default_factory=dict)
    count: int = 0

    def add(self, step: PolicyStep, place: DocumentPlace, world: World) -> PolicyStep:
        """The step with its place; the same step in several worlds is kept once, reached if it is in one of them."""
        is_placed = step.path == place.path and not (place.under or world.is_over)
        placed = step if is_placed else _placed(step, place, is_reached=not world.is_over)
        self.count += 1
        known = self.entries.get(place.order)
        if known is None:
            self.entries[place.order] = [_Entry(placed, world.assumed)]
            return placed
        for entry in known:
            if replace(entry.step, is_reached=placed.is_reached) == placed:
                _note(entry, placed, world.assumed)
                return placed
        known.append(_Entry(placed, world.assumed))
        return placed

    def steps(self) -> tuple[PolicyStep, ...]:
        """All steps in document order. Where worlds disagree about a step, its condition says which is meant."""
        return tuple(
            [
                _conditional(entry) if entry.is_partial or len(known) > 1 else entry.step
                for _, known in sorted(self.entries.items(), key=itemgetter(0))
                for entry in known
            ]
        )


def _placed(step: PolicyStep, place: DocumentPlace, *, is_reached: bool) -> PolicyStep:
    path, warnings = place.path, step.warnings
    if warnings:
        warnings = tuple([one if one.path else Warned(one.code, one.text, path, one.switch) for one in warnings])
    # By hand and not with `replace`: this is done for each policy of each call.
    return PolicyStep(
        step.policy, path, step.verdict, step.checks, step.answer, warnings, step.needs,
        is_reached, words_of(place.under) if place.under else "", step.is_last, step.id,
    )  # fmt: skip


def _note(entry: _Entry, placed: PolicyStep, assumed: Assumed) -> None:
    if entry.step.is_reached == placed.is_reached:
        return
    entry.is_partial = True
    if placed.is_reached:
        entry.step, entry.assumed = placed, assumed


def _conditional(entry: _Entry) -> PolicyStep:
    if entry.step.condition:
        return entry.step
    return replace(entry.step, condition=words_of(entry.assumed))
