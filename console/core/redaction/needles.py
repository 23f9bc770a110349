"""What the gate looks for: every run of twelve letters and digits of a secret, and of its usual encodings."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from functools import cache

from console.core.credential import Secret
from console.core.redaction.names import SECRET_HEADERS, SECRET_NAMES, TOKEN_HEADERS, TOKEN_NAMES

WINDOW = 12
_PROBE, _STRIDE = 9, 4  # a run of twelve holds nine that begin at a multiple of four
_WORD = 8
_ALIGNED, _UNALIGNED = (0, _STRIDE), range(_WORD)  # where words begin: all at multiples of four are read, or all
_SHORT = 16_384  # letters and digits
LEAST = 8  # letters and digits; shorter ones are part of too many words
_FEWEST_DIFFERENT = 5
_OTHER_THAN_ALNUM = bytes(code for code in range(256) if not chr(code).isalnum() or code > 127)
_TO_LOWER = bytes(range(256)).lower()
_UNIQUE_CLAIMS = frozenset({"jti", "uti", "aio", "rh", "sid", "nonce", "at_hash", "c_hash", "ctx", "sessionId"})
# What media types and names of headers, parameters and grants hold as well: of no use to tell a secret by.
_COMMON = (
    "application/json", "authorization: bearer", "client_credentials", "access_token", "content-type",
    "x-www-form-urlencoded", *SECRET_NAMES, *TOKEN_NAMES, *SECRET_HEADERS, *TOKEN_HEADERS,
)  # fmt: skip


def skeleton(text: str) -> bytes:
    """The letters and digits of ASCII in lower case: what stays of a text however it is wrapped or separated."""
    return bones_of(text.encode("ascii", "ignore"))


def bones_of(raw: bytes) -> bytes:
    """As `skeleton`, of bytes."""
    return raw.translate(_TO_LOWER, _OTHER_THAN_ALNUM)


class Needles:
    """A text holds one when it holds a run of twelve of a text of `long`, or one of `whole`, which are secrets shorter
    than that. `named` are texts that are no secret.

    Every call makes its own, and most that is looked through holds none: what is needed only then is made only then.
    """

    __slots__ = ("_every", "_fourth", "_long", "_named", "_probes", "_whole", "_windows")

    def __init__(self, long: Iterable[bytes] = (), whole: Iterable[bytes] = (), named: Iterable[bytes] = ()) -> None:
        self._long, self._named = tuple(long), tuple(named)
        self._fourth, self._every = _numbers(self._long, _ALIGNED), set[int]()
        self._probes: set[bytes] | None = None  # runs of nine, which may lead to one of twelve
        self._whole = tuple(one for one in whole if not any(one in bones for bones in (*_common_forms(), *self._named)))
        self._windows: set[bytes] | None = None

    @property
    def least(self) -> int:
        """Characters of the shortest text that may hold one."""
        return min(map(len, self._whole), default=WINDOW)

    def __bool__(self) -> bool:
        return bool(self._long or self._whole)

    def are_in(self, bones: bytes) -> bool:
        """Whether a skeleton holds one of them; the time grows with its length only."""
        if any(one in bones for one in self._whole):
            return True
        if not self._may_be_in(bones):
            return False
        probes = self._all_probes()
        found = (at for at in range(0, len(bones), _STRIDE) if bones[at : at + _PROBE] in probes)
        return any(
            bones[start : start + WINDOW] in self._secret_windows()
            for at in found
            for start in range(max(0, at - _STRIDE + 1), at + 1)
        )

    def _may_be_in(self, bones: bytes) -> bool:
        """A first look, at runs of eight as numbers, which are compared at the speed of sets.

        In a run of twelve one of eight begins at a multiple of four: of the text, where all of the secrets are known;
        of a secret, where all of the text are looked at. Those of a secret are made for each call, so that is the way
        for short texts.
        """
        if len(bones) <= _SHORT:
            return any(not self._fourth.isdisjoint(_words(bones, start)) for start in _UNALIGNED)
        if not self._every:
            self._every = _numbers(self._long, _UNALIGNED)
        return any(not self._every.isdisjoint(_words(bones, start)) for start in _ALIGNED)

    def _all_probes(self) -> set[bytes]:
        if self._probes is None:
            self._probes = {run for bones in self._long for run in _runs(bones, _PROBE)}
        return self._probes

    def _secret_windows(self) -> set[bytes]:
        if self._windows is None:
            windows: set[bytes] = set()
            for bones in self._long:
                windows.update(_runs(bones, WINDOW))
            windows -= _common_windows()  # a look-up for each of ours, not for each of those
            for bones in self._named:
                windows.difference_update(_runs(bones, WINDOW))
            self._windows = windows
        return self._windows


def needles_of(secrets: Iterable[Secret], public: Iterable[str] = ()) -> Needles:
    """`public` are texts that are no secret, such as a client id, though a secret may hold them."""
    parts = {part for secret in secrets for part in _parts(secret.reveal())}
    if not parts:
        return Needles()
    forms = {bones for part in parts for bones in _forms(part)}
    whole = (one for one in forms if LEAST <= len(one) < WINDOW and _is_unlikely(one))
    named = (form for text in public for form in _forms(text))
    return Needles((one for one in forms if len(one) >= WINDOW), whole, named)


@cache
def _common_forms() -> tuple[bytes, ...]:
    return tuple(form for text in _COMMON for form in _forms(text))


@cache
def _common_windows() -> frozenset[bytes]:
    return frozenset(window for bones in _common_forms() for window in _runs(bones, WINDOW))


def _words(bones: bytes, start: int) -> memoryview:
    """Each eight bytes from there on as one number."""
    return memoryview(bones)[start : start + (len(bones) - start) // _WORD * _WORD].cast("Q")


def _numbers(texts: Iterable[bytes], starts: Iterable[int]) -> set[int]:
    """The words of skeletons that begin there, and each eight bytes further on."""
    found: set[int] = set()
    for bones in texts:
        for start in starts:
            found.update(_words(bones, start))
    return found


def _runs(bones: bytes, size: int) -> list[bytes]:
    return [bones[at : at + size] for at in range(len(bones) - size + 1)]


def _is_unlikely(bones: bytes) -> bool:
    """Whether a short text would not stand in an innocent body by chance: a word would."""
    return len(set(bones)) >= _FEWEST_DIFFERENT and any(48 <= code <= 57 for code in bones) and not bones.isdigit()


def _forms(text: str) -> Iterator[bytes]:
    """The skeletons of a text, of its base64 and base32 at each position in a longer text; and reversed."""
    raw = text.encode("utf-8", "surrogatepass")
    forms = [text]
    for before in range(3):
        forms.append(_core(base64.b64encode(b"\0" * before + raw), before * 8, 6))
        forms.append(_core(base64.b64encode(b"\0" * before + text.encode("utf-16-le", "surrogatepass")), before * 8, 6))
    for before in range(5):
        forms.append(_core(base64.b32encode(b"\0" * before + raw), before * 8, 5))
    for form in forms:
        bones = skeleton(form)
        yield bones
        yield bones[::-1]


def _core(encoded: bytes, before_bits: int, bits: int) -> str:
    """The characters of an encoding that depend on nothing but the text itself."""
    start = -(-before_bits // bits)
    return encoded.rstrip(b"=")[start:-1].decode()


def _parts(text: str) -> Iterator[str]:
    """A secret whole; of a JWT what is its own: the signature, and the identifiers in the payload (RFC 7519)."""
    pieces = text.split(".")
    if not text.startswith("eyJ") or len(pieces) not in (3, 5):
        yield text
        return
    yield from pieces[2:] if len(pieces) == 3 else pieces[1:]
    if len(pieces) == 3:
        yield from _unique_parts(pieces[1])


def _unique_parts(payload: str) -> Iterator[str]:
    """The stretches of a payload's base64url that hold nothing but the value of an identifier."""
    try:
        raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        claims = json.loads(raw)
    except (ValueError, binascii.Error, RecursionError):
        yield payload
        return
    for name in _UNIQUE_CLAIMS & claims.keys() if isinstance(claims, dict) else ():
        value = claims[name]
        at = raw.find(value.encode("utf-8", "surrogatepass")) if isinstance(value, str) and value else -1
        if at >= 0:
            yield payload[-(-at * 8 // 6) : (at + len(value.encode("utf-8", "surrogatepass"))) * 8 // 6]
