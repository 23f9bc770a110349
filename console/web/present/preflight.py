"""A preflight as its page shows it: the answer as heading, a row a stage, and what would be sent."""

from typing import Any

from django.urls import reverse

from console.core.evidence import evidence_text
from console.core.held import Held
from console.core.preflight import BY_CODE, STAGES
from console.core.preflight.base import StageResult, StageStatus
from console.core.preflight.result import PreflightResult
from console.services.opening import OpenProfile
from console.services.preflight import SAFE, PlannedCall
from console.web.present import words
from console.web.present.reference import cause_url
from console.web.present.who import Reader, who_acts

TONES = {
    StageStatus.OK: "pass",
    StageStatus.WARN: "warning",
    StageStatus.FAIL: "fail",
    StageStatus.SKIPPED: "not_applicable",
}
_STATES = {StageStatus.OK: "ok", StageStatus.WARN: "warning", StageStatus.FAIL: "failed"}


def preflight_view(held: Held[PreflightResult], reader: Reader, *, now: int, every_s: int = 1) -> dict[str, Any]:
    """What preflight/result.html needs. `every_s` is when the next look makes sense, while it goes on.

    `can_go_on`: whoever started it looks; others see where it stands.
    """
    found = held.value
    address = reverse("preflight", args=[found.profile_id, found.run_id])
    failing = found.failing
    return {
        "run_id": found.run_id,
        "url": address,
        "headline": found.headline,
        "tone": _tone(found),
        "who": _who(failing, reader) if failing else "",
        "do": failing.do if failing else "",
        "case": _case(found, failing),
        "attempt_url": reverse("call", args=[failing.attempt_id]) if failing and failing.attempt_id else "",
        "warned": bool(found.warnings),
        "is_done": found.is_done,
        "can_go_on": not found.is_done and held.may("use"),
        "next": _next(found),
        "done": len(found.stages),
        "total": len(STAGES),
        "delay": f"{every_s}s" if every_s > 1 else SOON,
        "rows": [_row(one, reader, is_failing=one is failing) for one in found.stages],
        "began": words.exact(found.began_at),
        "ago": words.relative(found.began_at, now),
        "took": words.span(found.ended_at - found.began_at) if found.ended_at is not None else "",
        "by": "" if held.is_own else held.owner,
        "files": [(name, reverse("preflight-file", args=[found.profile_id, found.run_id, name])) for name in FILES],
    }


SOON = "300ms"  # so that each stage is seen as it comes
FILES = ("preflight.json", "preflight.xml")


def preflight_line(held: Held[PreflightResult], *, now: int) -> dict[str, Any]:
    """One line of the list of runs, and the button of the profile's page."""
    found = held.value
    failing, word = found.failing, "under way"
    rest = f", {len(found.stages)} of {len(STAGES)}"
    if failing is not None:
        word, rest = "failed", f" at {BY_CODE[failing.code].title}"
    elif found.is_done:
        word, rest = "ready", f", {found.passed} of {found.counted}"
    return {
        "url": reverse("preflight", args=[found.profile_id, found.run_id]),
        "word": word,
        "rest": rest,
        "title": word + rest,
        "tone": _tone(found),
        "ago": words.relative(found.began_at, now),
        "began": words.exact(found.began_at),
        "by": "" if held.is_own else held.owner,
    }


def planned_view(opened: OpenProfile, planned: PlannedCall) -> dict[str, Any]:
    """What will be sent, and to whom, before anything is. `call_url` is "" without an API."""
    api, profile = opened.api, opened.profile
    return {
        "has_api": api is not None,
        "base_url": api.base_url if api else "",
        "call": f"{planned.call.method} {api.base_url.rstrip('/')}{planned.call.path}" if api else "",
        "has_key": profile.has_subscription_key,
        "is_known": planned.is_known,
        "safe": " and ".join(SAFE),
        "stages": [{"title": stage.title, "explains": stage.explains} for stage in STAGES],
    }


def _row(one: StageResult, reader: Reader, *, is_failing: bool) -> dict[str, Any]:
    stage = BY_CODE[one.code]
    state = _STATES.get(one.status) or ("left out" if one.is_needed else "not needed")
    return {
        "code": one.code,
        "title": stage.title,
        "explains": stage.explains,
        "tone": TONES[one.status],
        "state": state,
        "is_marked": is_failing,
        "what": one.what,
        "why": one.why,
        "do": one.do,
        "who": _who(one, reader),
        "facts": [{"label": fact.label, "value": fact.value} for fact in one.facts],
        "cause": one.cause,
        "cause_url": cause_url(one.cause) if one.cause else "",
        "attempt_url": reverse("call", args=[one.attempt_id]) if one.attempt_id else "",
    }


def _who(one: StageResult, reader: Reader) -> str:
    return who_acts(one.owner, reader) if one.owner is not None else one.who


def _tone(found: PreflightResult) -> str:
    if found.failing is not None:
        return "fail"
    if not found.is_done:
        return "notice"
    return "warning" if found.warnings else "pass"


def _next(found: PreflightResult) -> str:
    done = {one.code for one in found.stages}
    return next((stage.title for stage in STAGES if stage.code not in done), "")


def _case(found: PreflightResult, failing: StageResult | None) -> dict[str, str] | None:
    """What a case would be made of: the attempt of the history, which has a form of its own, or the evidence here."""
    if failing is None or failing.attempt_id or failing.evidence is None or not found.is_done:
        return None
    return {"title": found.headline[:200], "evidence": evidence_text(failing.evidence)}
