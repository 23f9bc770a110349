"""The heartbeat of a profile in words: a mark for a row, and the whole of it for its page."""

from typing import Any

from django.urls import reverse

from console.core.environment import EnvironmentKind, environment_kind
from console.core.heartbeat import FAILURES, Bar, HeartbeatState, Measured, bars
from console.services.heartbeats import OpenHeartbeat, state_of
from console.store.heartbeats import HeartbeatRecord
from console.web.forms.heartbeats import every
from console.web.present import words

TONES = {HeartbeatState.UP: "pass", HeartbeatState.DOWN: "fail", HeartbeatState.UNKNOWN: ""}
SLOT, WIDTH, TALL, LOW, FLAT = 10, 8, 39, 14, 3  # of the picture, whose box is 300 by 40


def mark(record: HeartbeatRecord | None, now: int) -> dict[str, str] | None:
    """For a row: a chip; None where there is no heartbeat."""
    if record is None or not record.every_s:
        return None
    state = state_of(record, now)
    return {
        "tone": "warning" if record.stopped else TONES[state],
        "text": f"heartbeat {_said(record, state, now)}",
        "short": _said(record, state, now).partition(",")[0],
        "url": reverse("profile-heartbeat", args=[record.profile_id]),
    }


def heartbeat_view(opened: OpenHeartbeat) -> dict[str, Any]:
    record, now = opened.record, opened.now
    is_on = record is not None and record.is_on
    every_s = record.every_s if record else 0
    shown = bars(opened.measured, every_s=every_s, now=now) if every_s else bars(opened.measured, every_s=now, now=now)
    profile = opened.held.value
    return {
        "is_on": is_on,
        "pause": str(every_s) if is_on else "0",
        "every": every(every_s) if is_on else "",
        "stopped": record.stopped if record else "",
        "tone": TONES[opened.state],
        "title": _title(opened),
        "doubt": _doubt(record) if is_on else "",
        "next": words.relative(max(record.next_at, now + 1), now) if record is not None and is_on else "",
        "bars": [_bar(place, one) for place, one in enumerate(shown)],
        "bars_label": _bars_label(shown),
        "shares": [{"label": "Last 24 hours", **_share(opened.day)}, {"label": "Last 30 days", **_share(opened.month)}],
        "rows": [_row(profile.id, one, now) for one in opened.measured],
        "case": reverse("case", args=[record.case_id]) if record is not None and record.case_id else "",
        "call": opened.call,
        "failures": FAILURES,
        "is_production": environment_kind(profile.environment) is EnvironmentKind.PRODUCTION,
        "wants_mail": opened.wants_mail,
        "exists": record is not None,
    }


def _title(opened: OpenHeartbeat) -> str:
    record = opened.record
    if record is None or not record.every_s:
        return "The heartbeat is off"
    if record.stopped:
        return "The heartbeat has stopped"
    said = _said(record, opened.state, opened.now)
    return f"{said[:1].upper()}{said[1:]}"


def _said(record: HeartbeatRecord, state: HeartbeatState, now: int) -> str:
    """ "up for 3 d", "red for 5 min", "unknown, last seen 2 h ago"."""
    if record.stopped:
        return "stopped"
    standing = record.standing
    if state is HeartbeatState.UNKNOWN:
        if standing.last_at is None or standing.state is HeartbeatState.UNKNOWN:
            return "unknown, not measured yet" if standing.last_at is None else "unknown, the first one failed"
        return f"unknown, last measured {words.roughly(now - standing.last_at)} ago"
    since = words.roughly(now - standing.since)
    return f"up for {since}" if state is HeartbeatState.UP else f"red for {since}"


def _doubt(record: HeartbeatRecord | None) -> str:
    if record is None or not 0 < record.standing.failures < FAILURES:
        return ""
    return "The last one failed; another one follows within minutes to confirm it before anybody is told."


def _share(share: Any) -> dict[str, str]:
    measured = f"{share.good} of {share.measured} that were measured" if share.measured else "nobody looked"
    return {"value": share.words, "of": measured}


def _bar(place: int, one: Bar) -> dict[str, Any]:
    """Low where good, tall where not, flat where nobody looked, so that the shape tells."""
    measured = one.measured
    height = FLAT if measured is None else LOW if measured.is_good else TALL
    tone = "" if measured is None else "pass" if measured.is_good else "fail"
    return {"tone": tone, "x": place * SLOT + 1, "y": 40 - height, "width": WIDTH, "height": height}


def _bars_label(shown: list[Bar]) -> str:
    measured = [one.measured for one in shown if one.measured is not None]
    good, gaps = sum(one.is_good for one in measured), len(shown) - len(measured)
    told = f"Last {len(measured)} heartbeats: {good} good, {len(measured) - good} failed"
    return f"{told}, {gaps} times nobody looked" if gaps else told


def _row(profile_id: str, one: Measured, now: int) -> dict[str, str]:
    return {
        "tone": "pass" if one.is_good else "fail",
        "word": "good" if one.is_good else "failed",
        "at": words.exact(one.at),
        "ago": words.relative(one.at, now),
        "took": words.span(one.took_s),
        "words": one.words,
        "url": reverse("preflight", args=[profile_id, one.run_id]) if one.run_id else "",
    }
