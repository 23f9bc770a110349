"""Profiles as rows of a monitor: mark, last answer, the last twenty as a picture, token, what ends."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from console.core.ending import left_words
from console.core.profile_checks.client_auth import lacks_credential
from console.services.home import SHOWN, ProfileState
from console.store.answers import AnswerLine
from console.web.present import words
from console.web.present.credentials import kind_words
from console.web.present.endings import ending_tone
from console.web.present.heartbeats import mark
from console.web.present.profiles import provider_title
from console.web.present.sharing import shared_words

SIGNS = {"pass": "✓", "warning": "!", "fail": "✕", "": ""}
STATES = {"pass": "answered", "warning": "to look at", "fail": "refused", "": "not called yet"}
SLOT, WIDTH, TALL, LOW = 10, 8, 39, 14  # of the picture, whose box is 200 by 40


class RowStanding(NamedTuple):
    """How a profile stands: its row's tone, and why in words."""

    name: str
    tone: str
    words: str


def standing(state: ProfileState, now: int) -> RowStanding:
    return RowStanding(state.profile.name, *_state(state, now))


def profile_rows(states: Sequence[ProfileState], now: int) -> list[dict[str, Any]]:
    return [_row(state, now) for state in states]


def _row(state: ProfileState, now: int) -> dict[str, Any]:
    profile, last = state.profile, state.last
    tone, said = _state(state, now)
    provider = "Sandbox" if profile.provider == "sandbox" else provider_title(profile)
    environment = "" if profile.environment == profile.provider else profile.environment
    lost = "its API is closed to you" if profile.api_id else "no API"
    about = (provider, state.api.name if state.api else lost)
    return {
        "id": profile.id,
        "name": profile.name,
        "about": " · ".join(part for part in about if part),
        "environment": environment,
        "heartbeat": mark(state.heartbeat, now),
        "shared": shared_words(state.held, state.share_count),
        "tone": tone,
        "sign": SIGNS[tone],
        "word": STATES[tone],
        "state": said,
        "last": _last(last, now) if last else None,
        "bars": _bars(state.answers),
        "bars_label": _bars_label(state.answers),
        "token": _token(state, now),
        "has_token": state.has_token,
        "credential": state.ends_next.kind.value if state.ends_next else kind_words(profile),
        "ends": _ends(state, now),
        "ends_tone": _ends_tone(state, now),
    }


def _state(state: ProfileState, now: int) -> tuple[str, str]:
    """The row's tone and why, in words."""
    last, beat = state.last, mark(state.heartbeat, now)
    if beat is not None and beat["tone"] == "fail":
        return "fail", f"its {beat['text']}"
    if last is not None and not last.is_good:
        return "fail", f"the last call was answered {last.status}" if last.status else "the last call got no answer"
    if tone := _ends_tone(state, now):
        what = state.ends_next.kind.value if state.ends_next else ""
        return tone, f"its {what} {_ends(state, now)}"
    if lacks_credential(state.profile, state.profile.credential.kind):
        return "warning", "it has no credential yet"
    return ("pass", "answered") if last is not None else ("", "not called yet")


def _last(last: AnswerLine, now: int) -> dict[str, Any]:
    return {
        "status": str(last.status) if last.status else "no answer",
        "tone": words.status_tone(last.status),
        "ago": f"{words.roughly(now - last.at)} ago",
    }


def _bars(seen: Sequence[AnswerLine]) -> list[dict[str, Any]]:
    """One bar for each answer, the newest at the right: low where good, tall where not, so that the shape tells."""
    first = SHOWN - len(seen)
    return [
        {
            "tone": "pass" if one.is_good else "fail",
            "x": (first + place) * SLOT + 1,
            "y": 40 - (LOW if one.is_good else TALL),
            "width": WIDTH,
            "height": LOW if one.is_good else TALL,
        }
        for place, one in enumerate(reversed(seen))
    ]


def _bars_label(seen: Sequence[AnswerLine]) -> str:
    good = sum(one.is_good for one in seen)
    return f"Last {len(seen)} answers: {good} good, {len(seen) - good} refused or failed" if seen else ""


def _token(state: ProfileState, now: int) -> str:
    if not state.has_token:
        return "none"
    return f"{words.roughly(state.token_until - now)} left" if state.token_until is not None else "stored"


def _ends(state: ProfileState, now: int) -> str:
    end = state.ends_next
    return left_words(end.ends_at, now) if end is not None and end.ends_at is not None else ""


def _ends_tone(state: ProfileState, now: int) -> str:
    return ending_tone(state.ends_next, now) if state.ends_next is not None else ""
