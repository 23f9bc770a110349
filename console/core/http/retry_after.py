"""Retry-After (RFC 9110 section 10.2.3): true for showing, bounded for waiting."""

from email.utils import parsedate_to_datetime

from console.core.exchange import Header, header

DEFAULT_WAIT_S = 2
MAX_WAIT_S = 600
LONGEST_S = 999_999_999  # 31 years: what is longer is nonsense, and told as "more than 31 years", in either form


def told_s(headers: tuple[Header, ...], *, now: int | None) -> int | None:
    """What the far side asks for, in seconds from `now` (epoch seconds); None when absent or unreadable.

    It may be years: show it, and wait by `bounded_s`. LONGEST_S stands for itself and all that is longer. Without `now`
    only a number is read, no date.
    """
    text = (header(headers, "Retry-After") or "").strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:10]), LONGEST_S)
    if now is None or not text:
        return None
    try:
        return min(max(0, int(parsedate_to_datetime(text).timestamp()) - now), LONGEST_S)
    except (ValueError, TypeError, OverflowError):
        return None


def bounded_s(headers: tuple[Header, ...], *, now: int) -> int:
    """How long to wait before asking again: what was asked for, at most ten minutes; two seconds when nothing was."""
    told = told_s(headers, now=now)
    return DEFAULT_WAIT_S if told is None else min(told, MAX_WAIT_S)
