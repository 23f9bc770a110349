"""The picture of a flow: its arrows in order, each with how far it came. Coordinates and words are made elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from console.core.exchange import Exchange
from console.core.flows.recorded import Recorded, error_of, goes_on
from console.core.oauth.arrow import Arrow, FlowMoment, Party


class Lit(StrEnum):
    """How far an arrow came. NEXT: it is somebody's turn. AGAIN: it went, and the answer was: once more."""

    DONE = "done"
    AGAIN = "again"
    FAILED = "failed"
    NEXT = "next"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One arrow, numbered from 1. `exchange` is what went over the wire, None where nothing did or nobody here saw it.

    `at` is epoch seconds and `elapsed_ms` how long the exchange took, each None where it is not known. `outcome` is
    the far side's word for a refusal ("invalid_grant"), "" where it has none. `times` counts repetitions that are
    drawn as one.
    """

    number: int
    arrow: Arrow
    lit: Lit
    exchange: Exchange | None = None
    at: float | None = None
    elapsed_ms: int | None = None
    outcome: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Picture:
    """`order` are the participants of a chain in the order of their columns; () for those of Party, in its order."""

    steps: tuple[FlowStep, ...]
    order: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """Who takes part, in the order in which they are drawn."""
        there = {part for step in self.steps for part in (step.arrow.source, step.arrow.target)}
        return self.order or tuple(part for part in Party if part in there)

    @property
    def stopped(self) -> FlowStep | None:
        """The step that failed; None when none did."""
        return next((step for step in self.steps if step.lit is Lit.FAILED), None)

    @property
    def turn(self) -> FlowStep | None:
        """The step that is next; None when the flow is over or stopped."""
        return next((step for step in self.steps if step.lit is Lit.NEXT), None)

    @property
    def done(self) -> int:
        return sum(step.lit in (Lit.DONE, Lit.AGAIN) for step in self.steps)

    @property
    def elapsed_s(self) -> float | None:
        """From the first recorded moment to the end of the last; None when only one, or none, is known."""
        begun = [step.at for step in self.steps if step.at is not None]
        ended = [step.at + (step.elapsed_ms or 0) / 1000 for step in self.steps if step.at is not None]
        return max(ended) - min(begun) if ended and max(ended) > min(begun) else None


def draw(arrows: Sequence[Arrow], recorded: Sequence[Recorded]) -> Picture:
    """The picture of a grant's `arrows` as far as `recorded` (in order, redacted) shows that they happened.

    What must have happened before something that is recorded counts as done: nobody here sees a person sign in, and a
    token request of the history knows only its own exchanges. After a failure nothing is next.
    """
    there = {one.moment for one in recorded}
    wanted = [arrow for arrow in arrows if not arrow.is_optional or arrow.moment in there]
    steps = [step for moment_arrows in _by_moment(wanted) for step in _lit(moment_arrows, recorded)]
    return Picture(numbered(_inferred(steps)))


def numbered(steps: Sequence[FlowStep]) -> tuple[FlowStep, ...]:
    return tuple(replace(step, number=number) for number, step in enumerate(steps, 1))


def _by_moment(arrows: Sequence[Arrow]) -> list[list[Arrow]]:
    """Neighbours of one moment together: a request and its answer are repeated together."""
    groups: list[list[Arrow]] = []
    for arrow in arrows:
        if groups and groups[-1][0].moment is arrow.moment and arrow.is_answer:
            groups[-1].append(arrow)
        else:
            groups.append([arrow])
    return groups


def _lit(arrows: list[Arrow], recorded: Sequence[Recorded]) -> list[FlowStep]:
    """The steps of one moment: as often as it happened, polls that were told to wait as one."""
    happened = [one for one in recorded if one.moment is arrows[0].moment]
    if not happened:
        return [FlowStep(0, arrow, Lit.WAITING) for arrow in arrows]
    return [replace(lit_by(arrow, one), times=times) for one, times in _folded(happened) for arrow in arrows]


def _folded(happened: list[Recorded]) -> list[tuple[Recorded, int]]:
    """What happened, each with how often it is drawn as one."""
    if happened[0].moment is not FlowMoment.POLL:
        return [(one, 1) for one in happened]
    waited = [one for one in happened if one.exchange is not None and goes_on(one.exchange)]
    decided = [one for one in happened if one not in waited]
    return [*([(waited[-1], len(waited))] if waited else []), *((one, 1) for one in decided)]


def lit_by(arrow: Arrow, one: Recorded) -> FlowStep:
    """An arrow as one recorded moment lights it; a request and its answer are two arrows of the same moment."""
    exchange = one.exchange
    if one.is_prepared:
        return FlowStep(0, arrow, Lit.WAITING) if arrow.is_answer else FlowStep(0, arrow, Lit.NEXT, exchange)
    if exchange is None:
        lit = Lit.FAILED if one.error else Lit.DONE
        return FlowStep(0, arrow, lit, at=one.at, outcome=one.error)
    if not arrow.is_answer:
        lit = Lit.FAILED if exchange.response is None else Lit.AGAIN if goes_on(exchange) else Lit.DONE
        outcome = str(exchange.failure.kind) if exchange.failure and lit is Lit.FAILED else ""
        return FlowStep(0, arrow, lit, exchange, exchange.started_at, None, outcome)
    return FlowStep(0, arrow, _answered(exchange), exchange, exchange.started_at, exchange.elapsed_ms, _said(exchange))


def _answered(exchange: Exchange) -> Lit:
    if exchange.response is None:
        return Lit.WAITING
    if goes_on(exchange):
        return Lit.AGAIN
    is_good = exchange.failure is None and 200 <= exchange.response.status < 300 and not error_of(exchange.response)
    return Lit.DONE if is_good else Lit.FAILED


def _said(exchange: Exchange) -> str:
    if exchange.response is None:
        return ""
    return error_of(exchange.response) or (str(exchange.failure.kind) if exchange.failure else "")


def _inferred(steps: list[FlowStep]) -> list[FlowStep]:
    """With what must have happened in between, and whose turn it is now."""
    there = [index for index, step in enumerate(steps) if step.lit is not Lit.WAITING]
    decided = [index for index in there if steps[index].lit is not Lit.AGAIN]
    found = [
        replace(step, lit=Lit.DONE) if step.lit is Lit.WAITING and _came_before(step, index, there, decided) else step
        for index, step in enumerate(steps)
    ]
    if any(step.lit in (Lit.FAILED, Lit.NEXT) for step in found):
        return found
    turn = next((index for index, step in enumerate(found) if step.lit is Lit.WAITING), None)
    return [replace(step, lit=Lit.NEXT) if index == turn else step for index, step in enumerate(found)]


def _came_before(step: FlowStep, index: int, there: list[int], decided: list[int]) -> bool:
    """Whether something later is recorded; a poll that was told to wait says that the person is not done yet."""
    later = decided if step.arrow.moment is FlowMoment.SIGN_IN else there
    return index < max(later, default=-1)
