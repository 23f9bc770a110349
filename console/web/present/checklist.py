"""The guided checklist in words, with the way to the page where each step is done."""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from console.core.actor import Right
from console.core.checklist.checklist import Checklist, ChecklistStep
from console.core.checklist.evidence import StepEvidence
from console.core.checklist.steps import LinkKind, StepState
from console.core.profile import Profile
from console.core.providers import provider_of
from console.services.integrators import integrates
from console.services.opening import OpenProfile
from console.web.present import words
from console.web.present.who import Reader, who_acts

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
NEEDED: dict[LinkKind, Right] = {
    LinkKind.PROFILE: "manage",
    LinkKind.CREDENTIAL: "manage",
    LinkKind.TOKEN: "use",
    LinkKind.CALL: "use",
}
LINKS = {
    LinkKind.API: "Open the API",
    LinkKind.PROFILE: "Edit the profile",
    LinkKind.CREDENTIAL: "Go to the credential",
    LinkKind.TOKEN: "Go to the token",
    LinkKind.CALL: "Go to the call",
}


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the reader may go to do a step: the profile with their rights on it, and an Api that they see.

    `profile` is None where there is none yet; `api_id` is "" where the profile has no Api, or one that is not theirs
    to see (`has_lost_api`). `can_make`: they may make profiles and APIs.
    """

    profile: Profile | None = None
    rights: frozenset[Right] = frozenset()
    api_id: str = ""
    has_lost_api: bool = False
    can_make: bool = True


def checklist_view(found: Checklist, ways: Ways, now: int) -> dict[str, Any]:
    """The steps in order; the one to do next is marked."""
    upcoming, profile = found.next_step, ways.profile
    steps = [_step(step, ways, now, is_next=step is upcoming) for step in found.steps]
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


def milestones_view(found: Checklist, opened: OpenProfile) -> dict[str, Any]:
    """The steps as seven dots, and what to do next: `next` has title, do, link and url, None when all is done."""
    upcoming, ways = found.next_step, ways_of(opened)
    return {
        "profile_id": opened.profile.id,
        "name": opened.profile.name,
        "done": found.done_count,
        "total": len(found.steps),
        "dots": [_dot(step, is_next=step is upcoming) for step in found.steps],
        "next": _next(upcoming, ways) if upcoming else None,
    }


def ways_of(opened: OpenProfile) -> Ways:
    api_id = opened.api.id if opened.api else ""
    has_lost_api = not api_id and opened.profile.api_id is not None
    return Ways(opened.profile, opened.held.rights, api_id, has_lost_api, integrates(opened.actor))


def _dot(step: ChecklistStep, *, is_next: bool) -> dict[str, Any]:
    tone, state = _tone(step)
    return {"title": step.title, "tone": tone, "sign": SIGNS[tone], "state": state, "is_next": is_next}


def _next(step: ChecklistStep, ways: Ways) -> dict[str, str]:
    (tone, state), (link, url) = _tone(step), _way(step.link_kind, ways)
    return {
        "title": step.title,
        "tone": tone,
        "state": state,
        "do": step.do,
        "link": link,
        "url": url,
    }


def _tone(step: ChecklistStep) -> tuple[str, str]:
    """The step's tone, and its state in words."""
    return ("warning", "done, failing since") if step.since else (TONES[step.state], STATES[step.state])


def _step(step: ChecklistStep, ways: Ways, now: int, *, is_next: bool) -> dict[str, Any]:
    (tone, state), (link, url) = _tone(step), _way(step.link_kind, ways)
    return {
        "code": step.code,
        "title": step.title,
        "tone": tone,
        "state": state,
        "is_next": is_next,
        "why": step.why,
        "do": step.do,
        "who": who_acts(step.who, _reader(ways)) if step.who else "",
        "evidence": [_evidence(item, now) for item in step.evidence],
        "since": _evidence(step.since, now) if step.since else None,
        "link": link,
        "url": url,
    }


def _evidence(item: StepEvidence, now: int) -> dict[str, str]:
    return {
        "text": item.text,
        "ago": words.relative(item.time, now) if item.time is not None else "",
        "url": reverse("call", args=[item.attempt_id]) if item.attempt_id else "",
    }


def _reader(ways: Ways) -> Reader:
    reader = Reader(is_integrator="manage" in ways.rights)
    if ways.profile is None:
        return reader
    return replace(reader, administrator=provider_of(ways.profile.provider).words.administrator)


def _way(kind: LinkKind | None, ways: Ways) -> tuple[str, str]:
    """The words of the link and its address; both "" where the reader may not go there, or there is nowhere to go."""
    if kind is None:
        return "", ""
    if kind is LinkKind.API:
        return _way_to_api(ways)
    if ways.profile is None:
        return _way_to_new(ways)
    if NEEDED[kind] not in ways.rights:
        return "", ""
    if kind is LinkKind.PROFILE:
        return LINKS[kind], reverse("profile-edit", args=[ways.profile.id])
    return LINKS[kind], f"{reverse('profile', args=[ways.profile.id])}#{kind.value}"


def _way_to_api(ways: Ways) -> tuple[str, str]:
    if ways.api_id:
        return LINKS[LinkKind.API], reverse("api", args=[ways.api_id])
    return ("Register an API", reverse("api-new")) if ways.can_make and not ways.has_lost_api else ("", "")


def _way_to_new(ways: Ways) -> tuple[str, str]:
    to_api = f"?api={ways.api_id}" if ways.api_id else ""
    return ("Make a profile", f"{reverse('profile-new')}{to_api}") if ways.can_make else ("", "")
