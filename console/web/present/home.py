"""The home page in words: what needs attention, each profile in a row, what failed last, what ends next."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse

from console.core.api import Api
from console.core.attempts.history import HistorySpan
from console.core.diagnosis import CAUSES
from console.core.ending import Ending
from console.core.providers import provider_of
from console.services.home import Home, ProfileState, Trouble
from console.store.people import PersonRecord
from console.web.present import words
from console.web.present.checklist import milestones_view
from console.web.present.endings import ending_row
from console.web.present.profile_rows import RowStanding, profile_rows, standing
from console.web.present.what_rose import refusals_told
from console.web.present.who import Reader, who_acts

_CAUSES = {cause.slug: cause for cause in CAUSES}
STEPS = ("token", "call", "break")
NEWCOMER = (
    "Three steps to your first explained 401",
    "One of three steps is done",
    "Two of three steps are done",
)
ENDINGS = 4
SHOWN = 20  # profiles of one person; the rest stand on their own page
TONES = ("fail", "warning", "pass", "")  # of a profile, what needs somebody first
LONGEST_NAME = 60  # of a profile, in the sentence below the heading


def home_view(home: Home) -> dict[str, Any]:
    standings = [standing(state, home.now) for state in home.states]
    is_newcomer = not set(STEPS) <= home.done
    return {
        "title": _title(standings, home),
        "summary": _summary(standings),
        "rows": profile_rows(_shown(home.states, standings), home.now),
        "all": len(home.states) if len(home.states) > SHOWN else 0,
        "counts": _counts(standings),
        "troubles": [_trouble(one, home) for one in home.troubles],
        "refused": refusals_told(home.refused, HistorySpan.WEEK),
        "history": f"{reverse('calls')}?span={HistorySpan.WEEK.value}",
        "endings": _endings(home.endings, home.now),
        "sample": _sample(home.sample) if home.sample else None,
        "done": home.done,
        "is_newcomer": is_newcomer,
        "where": _where(home) if not is_newcomer else None,
    }


def _where(home: Home) -> dict[str, Any] | None:
    if home.furthest is None:
        return None
    opened, found = home.furthest
    return milestones_view(found, opened)


def waiting_rows(apis: Sequence[Api], without_role: Sequence[PersonRecord], now: int) -> list[dict[str, str]]:
    """What waits for an administrator: versions of APIs to approve, people who can open nothing yet."""
    rows = [
        {
            "label": f"Approve or decline the new version of {api.name}",
            "url": reverse("api", args=[api.id]),
            "text": f"Its owner proposed it {words.roughly(now - api.proposal.made_at)} ago." if api.proposal else "",
        }
        for api in apis
    ]
    if count := len(without_role):
        text = f"{count} {'person has' if count == 1 else 'people have'} no role yet, and can open nothing."
        rows.append({"label": "Give roles", "url": reverse("people"), "text": text})
    return rows


def declined_rows(apis: Sequence[Api], now: int) -> list[dict[str, str]]:
    """What an administrator declined of somebody's own; to `dismiss_url` goes `decided`, once they have read it."""
    found = ((api, api.proposal) for api in apis)
    return [
        {
            "label": f"The new addresses of {api.name} were declined",
            "url": reverse("api", args=[api.id]),
            "text": f"An administrator decided it {words.roughly(now - (old.decided_at or now))} ago.",
            "name": api.name,
            "dismiss_url": reverse("api-proposal-seen", args=[api.id]),
            "decided": str(old.decided_at),
        }
        for api, old in found
        if old is not None
    ]


def _shown(states: Sequence[ProfileState], standings: Sequence[RowStanding]) -> list[ProfileState]:
    """All, by name; of many those that need somebody first, and no more than one looks through."""
    if len(states) <= SHOWN:
        return list(states)
    places = sorted(range(len(states)), key=lambda place: TONES.index(standings[place].tone))
    return [states[place] for place in places[:SHOWN]]


def _title(standings: Sequence[RowStanding], home: Home) -> str:
    """The answer to "how do I stand?"."""
    taken = len(home.done & set(STEPS))
    if taken < len(STEPS):
        return NEWCOMER[taken]
    needing = [one for one in standings if one.tone == "fail"]
    if len(needing) == 1:
        return "One profile needs you"
    if needing:
        return f"{len(needing)} profiles need you"
    wanting = sum(one.tone == "warning" for one in standings)
    if wanting > 1:
        return f"Nothing is refused; {wanting} profiles want a look"
    return "Nothing is refused; one profile wants a look" if wanting else "Nothing is refused"


def _summary(standings: Sequence[RowStanding]) -> str:
    wanting = sorted((one for one in standings if one.tone in ("fail", "warning")), key=lambda one: one.tone != "fail")
    told = " ".join(f"{_short(one.name)}: {one.words}." for one in wanting[:2])
    rest = len(wanting) - 2
    return told + (f" And {rest} more." if rest > 0 else "")


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _counts(standings: Sequence[RowStanding]) -> list[dict[str, Any]]:
    told = zip(TONES, ("refused", "to look at", "well", "not called yet"), strict=True)
    counted = [(sum(one.tone == tone for one in standings), tone, text) for tone, text in told]
    return [{"text": f"{count} {text}", "tone": tone} for count, tone, text in counted if count]


def _trouble(one: Trouble, home: Home) -> dict[str, Any]:
    cause, newest, now = _CAUSES.get(one.cause), one.newest, home.now
    managed = {state.profile.id for state in home.states if state.held.may("manage")}
    is_integrator = one.profile is not None and one.profile.id in managed
    reader = Reader(is_integrator=is_integrator, administers=home.administers)
    if one.profile is not None:
        reader = replace(reader, administrator=provider_of(one.profile.provider).words.administrator)
    status = str(newest.status) if newest.status else "no answer"
    return {
        "tone": "" if one.is_over else "fail",
        "status": "no token" if newest.kind == "token" else status,
        "title": cause.title if cause else one.cause.replace("-", " "),
        "url": reverse("call", args=[newest.id]),
        "when": f"{words.roughly(now - newest.at)} ago{_times(one.times)}",
        "what": newest.title if newest.kind == "call" else "token request",
        "profile": one.profile.name if one.profile else "a deleted profile",
        "who": "" if one.is_over or cause is None else who_acts(cause.who, reader),
        "is_over": one.is_over,
    }


def _times(count: int) -> str:
    return f", refused {count:,} times in 7 days" if count > 1 else ""


def _endings(endings: Sequence[Ending], now: int) -> dict[str, Any] | None:
    """The first that end, and how many have no date; None where nothing ends."""
    if not endings:
        return None
    dated = [one for one in endings if one.ends_at is not None]
    unknown = len(endings) - len(dated)
    missing = f"Of {unknown} {'thing' if unknown == 1 else 'things'} nobody has entered the date." if unknown else ""
    return {"rows": [ending_row(one, now) for one in dated[:ENDINGS]], "missing": missing}


def _sample(state: ProfileState) -> dict[str, Any]:
    return {"id": state.profile.id, "name": state.profile.name, "profile": state.profile}
