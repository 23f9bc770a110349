"""exp and nbf as the gateway's token library judges them (IDX10222 to IDX10225)."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from msgspec import Struct

from console.core.compare import is_expired, is_not_yet_valid
from console.core.json.values import NumberText
from console.core.policy.engine.model import GatewayCheck, Outcome, Warned, rests_on
from console.core.policy.engine.switches import Switches, chosen
from console.core.policy.token.attributes import ALWAYS, NOTHING, Flag, Number
from console.core.policy.token.step_of_checks import passed, unknown
from console.core.tokens.times import duration
from console.core.tokens.token import Token

_PASS = Outcome.PASS  # a member of an enum takes longer to look up than a name
LIBRARY_SKEW_S = 300
_LARGEST = 2**63  # beyond, the library has no number for it
_CALENDAR_END = 253_402_300_800  # year 10000
_MOMENT = "less than a second"
_ODD = "Nobody has confirmed what the gateway does with a time of another type."


class PolicyClock(Struct, frozen=True):
    """What a policy says about time; `now` is epoch seconds."""

    now: int
    skew: Number = NOTHING
    needs_exp: Flag = ALWAYS


class _Time(Struct, frozen=True):
    """A claim that should be a NumericDate; `seconds` None: absent or no number. `problem` is its failing check."""

    seconds: float | None = None
    problem: GatewayCheck | None = None
    warnings: tuple[Warned, ...] = ()


_ABSENT = _Time()
_THERE = passed("expiration-present", "exp is there.")
Judged = tuple[tuple[GatewayCheck, ...], tuple[Warned, ...]]


def lifetime_checks(token: Token, clock: PolicyClock, switches: Switches) -> Judged:
    """expiration-present, not-before and expiry, in the order in which the library reports them.

    The moment exp itself is still valid (a switch), and so is the moment nbf; the skew widens both.
    """
    claims = token.claims or {}
    if usual := _usual(claims.get("exp"), claims.get("nbf"), clock):
        return usual, ()
    is_read = chosen(switches, "claim-types") == "read"
    exp = _time(claims, "exp", is_read=is_read, is_needed=bool(clock.needs_exp.value))
    nbf = _time(claims, "nbf", is_read=is_read, is_needed=False)
    start, start_warnings = _not_before(nbf, exp, clock)
    end, end_warnings = _expiry(exp, clock, switches)
    warnings = (*exp.warnings, *nbf.warnings, *start_warnings, *end_warnings)
    return (_present(exp, clock), start, *end), tuple(dict.fromkeys(warnings)) if warnings else ()


def _usual(exp: Any, nbf: Any, clock: PolicyClock) -> tuple[GatewayCheck, ...] | None:
    """The checks of plain times with nothing wrong or open about them; None for any others."""
    skew_s = clock.skew.value
    if skew_s is None or type(exp) is not int or type(nbf) is not int:
        return None
    if not clock.now - skew_s < exp < _CALENDAR_END or nbf > exp or is_not_yet_valid(nbf, clock.now, skew_s):
        return None
    start = GatewayCheck("not-before", _PASS, f"Valid from {moment(nbf)}.")
    end = GatewayCheck("expiry", _PASS, _lasting(exp, clock.now, skew_s))
    return _THERE, start, end


def _time(claims: dict[str, Any], name: str, *, is_read: bool, is_needed: bool) -> _Time:
    if name not in claims:
        return _ABSENT
    seconds, is_number = _seconds(claims[name])
    if is_number and seconds is not None:
        return _Time(seconds)
    is_plain = is_needed and seconds is None and not is_number
    kind = "beyond all calendars" if is_number else "no number"
    warnings = () if is_plain else (rests_on("claim-types", f"{name} is {kind}. {_ODD}"),)
    if is_read and (seconds is not None or not is_needed):
        return _Time(seconds, warnings=warnings)
    check, code = ("expiration-present", "IDX10225") if name == "exp" else ("not-before", "IDX10222")
    return _Time(None, _invalid(check, f"{name} is not a number.", code, f"{name} is not a valid number."), warnings)


def _seconds(value: Any) -> tuple[float | None, bool]:
    """Seconds, also of a number in quotation marks, and whether the claim is a JSON number."""
    text = value.text if isinstance(value, NumberText) else value
    is_number = not isinstance(value, str | bool)
    if isinstance(value, bool) or not isinstance(text, int | str):
        return None, False
    try:
        seconds = float(text)
    except (ValueError, OverflowError):
        return None, is_number
    return (seconds if abs(seconds) < _LARGEST else None), is_number


def _present(exp: _Time, clock: PolicyClock) -> GatewayCheck:
    if exp.problem is not None:
        return exp.problem
    if exp.seconds is not None:
        return _THERE
    if clock.needs_exp.value is None:
        what = "The token has no exp; whether the policy requires one is only known at run time."
        return unknown("expiration-present", what, needs=(clock.needs_exp.need,))
    if not clock.needs_exp.value:
        return passed("expiration-present", "exp is not required.")
    return _invalid(
        "expiration-present",
        "The token has no exp; the policy requires one.",
        "IDX10225",
        "Lifetime validation failed. The token is missing an Expiration Time.",
    )


def _not_before(nbf: _Time, exp: _Time, clock: PolicyClock) -> tuple[GatewayCheck, tuple[Warned, ...]]:
    if nbf.problem is not None:
        return nbf.problem, ()
    start, end = nbf.seconds, exp.seconds
    if start is None:
        return passed("not-before", "The token has no nbf."), ()
    if end is not None and start > end:
        text = (
            f"Lifetime validation failed. The NotBefore (UTC): '{_net(start)}' is after Expires (UTC): '{_net(end)}'."
        )
        what = f"nbf {moment(start)} lies after exp {moment(end)}."
        return _invalid("not-before", what, "IDX10224", text), ()
    skew_s = clock.skew.value or 0
    if not is_not_yet_valid(start, clock.now, skew_s):
        return passed("not-before", f"Valid from {moment(start)}."), ()
    if clock.skew.value is None:
        what = f"The token is valid from {moment(start)} only; how much the policy forgives is known at run time."
        return unknown("not-before", what, needs=(clock.skew.need,)), ()
    failure = _invalid(
        "not-before",
        f"The token is valid from {moment(start)}; the gateway counts until {moment(clock.now + skew_s)}.",
        "IDX10222",
        "Lifetime validation failed. The token is not yet valid. "
        f"ValidFrom (UTC): '{_net(start)}', Current time (UTC): '{_net(clock.now)}'.",
    )
    return failure, ()


def _expiry(exp: _Time, clock: PolicyClock, switches: Switches) -> Judged:
    end, skew_s = exp.seconds, clock.skew.value or 0
    if end is None:
        return (), ()
    warnings: tuple[Warned, ...] = ()
    is_late = is_expired(end, clock.now, skew_s)
    if end == clock.now - skew_s and clock.skew.value is not None:
        is_late = chosen(switches, "expiry-second") == "expired"
        warnings = (rests_on("expiry-second", "Nobody has confirmed whether a token is valid in the second of exp."),)
    if not is_late:
        return (passed("expiry", _lasting(end, clock.now, skew_s)),), warnings
    if clock.skew.value is None:
        what = f"The token expired {duration(int(clock.now - end))} ago; what the policy forgives is known at run time."
        return (unknown("expiry", what, needs=(clock.skew.need,)),), ()
    return (_expired(end, clock, skew_s),), warnings


def _lasting(end: float, now: int, skew_s: int) -> str:
    """Of a token that passes: how long yet, or since when it does so only because the policy forgives."""
    if end > now:
        return f"Valid until {moment(end)}, {duration(int(end - now)) if end - now >= 1 else _MOMENT} from now."
    if end == now:
        return f"Valid until {moment(end)}, which is now."
    return f"It expired {_ago(end, now)} ago; the policy forgives {_forgiven(skew_s)}."


def _ago(end: float, now: int) -> str:
    return duration(int(now - end)) if now - end >= 1 else _MOMENT


def _forgiven(skew_s: int) -> str:
    return duration(skew_s) if skew_s else "no second"


def _expired(end: float, clock: PolicyClock, skew_s: int) -> GatewayCheck:
    return GatewayCheck(
        "expiry",
        Outcome.FAIL,
        f"The token expired {_ago(end, clock.now)} ago; the policy forgives {_forgiven(skew_s)}.",
        expected=moment(clock.now),
        actual=moment(end),
        reason="TokenExpired",
        library_code="IDX10223",
        message="IDX10223: Lifetime validation failed. The token is expired. "
        f"ValidTo (UTC): '{_net(end)}', Current time (UTC): '{_net(clock.now)}'.",
    )


def _invalid(check: str, what: str, code: str, text: str) -> GatewayCheck:
    return GatewayCheck(
        check,
        Outcome.FAIL,
        what,
        reason="JwtInvalid",
        message=f"{code}: {text}",
        library_code=code,
    )


@lru_cache(maxsize=1024)
def moment(seconds: float) -> str:
    """Epoch seconds as `2026-01-31 12:00:00Z`; the bare number when no calendar has that moment."""
    known = _calendar(seconds)
    return f"{seconds:.0f}" if known is None else f"{known.isoformat(' ', 'seconds')}Z"


def _net(seconds: float) -> str:
    """As the library writes a moment into its messages."""
    known = _calendar(seconds)
    return f"{seconds:.0f}" if known is None else known.strftime("%m/%d/%Y %H:%M:%S")


def _calendar(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    except (OverflowError, ValueError, OSError):
        return None
