"""A run of a collection, written down: as JSON whose members are a public interface, as lines, as JUnit XML."""

from datetime import UTC, datetime
from typing import Any

from console.core.collections.result import CollectionResult, CollectionStepResult, StepOutcome
from console.core.collections.used import UsedValue
from console.core.json.text import visible
from console.core.reports import junit
from console.core.reports.junit import CaseVerdict, JUnitCase, JUnitSuite

_VERDICTS = {
    StepOutcome.AS_EXPECTED: CaseVerdict.PASSED,
    StepOutcome.UNEXPECTED: CaseVerdict.FAILED,
    StepOutcome.NOT_SENT: CaseVerdict.ERROR,
    StepOutcome.STOPPED: CaseVerdict.SKIPPED,
}


def to_json(found: CollectionResult) -> dict[str, Any]:
    """Times are UTC to the second, null where there is none yet; steps that were not made are not among `steps`."""
    return {
        "collection": visible(found.name),
        "collection_id": found.collection_id,
        "profile": visible(found.profile),
        "profile_id": found.profile_id,
        "run": found.run_id,
        "began": _time(found.began_at),
        "ended": _time(found.ended_at),
        "is_done": found.is_done,
        "is_good": found.is_good,
        "headline": visible(found.headline),
        "as_expected": found.passed,
        "of": found.total,
        "steps": [_step(one) for one in found.steps],
    }


def _step(one: CollectionStepResult) -> dict[str, Any]:
    problem = one.problem
    return {
        "step": one.number,
        "name": visible(one.name),
        "call": visible(one.call),
        "outcome": one.outcome.value,
        "told": visible(one.told),
        "status": one.status,
        "began_with": one.began_with,
        "elapsed_ms": one.elapsed_ms,
        "expected": [
            {
                "line": visible(check.line),
                "compared": visible(check.shown),
                "is_met": check.is_met,
                "problem": visible(check.problem),
            }
            for check in one.checks
        ],
        "used": [_used(value) for value in one.used],
        "taken": [{"name": value.name, "value": visible(value.value)} for value in one.taken],
        "cause": one.cause or None,
        "what": visible(problem.what) if problem else "",
        "why": visible(problem.why) if problem else "",
        "do": visible(problem.do) if problem else "",
        "who": (problem.owner.value if problem.owner else visible(problem.who)) if problem else "",
        "note": visible(one.note),
        "attempt": one.attempt_id or None,
    }


def _used(one: UsedValue) -> dict[str, Any]:
    """A value that stands for a name; `from_step` is null where no answer gave it."""
    value = None if one.value is None else visible(one.value)
    return {"name": one.name, "value": value, "from_step": one.step or None, "origin": one.origin}


def line_of(one: CollectionStepResult) -> str:
    """One line: whether it was as expected, the call, what happened, what to do, who."""
    parts = [f"{one.name}: {one.told}".rstrip(".") + "."]
    if one.problem and one.problem.do:
        parts.append(f"Do: {one.problem.do}")
    if one.problem and one.problem.who_words:
        parts.append(f"Who: {one.problem.who_words}")
    if one.note:
        parts.append(one.note)
    word = "ok" if one.is_good else "stopped" if one.outcome is StepOutcome.STOPPED else "fail"
    told = " ".join(visible(part) for part in parts if part)
    return " ".join(f"{word:<8}{one.number:<3}{told}".splitlines())


def to_junit(found: CollectionResult) -> str:
    """One suite, a case a step; a step that could not be sent is an error, one that a person stopped is skipped, and
    so are those that were left out behind it.
    """
    made = [_case(one) for one in found.steps]
    left_out = [_left_out(number) for number in range(len(made) + 1, found.total + 1)] if found.is_done else []
    took_ms = sum(one.elapsed_ms for one in found.steps)
    suite = JUnitSuite(found.name, found.profile, (*made, *left_out), found.began_at, took_ms)
    return junit.to_junit((suite,))


def _case(one: CollectionStepResult) -> JUnitCase:
    return JUnitCase(
        name=f"{one.number}: {one.name}",
        verdict=_VERDICTS[one.outcome],
        message=f"Step {one.number} {one.told}",
        text="\n".join([line_of(one), *(_told(check.shown, check.problem) for check in one.checks)]),
        kind=one.cause,
        time_ms=one.elapsed_ms,
    )


def _told(line: str, problem: str) -> str:
    return f"{'not met' if problem else 'met'}: {line}{f' ({problem})' if problem else ''}"


def _left_out(number: int) -> JUnitCase:
    return JUnitCase(f"{number}: left out", CaseVerdict.SKIPPED, "It was left out: the run had ended before it.")


def _time(moment: int | None) -> str | None:
    return None if moment is None else datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
