"""A matrix, written down: as JSON whose members are a public interface, as lines for a terminal, as JUnit XML."""

from datetime import UTC, datetime
from typing import Any

from console.core.json.text import visible
from console.core.matrix.advice import advice_of
from console.core.matrix.base import Actual, CellVerdict, MatrixRow
from console.core.matrix.result import MatrixResult
from console.core.matrix.variants import BY_CODE, CONTROL
from console.core.reports import junit
from console.core.reports.junit import CaseVerdict, JUnitCase, JUnitSuite

_VERDICTS = {
    CellVerdict.AS_EXPECTED: CaseVerdict.PASSED,
    CellVerdict.WRONGLY_LET_IN: CaseVerdict.FAILED,
    CellVerdict.WRONGLY_REFUSED: CaseVerdict.FAILED,
    CellVerdict.UNKNOWN: CaseVerdict.SKIPPED,
    CellVerdict.UNDECIDED: CaseVerdict.ERROR,
}
_MARKS = {
    CellVerdict.AS_EXPECTED: "ok",
    CellVerdict.WRONGLY_LET_IN: "WRONG",
    CellVerdict.WRONGLY_REFUSED: "WRONG",
    CellVerdict.UNKNOWN: "unknown",
    CellVerdict.UNDECIDED: "undecided",
}


def to_json(found: MatrixResult) -> dict[str, Any]:
    """Times are UTC to the second, null where there is none yet. `before` is null where a variant came out as before,
    or was not tried before.
    """
    return {
        "profile": visible(found.profile),
        "profile_id": found.profile_id,
        "run": found.run_id,
        "call": visible(found.call),
        "began": _time(found.began_at),
        "ended": _time(found.ended_at) if found.ended_at is not None else None,
        "is_done": found.is_done,
        "is_stopped": found.is_stopped,
        "is_good": found.is_good,
        "headline": visible(found.headline),
        "doubt": found.doubt or None,
        "variants": [_variant(row, found) for row in found.rows],
        "not_tried": [code for code in found.chosen if code not in {row.code for row in found.rows}],
    }


def _variant(row: MatrixRow, found: MatrixResult) -> dict[str, Any]:
    before = found.change_of(row)
    return {
        "variant": row.code,
        "title": title_of(row),
        "verdict": row.verdict.value,
        "expected": row.demanded.must.value,
        "expected_by": row.demanded.rule.value or None,
        "expected_why": visible(row.demanded.why),
        "actual": row.outcome.value,
        "status": row.status,
        "told": visible(row.told),
        "do": advice_of(row) or None,
        "cause": row.cause or None,
        "attempt": row.attempt_id or None,
        "elapsed_ms": row.elapsed_ms,
        "before": {"expected": before.must.value, "actual": before.outcome.value, "status": before.status}
        if before
        else None,
    }


def title_of(row: MatrixRow) -> str:
    return BY_CODE[row.code].title if row.code in BY_CODE else row.code


def line_of(row: MatrixRow) -> str:
    """One line: the verdict, the variant, what must be done and what was."""
    told = [f"{_MARKS[row.verdict]:<10}{title_of(row)}: {_did(row)}, must be: {row.demanded.must.value}."]
    do = advice_of(row)
    told += [visible(text) for text in (row.demanded.why, row.told, f"Do: {do}" if do else "") if text]
    return " ".join(" ".join(told).splitlines())


def to_junit(found: MatrixResult) -> str:
    """One test suite, a test case a variant: wrong is a failure, undecided an error; of what nobody knows, skipped.

    A refusal that proves nothing, because the usual call was not let in, is undecided here: a build reads no headline.
    """
    name = f"auth matrix {found.profile} {found.call}"
    took_s = (found.ended_at or found.began_at) - found.began_at
    cases = tuple(_case(row, doubt=found.doubt) for row in found.rows)
    return junit.to_junit([JUnitSuite(name, "auth-matrix", cases, found.began_at, time_ms=took_s * 1000)])


def _case(row: MatrixRow, *, doubt: str) -> JUnitCase:
    verdict = _VERDICTS[row.verdict]
    message = f"{_did(row)}, must be: {row.demanded.must.value}"
    if doubt and verdict is CaseVerdict.PASSED and row.outcome is Actual.REFUSED and row.code != CONTROL.code:
        return JUnitCase(
            _name(row), CaseVerdict.ERROR, f"{message}. {doubt}", line_of(row), "undecided", row.elapsed_ms
        )
    if row.outcome is Actual.NOT_TRIED:
        verdict = CaseVerdict.SKIPPED
    kind = row.verdict.value.replace(" ", "-")
    return JUnitCase(_name(row), verdict, message, line_of(row), kind, time_ms=row.elapsed_ms)


def _name(row: MatrixRow) -> str:
    return f"{row.code}: {title_of(row)}"


def _did(row: MatrixRow) -> str:
    return f"{row.outcome.value} ({row.status})" if row.status is not None else row.outcome.value


def _time(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC).strftime('%Y-%m-%dT%H:%M:%S')}Z"
