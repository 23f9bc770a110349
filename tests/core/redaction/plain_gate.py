"""The gate as it is meant, one text and one run after the other: slow, and what the quick one is compared with."""

import base64
import html
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from console.core.redaction.gate import _LEAST_ROOM, _MAX_REVERSED, _ROOM, MAX_DEPTH
from console.core.redaction.needles import Needles, skeleton

MAX_UNPACKED = 1_000_000  # bytes of one compressed part that are looked at
_MAX_PARTS = 8  # compressed parts of one run that are tried
_ESCAPE = re.compile(
    r"\\[uUxX]\{([0-9a-fA-F]{1,8})\}"
    r"|[\\%][uU]\{?(?:000[01](?=[0-9a-fA-F]{4}))?+([0-9a-fA-F]{4})\}?|\\[xX]([0-9a-fA-F]{2})"
    r"|\\([0-9a-fA-F]{1,6}+)[ \t\n]?|\\([nrtv\"'/\\])"
)
_PAIR = r"(?:0[xX][0-9A-Fa-f]{1,2}|[0-9A-Fa-f]{2})"
_BLANK = re.compile("[\\s\0\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]++")
_BASE64_RUN = re.compile(r"[A-Za-z0-9+/_-]{14,}+")
_BASE32_RUN = re.compile(r"[A-Z2-7]{16,}+|[a-z2-7]{16,}+")
_HEX_RUN = re.compile(rf"{_PAIR}(?:[^0-9A-Za-z]{{0,16}}+{_PAIR}){{7,}}+")
_CODES_RUN = re.compile(r"(?<![0-9.])[0-9]{1,3}+(?:[^0-9A-Za-z]{1,16}+[0-9]{1,3}+){7,}+")
_WRITTEN = r"""["'](?:[^"'\\]|\\(?:u[0-9a-fA-F]{4}|.))["']"""
_LETTERS_RUN = re.compile(rf"(?:{_WRITTEN}[\s,]{{1,16}}+){{7,}}+(?:{_WRITTEN})?+")
_HEX_PAIR = re.compile(_PAIR)
_CODE = re.compile(r"[0-9]{1,3}+")
_LETTER = re.compile(r"""["'](\\(?:u[0-9a-fA-F]{4}|.)|.)["']""", re.S)
PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
_TO_STANDARD = str.maketrans("-_", "+/")
_DIGITS_OF_BASE32 = 64  # of so many characters at least one is a digit; in words without blanks none is
_PRINTABLE = bytes([9, 10, 13, *range(32, 127)])
_MOST_ODD = 0.3  # of the bytes of a text that has taken over some of its neighbours'


@dataclass(frozen=True, slots=True)
class DecodedText:
    """`is_text` is false for decoded bytes that are hardly text: a secret may stand in them, a further encoding not."""

    text: str
    is_text: bool = True


def lets(needles: Needles, text: str) -> bool:
    room = max(len(text) * _ROOM, _LEAST_ROOM)
    waiting, seen = deque([(text, 0)]), {text}
    while waiting:
        one, depth = waiting.popleft()
        if needles.are_in(skeleton(one)):
            return False
        for other in _others(one, depth):
            if other.text in seen:
                continue
            room -= len(other.text)
            if room < 0:
                return False
            seen.add(other.text)
            waiting.append((other.text, depth + 1 if other.is_text else MAX_DEPTH))
    return True


def _others(text: str, depth: int) -> Iterator[DecodedText]:
    if depth < _MAX_REVERSED:
        yield DecodedText(text[::-1])
    if depth < MAX_DEPTH:
        yield from readings(text)


def readings(text: str) -> Iterator[DecodedText]:
    """Other texts that this one may stand for, one step away; none for plain prose."""
    close = _BLANK.sub("", text)
    both = tuple(dict.fromkeys((text, close)))
    for one in both:
        unescaped = unescape(one)
        if unescaped != one:
            yield DecodedText(unescaped)
    for run in _runs(_LETTERS_RUN, both):
        yield DecodedText("".join(map(_letter, _LETTER.findall(run))))
    for raw in _decoded(both):
        yield from _texts_in(raw)


def _runs(pattern: re.Pattern[str], texts: tuple[str, ...]) -> Iterable[str]:
    """Those of the text as it is, and without its blanks."""
    return dict.fromkeys(run for text in texts for run in pattern.findall(text))


def _texts_in(raw: bytes) -> Iterator[DecodedText]:
    """What decoded bytes are, and what they hold packed."""
    for found in islice(PACKED.finditer(raw), _MAX_PARTS):
        if unpacked := inflated(raw[found.start() :]):
            yield DecodedText(unpacked.decode("latin-1"))
    plain = raw.replace(b"\0", b"")  # of UTF-16 what is left is ASCII
    odd = len(plain.translate(None, _PRINTABLE))
    yield DecodedText(plain.decode("latin-1"), is_text=odd <= len(plain) * _MOST_ODD)


def _letter(written: str) -> str:
    return unescape(written) if written[0] == "\\" else written


def unescape(text: str) -> str:
    """One layer less of percent-encoding, character references, and escapes as in JSON, Python, CSS and JavaScript."""
    if "%" in text:
        text = unquote(text, errors="replace")
    if "&" in text:
        text = html.unescape(text)
    return _ESCAPE.sub(_character, text) if "\\" in text or "%u" in text else text


def _character(match: re.Match[str]) -> str:
    if match[5]:
        return "" if match[5] in "nrtv" else match[5]
    code = int(match[1] or match[2] or match[3] or match[4], 16)
    return chr(code) if code < 0x110000 else ""


def _decoded(texts: tuple[str, ...]) -> Iterator[bytes]:
    """The bytes of runs that may be an encoding; from each position that a neighbour may have shifted it to."""
    for run in _runs(_BASE64_RUN, texts):
        yield from _shifted(run.translate(_TO_STANDARD), 4, base64.b64decode)
    as_written = set(_BASE32_RUN.findall(texts[0]))
    for run in _runs(_BASE32_RUN, texts):
        if run in as_written or sum(map(str.isdigit, run)) * _DIGITS_OF_BASE32 >= len(run):
            yield from _shifted(run.upper(), 8, base64.b32decode)
    for run in _runs(_HEX_RUN, texts):
        pairs = "".join(pair[-2:].replace("x", "0").replace("X", "0") for pair in _HEX_PAIR.findall(run))
        yield from _shifted(pairs, 2, bytes.fromhex)
    for run in _runs(_CODES_RUN, texts):
        yield bytes(code for one in _CODE.findall(run) if (code := int(one)) < 256)


def _shifted(run: str, group: int, decode: Callable[[str], bytes]) -> Iterator[bytes]:
    """What is decoded from each position of a group; characters too few for a byte are left out at the end."""
    for start in range(group):
        part = run[start:]
        if len(part) % group in _IMPOSSIBLE[group]:
            part = part[:-1]
        if part:
            yield decode(part + "=" * (-len(part) % group))


_IMPOSSIBLE = {4: {1}, 8: {1, 3, 6}, 2: {1}}  # characters behind the last whole group that stand for no whole byte


def inflated(raw: bytes) -> bytes:
    """What gzip or zlib data holds, as far as it goes; b"" for anything else."""
    if PACKED.match(raw) is None:
        return b""
    try:
        return zlib.decompressobj(47).decompress(raw, MAX_UNPACKED)
    except zlib.error:
        return b""
