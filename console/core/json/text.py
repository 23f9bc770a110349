"""Text that may be shown: hidden characters made visible, and JSON written back digit for digit."""

import json
import re
from collections.abc import Collection
from typing import Any

from console.core.json.values import NumberText

# Characters that are invisible or change the reading direction: soft hyphen, fillers, zero-width and bidi marks, odd
# blanks, variation selectors, tag characters.
_HIDDEN = (
    "\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U000e0000-\U000e0fff"
)
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_SURROGATE = "\ud800-\udfff"
HIDDEN = re.compile(f"[{_HIDDEN}]")
CONTROL = re.compile(f"[{_CONTROL}]")
SURROGATE = re.compile(f"[{_SURROGATE}]")
UNSEEN = re.compile(f"[{_HIDDEN}{_CONTROL}{_SURROGATE}]")  # all three: what no reader of a text can see
_QUOTED = json.encoder.encode_basestring_ascii  # what json.dumps does with a text, without its detours
_WRITTEN_AT_ONCE = frozenset({str, int})  # what most members are
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def visible(text: str) -> str:
    """The text with every hidden, control or lone surrogate character written as ‹U+202E›; always encodes to UTF-8.

    Tab, line feed and the pair carriage return + line feed stay as they are.
    """
    if text.isascii() and text.isprintable():
        return text
    return UNSEEN.sub(_badge, text.replace("\r\n", "\n"))


def visible_halves(text: str) -> str:
    """The text with only lone surrogates written as ‹U+D800›: it encodes to UTF-8, and all else stays as it was."""
    return SURROGATE.sub(_badge, text)


def _badge(match: re.Match[str]) -> str:
    return f"‹U+{ord(match.group()):04X}›"


def shorten(text: str, limit: int = 80) -> str:
    """At most `limit` visible characters; a cut is marked with … and the whole length."""
    if len(text) <= limit:
        return visible(text)
    return f"{visible(text[:limit])}… ({len(text)} characters)"


def json_text(value: Any, *, indent: int | None = None) -> str:
    """The value as ASCII JSON. Numbers keep their digits; a number JSON does not know (NaN) becomes a string.

    A tuple of Member is written as an object, duplicates included.
    """
    pieces: list[str] = []
    _write(value, pieces, pad="\n" if indent is not None else "", step=" " * (indent or 0))
    return "".join(pieces)


def _write(value: Any, out: list[str], *, pad: str, step: str) -> None:
    if isinstance(value, dict):
        _write_object(value.items(), out, pad=pad, step=step)
    elif isinstance(value, tuple):
        _write_object([(member.name, member.value) for member in value], out, pad=pad, step=step)
    elif isinstance(value, list):
        _write_list(value, out, pad=pad, step=step)
    else:
        out.append(_scalar(value))


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return _QUOTED(value)
    if type(value) is int:
        return str(value)
    if isinstance(value, NumberText):
        return value.text if _NUMBER.fullmatch(value.text) else json.dumps(value.text)
    return json.dumps(value)


def _write_object(members: Collection[tuple[str, Any]], out: list[str], *, pad: str, step: str) -> None:
    inner = pad + step if pad else ""
    colon = ": " if pad else ":"
    before = "{" + inner
    for name, value in members:
        written = _scalar(value) if type(value) in _WRITTEN_AT_ONCE else ""
        out.append(f"{before}{_QUOTED(name)}{colon}{written}")
        if not written:
            _write(value, out, pad=inner, step=step)
        before = "," + inner
    out.append(pad + "}" if members else "{}")


def _write_list(items: list[Any], out: list[str], *, pad: str, step: str) -> None:
    inner = pad + step if pad else ""
    out.append("[")
    before = inner
    for item in items:
        written = _QUOTED(item) if type(item) is str else ""
        out.append(before + written)
        if not written:
            _write(item, out, pad=inner, step=step)
        before = "," + inner
    out.append((pad if items else "") + "]")


def plain(value: Any) -> Any:
    """The value for programs that know only JSON types: a NumberText becomes a float, or its text if it does not fit.

    For evidence and JSON output; digits may be lost, so pages show `json_text` instead.
    """
    if type(value) is str and value.isascii():  # most members of a token, and asked first
        return value
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, tuple):
        return {member.name: plain(member.value) for member in value}
    if isinstance(value, NumberText):
        return _plain_number(value.text)
    if isinstance(value, str) and SURROGATE.search(value):
        return visible(value)
    return value


def _plain_number(text: str) -> float | str:
    if len(text) > 30 or not _NUMBER.fullmatch(text):
        return text
    number = float(text)
    return text if number in (float("inf"), float("-inf")) else number
