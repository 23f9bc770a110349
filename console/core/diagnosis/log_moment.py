"""When a call was refused, by the time of the line of a log that says so.

Only a date with a time and a zone is a moment. A time in the sentence itself ("JWT expired at …") is not the line's.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

import msgspec

from console.core.compare import numeric_date
from console.core.diagnosis.moments import told_moment
from console.core.evidence import Evidence

_ISO = r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<time>\d\d:\d\d:\d\d)(?:[.,]\d{1,9})? ?(?P<zone>Z\b|UTC\b|[+-]\d\d:?\d\d\b)?"
_AT_HEAD = re.compile(rf"(?:[^\n|]{{0,40}}\| ?)?[\[(\"']{{0,2}}{_ISO}")
_KEYED = re.compile(rf"(?<![\w.-])(?:@?time(?:stamp)?|ts|@t)[\"']?\s?[=:]\s?[\"']?{_ISO}", re.IGNORECASE)
_ACCESS = re.compile(r"\[(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})\]")  # of Apache and nginx
_HEAD = 200  # characters of a line in which its time stands
_REFUSED = re.compile(
    r"(?<![\d.,#-])(?<!\d:)40[13]\b(?![.:,-]\d|\s?(?:ms|[smkMG]?B|bytes|seconds|s)\b)|\b(?:unauthori[sz]ed|forbidden)\b"
    r"|\b(?:token|jwt|bearer|audience|issuer|signature|lifetime|IDX\d{5})\b[^\n]{0,200}"
    r"\b(?:expired|invalid|rejected|refused|denied|failed|not)\b"
    r"|\b(?:expired|invalid|rejected|refused|denied)\b[^\n]{0,60}\b(?:token|jwt|bearer)\b",
    re.IGNORECASE,
)
_WITHIN_S = 60  # lines that tell of one refusal; of several, nobody knows which is asked about
_LEEWAY_S = 300  # of the clock of whoever wrote the log


@dataclass(frozen=True, slots=True)
class LogMoment:
    """`seconds` is None where the line says no zone; `words` are its time as it was written."""

    seconds: int | None
    words: str


def with_logged_moment(evidence: Evidence) -> tuple[Evidence, LogMoment | None]:
    """The evidence of a text that was read, at the moment that its log gives the refusal; never raises. Beside it that
    moment, None where the evidence itself tells one or no line does.
    """
    if evidence.read_at is None or not evidence.pasted or told_moment(evidence) is not None:
        return evidence, None
    logged = moment_of_refusal(evidence.pasted)
    if logged is None or logged.seconds is None:
        return evidence, logged
    if not _begin_of_token(evidence) <= logged.seconds + _LEEWAY_S <= evidence.read_at + 2 * _LEEWAY_S:
        return evidence, None  # what was refused before the token was made was another
    return msgspec.structs.replace(evidence, now=logged.seconds), logged


def _begin_of_token(evidence: Evidence) -> float:
    """When it was made; 0 where nothing tells."""
    claims = evidence.token_claims or {}
    return max(numeric_date(claims.get(name)) or 0 for name in ("iat", "nbf"))


def moment_of_refusal(text: str) -> LogMoment | None:
    """Of the last line that states it; None without one, and where several state it at different times."""
    found = list(_refusals(text))
    sure = [one.seconds for one in found if one.seconds is not None]
    if not found or (sure and (len(sure) < len(found) or max(sure) - min(sure) > _WITHIN_S)):
        return None
    is_one = len({one.words for one in found}) == 1
    return found[-1] if sure or is_one else None


def _refusals(text: str) -> Iterator[LogMoment]:
    moment: LogMoment | None = None
    for line in text.split("\n"):
        moment = _moment_of(line) or moment  # a line without a time goes on with the one before it
        if moment is not None and _REFUSED.search(line):
            yield moment


def _moment_of(line: str) -> LogMoment | None:
    if access := _ACCESS.search(line, 0, _HEAD):
        day, month, year, time, zone = access.groups()
        return _parsed(lambda: parsedate_to_datetime(f"{day} {month} {year} {time} {zone}"), access[0].strip("[]"))
    found = _AT_HEAD.match(line) or _KEYED.search(line, 0, _HEAD)
    if found is None:
        return None
    words = f"{found['day']} {found['time']}"
    if found["zone"] is None:
        return LogMoment(None, words)
    zone = "+00:00" if found["zone"] in {"Z", "UTC"} else found["zone"]
    return _parsed(lambda: datetime.fromisoformat(f"{found['day']}T{found['time']}{zone}"), f"{words} {found['zone']}")


def _parsed(read: Callable[[], datetime], words: str) -> LogMoment | None:
    try:
        return LogMoment(int(read().timestamp()), words)
    except (ValueError, OverflowError):
        return None
