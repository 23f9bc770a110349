"""The guided checklist in words, with the way to the page where each step is done."""

from typing import Any

from django.urls import reverse

from console.core.checklist.checklist import Checklist, ChecklistStep
from console.core.checklist.evidence import StepEvidence
from console.core.checklist.steps import LinkKind, StepState
from console.core.profile import Profile
from console.web.present import words

TONES = {
    StepState.DONE: "pass",
    StepState.FAILED: "fail",
    StepState.OPEN: "notice",
    StepState.CANNOT_TELL: "unknown",
}
STATES = {
    StepState.DONE: "done",
    StepState.FAILED: "failed",
    StepState.OPEN: "to do",
    StepState.CANNOT_TELL: "cannot be seen from here",
}
SIGNS = {"pass": "✓", "warning": "!", "fail": "✕", "notice": "", "unknown": "?"}
LINKS = {
    LinkKind.API: "Open the API",
    LinkKind.PROFILE: "Edit the profile",
    LinkKind.CREDENTIAL: "Go to the credential",
    LinkKind.TOKEN: "Go to the token",
    LinkKind.CALL: "Go to the call",
}


def checklist_view(found: Checklist, profile: Profile | None, now: int, *, api_id: str = "") -> dict[str, Any]:
    """The steps in order; the one to do next is marked."""
    upcoming = found.next_step
    steps = [_step(step, profile, now, api_id=api_id, is_next=step is upcoming) for step in found.steps]
    return {
        "answer": f"Next: {upcoming.title}" if upcoming else "Every step is done",
        "id": profile.id if profile else "new",
        "name": profile.name if profile else "",
        "done": found.done_count,
        "total": len(found.steps),
        "steps": _told_once(steps),
    }


def _told_once(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One cause may hold up several steps: its reason and its mending stand at the first of them alone."""
    first: dict[tuple[str, str], str] = {}
    for step in steps:
        advice = (step["why"], step["do"])
        title = first.setdefault(advice, step["title"])
        if step["do"] and title != step["title"]:
            step.update(why=f"What holds up “{title}” holds this up too.", do="", who="")
    return steps


def milestones_view(found: Checklist, profile: Profile) -> dict[str, Any]:
    """The steps as seven dots, and what to do next: `next` has title, do, link and url, None when all is done."""
    upcoming = found.next_step
    return {
        "profile_id": profile.id,
        "name": profile.name,
        "done": found.done_count,
        "total": len(found.steps),
        "dots": [_dot(step, is_next=step is upcoming) for step in found.steps],
        "next": _next(upcoming, profile) if upcoming else None,
    }


def _dot(step: ChecklistStep, *, is_next: bool) -> dict[str, Any]:
    tone, state = _tone(step)
    return {"title": step.title, "tone": tone, "sign": SIGNS[tone], "state": state, "is_next": is_next}


def _next(step: ChecklistStep, profile: Profile) -> dict[str, str]:
    tone, state = _tone(step)
    return {
        "title": step.title,
        "tone": tone,
        "state": state,
        "do": step.do,
        "link": _link(step.link_kind, profile, ""),
        "url": _url(step.link_kind, profile, ""),
    }


def _tone(step: ChecklistStep) -> tuple[str, str]:
    """The step's tone, and its state in words."""
    return ("warning", "done, failing since") if step.since else (TONES[step.state], STATES[step.state])


def _step(step: ChecklistStep, profile: Profile | None, now: int, *, api_id: str, is_next: bool) -> dict[str, Any]:
    tone, state = _tone(step)
    return {
        "code": step.code,
        "title": step.title,
        "tone": tone,
        "state": state,
        "is_next": is_next,
        "why": step.why,
        "do": step.do,
        "who": words.owner(step.who),
        "evidence": [_evidence(item, now) for item in step.evidence],
        "since": _evidence(step.since, now) if step.since else None,
        "link": _link(step.link_kind, profile, api_id),
        "url": _url(step.link_kind, profile, api_id),
    }


def _evidence(item: StepEvidence, now: int) -> dict[str, str]:
    return {
        "text": item.text,
        "ago": words.relative(item.time, now) if item.time is not None else "",
        "url": reverse("call", args=[item.attempt_id]) if item.attempt_id else "",
    }


def _link(kind: LinkKind | None, profile: Profile | None, api_id: str) -> str:
    if kind is LinkKind.API and not (api_id or (profile and profile.api_id)):
        return "Register an API"
    if profile is None and kind is not None and kind is not LinkKind.API:
        return "Make a profile"
    return LINKS[kind] if kind else ""


def _url(kind: LinkKind | None, profile: Profile | None, api_id: str) -> str:
    if kind is None:
        return ""
    api = api_id or (profile.api_id if profile else None)
    if kind is LinkKind.API:
        return reverse("api", args=[api]) if api else reverse("api-new")
    if profile is None:
        return f"{reverse('profile-new')}?api={api}" if api else reverse("profile-new")
    if kind is LinkKind.PROFILE:
        return reverse("profile-edit", args=[profile.id])
    return f"{reverse('profile', args=[profile.id])}#{kind.value}"
