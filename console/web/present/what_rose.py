"""What was refused, how often and since when, in one sentence each: for home, the history and the queue."""

from console.core.attempts.history import GOOD, NO_ANSWER, HistorySpan
from console.services.refusal_hours import CauseCourse, RefusalHours, RefusalSum
from console.web.present import words

WITHIN = {
    HistorySpan.TODAY: "today",
    HistorySpan.DAY: "in 24 hours",
    HistorySpan.WEEK: "in 7 days",
    HistorySpan.ALL: "so far",
    HistorySpan.OWN: "in this time",
}


def refusals_told(found: RefusalSum, span: HistorySpan, status: str = "") -> str:
    """How many, of how many causes; of one alone since when. `status` is the answer that was asked for, if any."""
    if not found.count:
        return f"{_nothing(status)} {WITHIN[span]}"
    what = f"{found.count:,} {_noun(found, status)}"
    if found.causes > 1 and status not in GOOD:
        return f"{what} {WITHIN[span]}, {found.causes} causes"
    since = _clock(found.first_at or 0, found.now)
    if status in GOOD:
        return f"{what} since {since}"
    return f"{what} since {since}, {'one cause' if found.cause else 'cause not known'}"


def _nothing(status: str) -> str:
    told = {"": "Nothing refused", "refused": "Nothing refused", NO_ANSWER: "Nothing without an answer"}
    return told.get(status, f"Nothing answered {status}")


def _noun(found: RefusalSum, status: str) -> str:
    is_one = found.count == 1
    if found.tokens == found.count:
        noun = "token request" if is_one else "token requests"
    elif found.tokens:
        noun = "calls and token requests"
    else:
        noun = "call" if is_one else "calls"
    if status in ("", "refused", "4xx"):
        return f"refused {noun}"
    return f"{noun} without an answer" if status == NO_ANSWER else f"{noun} answered {status}"


def _clock(at: int, now: int) -> str:
    """The time of day; with the day where that is not today."""
    exact = words.exact(at)
    return exact[11:16] if exact[:10] == words.exact(now)[:10] else exact[:16]


def what_rose(picture: RefusalHours) -> str:
    """What is most, since when and where, and what was changed just before it began.

    It stands beside `refusals_told`, which says since when where there is one cause alone.
    """
    top = picture.courses[0]
    if picture.causes == 1:
        parts = [f"All: {_titled(top)}{_at_api(top)}."]
    else:
        since = _clock(top.first_at, picture.now)
        parts = [f"Most: {top.count:,} {_titled(top)}, since {since}{_at_api(top)}."]
    if (before := picture.blamed) is not None:
        detail = f" ({before.detail})" if before.detail else ""
        parts.append(f"Just before, at {_clock(before.at, picture.now)}, {before.told}{detail}.")
    return " ".join(parts)


def _titled(top: CauseCourse) -> str:
    title = words.cause(top.cause)
    return f"{title[:1].lower()}{title[1:]}" if title[1:2].islower() else title


def _at_api(top: CauseCourse) -> str:
    return f", at {top.apis[0]}" if len(top.apis) == 1 and not top.other_apis else ""
