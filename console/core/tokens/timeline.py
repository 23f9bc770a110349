"""A token's life as a line: when it begins and ends, the tolerance at both ends, and where the clocks stand on it."""

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum

from msgspec import Struct

from console.core.compare import is_expired, is_not_yet_valid
from console.core.exchange import Exchange
from console.core.tokens.times import LAST_SECOND, duration, epoch, utc
from console.core.tokens.token import Token

_NAMES = ("iat", "nbf", "exp")
NOTEWORTHY_S = 2  # two machines that are set by a time server differ by less


class Validity(StrEnum):
    NOT_YET = "not_yet"
    VALID = "valid"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock beside the console's own. `offset_s` is positive when it is ahead of the console.

    `name` begins a sentence: "The browser", "The provider", "The API".
    """

    name: str
    offset_s: int


def clock_of(exchange: Exchange, name: str) -> Clock | None:
    """The far side's clock by the Date header of its answer (RFC 9110 section 6.6.1); None when it says none."""
    text = exchange.response.header("Date") if exchange.response else None
    try:
        said = parsedate_to_datetime(text or "").timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    answered_at = exchange.started_at + exchange.elapsed_ms / 1000
    return Clock(name, round(said - answered_at))


class Mark(Struct, frozen=True):
    """A moment on the line, epoch seconds. `name` is iat, nbf, exp, now, or a clock's name."""

    name: str
    at: int


class Timeline(Struct, frozen=True):
    """All in epoch seconds. The token counts from `begin` (nbf, else iat) to `end` (exp).

    With the tolerance of the API it is accepted from `begin` - `leeway_s` to `end` + `leeway_s`, both included.
    `claims` are those of iat, nbf and exp that the token has; `clocks` what each other clock shows at `now`.
    `low` and `high` are the first and the last moment to draw. `notes` are sentences on clocks that disagree.
    """

    begin: int
    end: int
    now: int
    leeway_s: int
    validity: Validity
    claims: tuple[Mark, ...]
    clocks: tuple[Mark, ...]
    low: int
    high: int
    notes: tuple[str, ...]

    def place(self, moment: int, *, width: int = 1000, margin: int = 60) -> int:
        """Where a moment lies on a line of `width` units with `margin` free at both ends."""
        held = min(max(moment, self.low), self.high)
        return margin + round((held - self.low) * (width - 2 * margin) / max(1, self.high - self.low))

    @property
    def text(self) -> str:
        """The line in one or two sentences."""
        state = {Validity.NOT_YET: "is not yet valid", Validity.VALID: "is valid now",
                 Validity.EXPIRED: "has expired"}[self.validity]  # fmt: skip
        said = f"The token {state}: from {utc(self.begin)} to {utc(self.end)}; now {utc(self.now)}."
        if self.leeway_s:
            said += f" The API allows {duration(self.leeway_s)} at both ends."
        return " ".join((said, *self.notes))


def timeline(token: Token, now: int, *, leeway_s: int = 0, clocks: tuple[Clock, ...] = ()) -> Timeline | None:
    """The line of a token; None when it names no usable begin and end, or an end that is not after its begin.

    `now` is epoch seconds on the console's clock, which also is the one `validity` is judged by.
    """
    claims = token.claims or {}
    marks = tuple(Mark(name, at) for name in _NAMES if (at := epoch(claims.get(name))) is not None)
    moments = {mark.name: mark.at for mark in marks}
    begin, end = moments.get("nbf", moments.get("iat")), moments.get("exp")
    if begin is None or end is None or end <= begin:
        return None
    others = tuple(Mark(clock.name, _held(now + clock.offset_s)) for clock in clocks)
    drawn = [begin - leeway_s, end + leeway_s, now, *(mark.at for mark in (*marks, *others))]
    notes = tuple(note for clock in clocks if (note := _note(clock, now, (begin, end), leeway_s)))
    return Timeline(
        begin, end, now, leeway_s, _validity(now, begin, end, leeway_s), marks, others, min(drawn), max(drawn), notes
    )


def _held(moment: int) -> int:
    """Within the calendar, however wrong a clock is."""
    return min(max(moment, 0), LAST_SECOND)


def _validity(moment: int, begin: int, end: int, leeway_s: int) -> Validity:
    if is_expired(end, moment, leeway_s):
        return Validity.EXPIRED
    return Validity.NOT_YET if is_not_yet_valid(begin, moment, leeway_s) else Validity.VALID


def _note(clock: Clock, now: int, life: tuple[int, int], leeway_s: int) -> str:
    """What a clock that disagrees makes of the token; "" when it agrees."""
    if abs(clock.offset_s) < NOTEWORTHY_S:
        return ""
    direction = "ahead of" if clock.offset_s > 0 else "behind"
    said = f"{clock.name} is {duration(clock.offset_s)} {direction} this console"
    theirs = _validity(now + clock.offset_s, *life, leeway_s)
    if theirs is _validity(now, *life, leeway_s):
        return f"{said}."
    seen = {Validity.NOT_YET: "not yet valid", Validity.VALID: "valid", Validity.EXPIRED: "expired"}[theirs]
    return f"{said}: by that clock the token is {seen}."
