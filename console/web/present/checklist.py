"""The guided checklist in words, with the way to the page where each step is done."""

from typing import Any

from django.urls import reverse

from console.core.checklist import Checklist, ChecklistStep
from console.core.checklist_evidence import StepEvidence
from console.core.checklist_steps import LinkKind, StepState
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
    return {
        "id": profile.id if profile else "new",
        "name": profile.name if profile else "",
        "done": found.done_count,
        "total": len(found.steps),
        "steps": [_step(step, profile, now, api_id=api_id, is_next=step is upcoming) for step in found.steps],
    }


def milestones_view(found: Checklist) -> dict[str, Any]:
    """The same in one line of marks, and in words for those who do not see them."""
    upcoming = found.next_step
    done = f"{found.done_count} of {len(found.steps)}"
    label = f"{done} steps done; next: {upcoming.title}" if upcoming else f"{done} steps done"
    return {"tones": [_tone(step) for step in found.steps], "done": done, "label": label}


def _tone(step: ChecklistStep) -> str:
    return "warning" if step.since else TONES[step.state]


def _step(step: ChecklistStep, profile: Profile | None, now: int, *, api_id: str, is_next: bool) -> dict[str, Any]:
    return {
        "code": step.code,
        "title": step.title,
        "tone": _tone(step),
        "state": "done, failing since" if step.since else STATES[step.state],
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
