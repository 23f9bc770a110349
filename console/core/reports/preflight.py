"""A preflight, written down: as JSON whose members are a public interface, as lines for a terminal, as JUnit XML."""

from datetime import UTC, datetime
from typing import Any

from console.core.json.text import visible
from console.core.preflight import BY_CODE
from console.core.preflight.base import StageResult, StageStatus
from console.core.preflight.result import PreflightResult
from console.core.reports import junit
from console.core.reports.junit import CaseVerdict, JUnitCase, JUnitSuite

_VERDICTS = {StageStatus.FAIL: CaseVerdict.FAILED, StageStatus.SKIPPED: CaseVerdict.SKIPPED}


def to_json(found: PreflightResult) -> dict[str, Any]:
    """Times are UTC to the second, null where there is none yet; `stopped_at` is null where nothing failed."""
    failing = found.failing
    return {
        "profile": visible(found.profile),
        "profile_id": found.profile_id,
        "run": found.run_id,
        "began": _time(found.began_at),
        "ended": _time(found.ended_at),
        "is_done": found.is_done,
        "is_good": found.is_good,
        "headline": visible(found.headline),
        "passed": found.passed,
        "of": found.counted,
        "stopped_at": failing.code if failing else None,
        "cause": found.cause or None,
        "stages": [_stage(one) for one in found.stages],
    }


def _stage(one: StageResult) -> dict[str, Any]:
    return {
        "stage": one.code,
        "title": BY_CODE[one.code].title,
        "status": one.status.value,
        "what": visible(one.what),
        "why": visible(one.why),
        "do": visible(one.do),
        "who": one.owner.value if one.owner else visible(one.who),
        "cause": one.cause or None,
        "seen": [{"label": visible(fact.label), "value": visible(fact.value)} for fact in one.facts],
        "attempt": one.attempt_id or None,
    }


def line_of(one: StageResult) -> str:
    """One line: the status, what was seen, what to do, who."""
    parts = [one.what, one.why]
    if one.do:
        parts.append(f"Do: {one.do}")
    if one.who_words:
        parts.append(f"Who: {one.who_words}")
    told = " ".join(visible(part) for part in parts if part)
    return " ".join(f"{one.status.value:<8}{one.code:<11}{told}".splitlines())


def to_junit(found: PreflightResult) -> str:
    """One test suite, a test case a stage, in the form build servers read."""
    took_s = (found.ended_at or found.began_at) - found.began_at
    cases = tuple(map(_case, found.stages))
    suite = JUnitSuite(f"preflight {found.profile}", "preflight", cases, found.began_at, time_ms=took_s * 1000)
    return junit.to_junit([suite])


def _case(one: StageResult) -> JUnitCase:
    name, kind = f"{one.code}: {BY_CODE[one.code].title}", one.cause or one.code
    text = "\n".join([line_of(one), *(f"{fact.label}: {fact.value}" for fact in one.facts)])
    return JUnitCase(name, _VERDICTS.get(one.status, CaseVerdict.PASSED), one.what, text, kind)


def _time(moment: int | None) -> str | None:
    if moment is None:
        return None
    return f"{datetime.fromtimestamp(moment, UTC).strftime('%Y-%m-%dT%H:%M:%S')}Z"
