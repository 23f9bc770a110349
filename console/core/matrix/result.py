"""What a matrix found: the answer in a sentence, the rows, and what changed since the one before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from console.core.matrix.base import Actual, CellVerdict, KnownBy, MatrixChoice, MatrixRow, Must
from console.core.matrix.variants import BY_CODE, CONTROL

STOPPED = "Stopped"
MOST_NAMED = 4  # variants in the headline
WRONG = (CellVerdict.WRONGLY_LET_IN, CellVerdict.WRONGLY_REFUSED)


@dataclass(frozen=True, slots=True)
class MatrixChange:
    """What came of a variant the last time. `at` is epoch seconds."""

    outcome: Actual
    status: int | None
    must: Must
    at: int


@dataclass(frozen=True, slots=True)
class MatrixResult:
    """`chosen` are the codes of all variants of the run, in order; `rows` those that were tried.

    `before` is what came of those variants the last time, by code, {} when there was none. `call` is method and path.
    `began_at` and `ended_at` are epoch seconds, the latter None while it goes on.
    """

    run_id: str
    profile_id: str
    profile: str
    call: str
    chosen: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    is_done: bool
    began_at: int
    ended_at: int | None = None
    is_stopping: bool = False
    before: Mapping[str, MatrixRow] = field(default_factory=dict)

    def of(self, *verdicts: CellVerdict) -> tuple[MatrixRow, ...]:
        return tuple(row for row in self.rows if row.verdict in verdicts)

    @property
    def is_stopped(self) -> bool:
        """Whether it ended before all was tried."""
        return self.is_done and len(self.rows) < len(self.chosen)

    @property
    def is_good(self) -> bool:
        """Whether all was tried, something was decided, and nothing that was is wrong or could not be told.

        Where the usual call was not let in, nobody can tell what the others were refused for.
        """
        is_whole = self.is_done and not self.is_stopped
        has_proof = bool(self.of(CellVerdict.AS_EXPECTED))
        return is_whole and has_proof and not self.of(*WRONG) and not self.undecided and not self.doubt

    @property
    def undecided(self) -> tuple[MatrixRow, ...]:
        """Those of which it is known what must be done, or nobody can tell what was: something was to be learned."""
        return tuple(row for row in self.of(CellVerdict.UNDECIDED) if row.outcome is not Actual.NOT_TRIED)

    @property
    def choice(self) -> MatrixChoice:
        """What was chosen for it, as far as it was tried."""
        said = {row.code: row.demanded.must for row in self.rows if row.demanded.rule is KnownBy.PERSON}
        return MatrixChoice(self.chosen, said)

    @property
    def headline(self) -> str:
        """The answer, in a sentence or two."""
        told = _wrong(self)
        if not self.is_done:
            return " ".join([f"{len(self.rows)} of {len(self.chosen)} variants are tried.", *told])
        if told:
            return " ".join(told)
        if not self.rows:
            return "Nothing was tried: it was stopped before."
        right = self.of(CellVerdict.AS_EXPECTED)
        if not right:
            return "Nothing is proved: of no variant it is known both what the gateway must do and what it did."
        refused, let_in = (_counted(right, one) for one in (Actual.REFUSED, Actual.LET_IN))
        parts = [f"refused all {refused} that it must refuse"] if refused else []
        parts += [f"let in all {let_in} that it must let in"] if let_in else []
        end = "" if not self.is_stopped else f", as far as it was tried: {len(self.rows)} of {len(self.chosen)}"
        if self.doubt and not let_in:
            were = "were" if refused != 1 else "was"
            counted = f"{refused} {were} to be refused, and {were}{end}."
            return f"The refusals prove nothing: the usual call was not let in. {counted}"
        return f"The gateway {' and '.join(parts)}{end}."

    @property
    def doubt(self) -> str:
        """Why refusals prove nothing here; "" where they do."""
        control = next((row for row in self.rows if row.code == CONTROL.code), None)
        others = [row for row in self.rows if row.outcome is Actual.REFUSED and row.code != CONTROL.code]
        if control is None or not others or control.outcome is Actual.LET_IN:
            return ""
        return (
            "The usual call with token was not let in either, so whatever else was refused may have been refused for "
            "the same reason. Mend the usual call first: its row says what came of it. Then try again."
        )

    def change_of(self, row: MatrixRow) -> MatrixChange | None:
        """What came of the same variant the last time, where it was something else; None else."""
        old = self.before.get(row.code)
        if old is None or (old.outcome, old.status, old.demanded.must) == (row.outcome, row.status, row.demanded.must):
            return None
        return MatrixChange(old.outcome, old.status, old.demanded.must, old.at)

    @property
    def changed(self) -> tuple[MatrixRow, ...]:
        return tuple(row for row in self.rows if self.change_of(row) is not None)


def _wrong(found: MatrixResult) -> list[str]:
    let_in, refused = (found.of(one) for one in WRONG)
    right = found.of(CellVerdict.AS_EXPECTED)
    told = []
    if let_in:
        of = len(let_in) + _counted(right, Actual.REFUSED)
        told.append(f"The gateway let in {len(let_in)} of {of} that it must refuse: {_titles(let_in)}.")
    if refused:
        of = len(refused) + _counted(right, Actual.LET_IN)
        told.append(
            f"{'It' if told else 'The gateway'} refused {len(refused)} of {of} that it must let in: {_titles(refused)}."
        )
    return told


def _counted(rows: Iterable[MatrixRow], outcome: Actual) -> int:
    return sum(1 for row in rows if row.outcome is outcome)


def _titles(rows: Sequence[MatrixRow]) -> str:
    """The first few by name: each has a row of its own below the headline."""
    shown = rows if len(rows) <= MOST_NAMED else rows[: MOST_NAMED - 1]
    told = ", ".join(BY_CODE[row.code].title if row.code in BY_CODE else row.code for row in shown)
    return told if len(shown) == len(rows) else f"{told} and {len(rows) - len(shown)} more"
