"""What ends in words: the heading answers; then what has ended, ends soon, later by months, and what nobody dated."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.urls import reverse

from console.core.ending import Ending, EndKind, day_words, is_soon, left_words, what_to_do
from console.core.errors import NotFound
from console.core.profile import Profile
from console.store.calendar_feeds import FeedRecord
from console.web.present import words

SIGNS = {"fail": "✕", "warning": "!", "": ""}


def ends_view(endings: Sequence[Ending], now: int) -> dict[str, Any]:
    """Of what `services.endings.of_actor` gives: in the order in which it ends, what has no date last."""
    dated = [one for one in endings if one.ends_at is not None]
    ended = [one for one in dated if _end(one) <= now]
    soon = [one for one in dated if _end(one) > now and is_soon(_end(one), now)]
    later = [one for one in dated if _end(one) > now and not is_soon(_end(one), now)]
    unknown = [one for one in endings if one.ends_at is None]
    return {
        "title": _title(ended, soon, dated, unknown, now),
        "summary": _summary(dated, unknown),
        "groups": [*_groups(ended, soon, now), *_months(later, now)],
        "unknown": [ending_row(one, now) for one in unknown],
        "is_empty": not endings,
    }


def ending_row(one: Ending, now: int) -> dict[str, Any]:
    """One line of the list; `tone`, `left` and `day` are "" where nobody knows the end."""
    tone = ending_tone(one, now)
    return {
        "kind": _capital(one.kind.value),
        "name": one.name,
        "url": one.path,
        "tone": tone,
        "sign": SIGNS[tone],
        "left": left_words(_end(one), now) if one.ends_at is not None else "",
        "day": day_words(_end(one)) if one.ends_at is not None else "",
        "owner": "yours" if one.is_own else one.owner,
        "do": what_to_do(one.kind, one.provider),
        "may_renew": one.may_renew,
        "date_url": _date_url(one) if one.is_typed and one.may_renew else "",
    }


def ending_tone(one: Ending, now: int) -> str:
    """ "fail" for what has ended, "warning" for what does soon, "" else."""
    if one.ends_at is None:
        return ""
    return "fail" if one.ends_at <= now else "warning" if is_soon(one.ends_at, now) else ""


def date_view(profile: Profile, kind: str, now: int) -> dict[str, Any]:
    """What a date is asked for; raises NotFound where the profile keeps nothing of the kind that has one typed."""
    credential, key = profile.credential, profile.subscription_key
    if kind == "credential" and credential.is_dated_by_hand:
        what, ends_at, version, set_at = (
            credential.kind.words,
            credential.ends_at,
            credential.version,
            credential.set_at,
        )
    elif kind == "subscription-key" and key is not None:
        what, ends_at, version, set_at = "subscription key", key.ends_at, key.set_at, key.set_at
    else:
        raise NotFound(
            "There is no date to enter here.",
            why="The profile keeps no client secret, signing key or subscription key of that kind.",
            do="Store one on the profile’s page: its date can be entered with it.",
            who="You can do this.",
        )
    day = datetime.fromtimestamp(ends_at, UTC).date() if ends_at is not None else None
    left = left_words(ends_at, now) if ends_at is not None else "no date known"
    stored = f"{words.exact(set_at)}, {words.relative(set_at, now)}" if set_at is not None else ""
    return {"what": what, "day": day, "version": version, "left": left, "stored": stored}


def feed_view(feed: FeedRecord | None, now: int) -> dict[str, Any] | None:
    """When the calendar address was made and read; None without one."""
    if feed is None:
        return None
    read = f"read last {words.roughly(now - feed.read_at)} ago" if feed.read_at is not None else "not read yet"
    return {"made": words.exact(feed.made_at)[:10], "read": read}


def _title(ended: list[Ending], soon: list[Ending], dated: list[Ending], unknown: list[Ending], now: int) -> str:
    """The answer to "what ends next?"."""
    if len(ended) == 1:
        return f"One {ended[0].kind.value} has ended"
    if ended:
        return f"{len(ended)} things have ended"
    if len(soon) == 1:
        return f"One {soon[0].kind.value} {left_words(_end(soon[0]), now)}"
    if soon:
        return f"{len(soon)} things end soon, the first {left_words(_end(soon[0]), now).removeprefix('ends ')}"
    if dated:
        return "Nothing ends in the next 30 days"
    return "No end is known yet" if unknown else "Nothing of yours ends"


def _summary(dated: Sequence[Ending], unknown: Sequence[Ending]) -> str:
    first = dated[0] if dated else None
    told = f"First ends the {first.kind.value} of {first.name}, on {day_words(_end(first))}." if first else ""
    count = len(unknown)
    missing = f"Of {count} {'thing' if count == 1 else 'things'} nobody has entered the date." if count else ""
    return f"{told} {missing}".strip()


def _groups(ended: list[Ending], soon: list[Ending], now: int) -> list[dict[str, Any]]:
    named = (("ended", "Ended", ended), ("soon", "Soon: within 30 days", soon))
    return [
        {"key": key, "title": title, "rows": [ending_row(one, now) for one in found]}
        for key, title, found in named
        if found
    ]


def _months(later: list[Ending], now: int) -> list[dict[str, Any]]:
    """What ends later, month by month."""
    return [
        {"key": month, "title": _month_words(month), "rows": [ending_row(one, now) for one in found]}
        for month, found in groupby(later, key=lambda one: day_words(_end(one))[:7])
    ]


def _month_words(month: str) -> str:
    return f"{datetime.strptime(month, '%Y-%m').replace(tzinfo=UTC):%B %Y}"


def _date_url(one: Ending) -> str:
    name = "profile-key-ends" if one.kind is EndKind.SUBSCRIPTION_KEY else "profile-credential-ends"
    return f"{reverse(name, args=[one.of_id])}?from=ends"


def _end(one: Ending) -> int:
    return one.ends_at or 0


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
