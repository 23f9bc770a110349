"""What the played providers issued and must know again: codes, refresh tokens, device codes, marks.

Each is kept by its hash, bounded in number and lifetime. A state is saved against the version it was read at, and the
whole answer is made anew when somebody saved meanwhile: so of two requests that redeem the same code one finds it used.
"""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from console.sandbox.ids import digest, hash_of, opaque
from console.sandbox.state import Authorization, Code, DeviceCode, RefreshFamily, Remembered, State

MOST_CODES, MOST_FAMILIES, MOST_DEVICES, MOST_MARKS, MOST_SPENT = 50, 100, 50, 500, 10
MOST_TEXT = 8000  # characters that one request may leave behind: whoever knows the address can send some
CODE_S = 600
REFRESH_S = 90 * 86_400
REMEMBERED_S = 3600  # a code that ran out or was used is still told from one that never was
SLOWER_S = 5  # RFC 8628 section 3.5
_Kept = TypeVar("_Kept")
_Ending = TypeVar("_Ending", Code, DeviceCode)
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # RFC 8628 section 6.1: no vowels, nothing to mistake


class TooMuchToKeep(Exception):
    """A request would leave more behind than one may; the handler refuses it."""


class Unfit(StrEnum):
    """Why something presented is not taken."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"
    REVOKED = "revoked"


def new_code(
    state: State, authorization: Authorization, *, now: int, lifetime_s: int = CODE_S, key: str = "code"
) -> tuple[str, State]:
    """The code to send and the state that knows it; `key` tells apart several made in one request."""
    _must_be_small(authorization)
    text = opaque(state.entropy, key, size=32)
    made = Code(hash_of(text), authorization, now + lifetime_s)
    return text, replace(state, codes=_with(_alive(state.codes, now), made, most=MOST_CODES))


def find_code(state: State, text: str, *, now: int) -> tuple[Code | None, Unfit | None]:
    """The code when it is known, and why it is not taken, None when it is. Looking spends nothing."""
    key = hash_of(text)
    code = next((one for one in state.codes if one.key == key), None)
    if code is None:
        return None, Unfit.UNKNOWN
    if code.is_used:
        return code, Unfit.USED
    return code, Unfit.EXPIRED if code.until <= now else None


def spend_code(state: State, code: Code, *, family: str = "") -> State:
    """The state in which the code was used, and that `family` of refresh tokens came of it."""
    spent = replace(code, is_used=True, family=family)
    return replace(state, codes=tuple(spent if one.key == code.key else one for one in state.codes))


def new_family(
    state: State, authorization: Authorization, *, now: int, lifetime_s: int = REFRESH_S
) -> tuple[str, RefreshFamily, State]:
    """A first refresh token, the family it begins, and the state that knows it."""
    _must_be_small(authorization)
    text = opaque(state.entropy, "refresh", size=32)
    family = RefreshFamily(opaque(state.entropy, "family"), authorization, hash_of(text), now + lifetime_s)
    alive = tuple(one for one in state.refresh_families if one.until > now)
    return text, family, replace(state, refresh_families=_with(alive, family, most=MOST_FAMILIES))


def find_refresh(state: State, text: str, *, now: int) -> tuple[RefreshFamily | None, Unfit | None]:
    """The family of a refresh token, and why the token is not taken, None when it is.

    `USED`: it was redeemed before, so two parties have it: the caller must `revoke` the family.
    """
    key = hash_of(text)
    family = next((one for one in state.refresh_families if key == one.current or key in one.spent), None)
    if family is None:
        return None, Unfit.UNKNOWN
    if family.is_revoked:
        return family, Unfit.REVOKED
    if family.current != key:
        return family, Unfit.USED
    return family, Unfit.EXPIRED if family.until <= now else None


def rotate(state: State, family: RefreshFamily, *, now: int, lifetime_s: int = REFRESH_S) -> tuple[str, State]:
    """The next refresh token of a family, and the state in which the present one is spent."""
    text = opaque(state.entropy, "refresh", size=32)
    spent = (*family.spent, family.current)[-MOST_SPENT:]
    return text, _family(state, replace(family, current=hash_of(text), spent=spent, until=now + lifetime_s))


def revoke(state: State, family_id: str) -> State:
    """The state in which no token of the family is good any more; the same state for a family that is not known."""
    family = next((one for one in state.refresh_families if one.id == family_id and not one.is_revoked), None)
    return state if family is None else _family(state, replace(family, is_revoked=True))


def new_device(
    state: State, authorization: Authorization, *, now: int, lifetime_s: int, interval_s: int = 5
) -> tuple[str, DeviceCode, State]:
    """The device's code, what is kept of it (with the code for the person), and the state that knows it."""
    _must_be_small(authorization)
    text = opaque(state.entropy, "device", size=32)
    device = DeviceCode(hash_of(text), _user_code(state.entropy), authorization, now + lifetime_s, interval_s)
    return text, device, replace(state, device_codes=_with(_alive(state.device_codes, now), device, most=MOST_DEVICES))


def find_device(state: State, text: str, *, now: int) -> tuple[DeviceCode | None, Unfit | None]:
    """What is kept of a device's code, and why it is not taken. It may still wait for a person, or be denied."""
    key = hash_of(text)
    device = next((one for one in state.device_codes if one.key == key), None)
    if device is None:
        return None, Unfit.UNKNOWN
    return device, Unfit.EXPIRED if device.until <= now else None


def typed_device(state: State, user_code: str, *, now: int) -> DeviceCode | None:
    """The device whose code a person typed, in any case and spacing; None for one that does not wait for an answer."""
    typed = "".join(letter for letter in user_code.upper() if letter.isalnum())
    waiting = (one for one in state.device_codes if one.until > now and not one.is_answered)
    return next((one for one in waiting if one.user_code.replace("-", "") == typed), None)


def polled(state: State, device: DeviceCode, *, now: int) -> tuple[bool, State]:
    """Whether the device asked too soon, and the state that knows when it asked; too soon makes it wait longer."""
    is_early = device.polled_at > 0 and now < device.polled_at + device.interval_s
    interval_s = device.interval_s + (SLOWER_S if is_early else 0)
    return is_early, put_device(state, replace(device, polled_at=now, interval_s=interval_s))


def put_device(state: State, device: DeviceCode) -> State:
    return replace(state, device_codes=tuple(device if one.key == device.key else one for one in state.device_codes))


def drop_device(state: State, device: DeviceCode) -> State:
    """The state without a device's code: it was redeemed."""
    return replace(state, device_codes=tuple(one for one in state.device_codes if one.key != device.key))


def marked(state: State, text: str, *, now: int) -> Remembered | None:
    """What was marked with this text and is still remembered."""
    key = hash_of(text)
    return next((one for one in state.marks if one.key == key and one.until > now), None)


def mark(state: State, text: str, *, now: int, until: int, value: str = "") -> State:
    """The state that remembers this text, with a value, until then."""
    if len(value) > MOST_TEXT:
        raise TooMuchToKeep
    alive = tuple(one for one in state.marks if one.until > now)
    return replace(state, marks=_with(alive, Remembered(hash_of(text), until, value), most=MOST_MARKS))


def unmark(state: State, text: str) -> State:
    key = hash_of(text)
    return replace(state, marks=tuple(one for one in state.marks if one.key != key))


def _must_be_small(authorization: Authorization) -> None:
    texts = [authorization.scope, authorization.redirect_uri, authorization.challenge, authorization.nonce]
    texts += [text for pair in authorization.details for text in pair]
    if sum(map(len, texts)) > MOST_TEXT:
        raise TooMuchToKeep


def _family(state: State, family: RefreshFamily) -> State:
    families = tuple(family if one.id == family.id else one for one in state.refresh_families)
    return replace(state, refresh_families=families)


def _alive(kept: Iterable[_Ending], now: int) -> tuple[_Ending, ...]:
    return tuple(one for one in kept if one.until + REMEMBERED_S > now)


def _with(kept: tuple[_Kept, ...], one: _Kept, *, most: int) -> tuple[_Kept, ...]:
    return (*kept, one)[-most:]


def _user_code(entropy: str) -> str:
    """Eight letters in two groups. Each is one of 20, so that nobody guesses one of the few that wait."""
    raw = int.from_bytes(digest(entropy, "user code"))
    letters = "".join(_LETTERS[raw // len(_LETTERS) ** place % len(_LETTERS)] for place in range(8))
    return f"{letters[:4]}-{letters[4:]}"
