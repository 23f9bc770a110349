"""Collections and their runs as their pages show them: the answer as heading, a row a step."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from console.core.collections.collection import Collection, CollectionStep
from console.core.collections.lines import lines_of
from console.core.collections.result import CollectionResult, CollectionStepResult, StepOutcome
from console.core.held import Held
from console.web.present import words
from console.web.present.reference import cause_url
from console.web.present.who import Reader, who_acts

TONES = {
    StepOutcome.AS_EXPECTED: "pass",
    StepOutcome.UNEXPECTED: "fail",
    StepOutcome.NOT_SENT: "fail",
    StepOutcome.STOPPED: "not_applicable",
}
FILES = ("results.json", "results.xml")
SOON = "300ms"  # so that each step is seen as it comes
WAITING_S = 2  # between looks at long work, whose monitor is asked when it said


def collection_line(
    held: Held[Collection], newest: Held[CollectionResult] | None, *, connection_id: str | None, now: int
) -> dict[str, Any]:
    """One line of the list."""
    one = held.value
    return {
        "url": _url("collection", [one.profile_id, one.id], connection_id),
        "name": one.name,
        "steps": f"{len(one.steps)} step{'' if len(one.steps) == 1 else 's'}",
        "run": run_line(newest, connection_id=connection_id, now=now) if newest else None,
        "tone": _tone(newest.value) if newest else "not_applicable",
    }


def collection_view(
    held: Held[Collection], named: Mapping[str, tuple[str, str]], *, connection_id: str | None
) -> dict[str, Any]:
    """A collection with its steps. `named` gives name and title of each saved request by its id."""
    one = held.value
    return {
        "id": one.id,
        "name": one.name,
        "stops_early": one.stops_early,
        "can_manage": held.may("manage"),
        "by": "" if held.is_own else held.owner,
        "edit_url": _url("collection-edit", [one.profile_id, one.id], connection_id),
        "steps": [_planned(step, named.get(step.request_id)) for step in one.steps],
    }


def _planned(step: CollectionStep, named: tuple[str, str] | None) -> dict[str, Any]:
    name, title = named or ("Deleted request", "")
    return {
        "name": name,
        "title": title,
        "is_gone": named is None,
        "expects": [line for _, line in lines_of(step.expects)] or ["status 2xx"],
        "takes": [line for _, line in lines_of(step.takes)],
        "follows": step.follows,
    }


def run_line(held: Held[CollectionResult], *, connection_id: str | None, now: int) -> dict[str, Any]:
    """One line of the list of runs."""
    found = held.value
    return {
        "url": _url("collection-run", [found.profile_id, found.run_id], connection_id),
        "title": found.headline,
        "tone": _tone(found),
        "ago": words.relative(found.began_at, now),
        "began": words.exact(found.began_at),
        "by": "" if held.is_own else held.owner,
    }


def run_view(
    held: Held[CollectionResult], reader: Reader, *, connection_id: str | None, now: int, every_s: int = 0
) -> dict[str, Any]:
    """What collections/result.html needs. `can_go_on`: whoever started it looks; others see where it stands.

    `every_s` is when the next look makes sense, 0 for soon.
    """
    found, failing = held.value, held.value.failing
    place = [found.profile_id, found.run_id]
    problem = failing.problem if failing else None
    wait_s = every_s or (WAITING_S if found.waits_on else 0)
    return {
        "url": reverse("collection-run", args=place),
        "stop_url": reverse("collection-run-stop", args=place),
        "collection_url": _url("collection", [found.profile_id, found.collection_id], connection_id),
        "again": {"id": found.collection_id, "steps": found.total},
        "name": found.name,
        "headline": found.headline,
        "counted": _counted(found),
        "tone": _tone(found),
        "is_done": found.is_done,
        "is_good": found.is_good,
        "has_notes": any(one.note for one in found.steps),
        "do": problem.do if problem else "",
        "who": _who(failing, reader) if failing else "",
        "attempt_url": reverse("call", args=[failing.attempt_id]) if failing and failing.attempt_id else "",
        "can_go_on": not found.is_done and held.may("use"),
        "delay": f"{wait_s}s" if wait_s else SOON,
        "work_url": reverse("call", args=[found.waits_on]) if found.waits_on else "",
        "done": len(found.steps),
        "total": found.total,
        "next": len(found.steps) + 1,
        "left_out": found.total - len(found.steps) if found.is_done else 0,
        "rows": [_row(one, reader, is_failing=one is failing) for one in found.steps],
        "began": words.exact(found.began_at),
        "ago": words.relative(found.began_at, now),
        "took": words.span(found.ended_at - found.began_at) if found.ended_at is not None else "",
        "by": "" if held.is_own else held.owner,
        "files": [(name, reverse("collection-file", args=[*place, name])) for name in FILES],
    }


def _counted(found: CollectionResult) -> str:
    """What there is to say about all steps of a run that has ended."""
    bad = sum(1 for one in found.steps if one.outcome in (StepOutcome.UNEXPECTED, StepOutcome.NOT_SENT))
    if bad:
        return f"{bad} not as expected"
    return "all as expected" if found.is_good else "stopped"


def _row(one: CollectionStepResult, reader: Reader, *, is_failing: bool) -> dict[str, Any]:
    problem = one.problem
    return {
        "number": one.number,
        "name": one.name,
        "call": one.call,
        "tone": TONES[one.outcome],
        "state": one.outcome.value,
        "is_marked": is_failing,
        "told": one.told,
        "status": one.status,
        "took": f"{one.elapsed_ms} ms" if one.attempt_id and one.status is not None and not one.began_with else "",
        "checks": [
            {"line": check.shown, "problem": check.problem, "tone": "pass" if check.is_met else "fail"}
            for check in one.checks
        ],
        "used": [{"name": value.name, "value": value.value, "origin": value.origin} for value in one.used],
        "taken": [{"name": value.name, "value": value.value} for value in one.taken],
        "why": problem.why if problem else "",
        "do": problem.do if problem else "",
        "note": one.note,
        "who": _who(one, reader),
        "cause": one.cause,
        "cause_url": cause_url(one.cause) if one.cause else "",
        "attempt_url": reverse("call", args=[one.attempt_id]) if one.attempt_id else "",
    }


def _who(one: CollectionStepResult, reader: Reader) -> str:
    problem = one.problem
    if problem is None:
        return ""
    return who_acts(problem.owner, reader) if problem.owner is not None else problem.who


def _tone(found: CollectionResult) -> str:
    if found.failing is not None:
        return "fail"
    return "pass" if found.is_done else "notice"


def _url(name: str, args: list[str], connection_id: str | None) -> str:
    """Below a profile that is used through a connection, the address names it."""
    return f"{reverse(name, args=args)}{f'?connection={connection_id}' if connection_id else ''}"
