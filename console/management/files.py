"""Files and moments that the commands are given: read whole, within a limit, refused in one sentence."""

import re
import sys
from pathlib import Path

from console.core.json.text import shorten
from console.core.redaction.redact import redact_text
from console.core.tokens.times import LAST_SECOND
from console.core.whole_number import whole_number
from console.management.arguments import refuse

MAX_BYTES = 20 * 1024 * 1024
_DECLARED = re.compile(rb"""<\?xml\s[^>]{0,80}encoding\s*=\s*["']([A-Za-z0-9_.-]{1,20})["']""")
_OLD = frozenset({b"iso-8859-1", b"latin1", b"windows-1252"})


def read(path: str, what: str, *, command: str) -> str:
    """The text of a file, or of standard input for -."""
    try:
        if path == "-":
            raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as problem:
        said = getattr(problem, "strerror", None) or "it is no file name"
        refuse(f"{command}: {what} cannot be read from {shorten(redact_text(path), 200)}: {said}.")
    if len(raw) > MAX_BYTES:
        refuse(f"{command}: {what} is larger than the limit of 20 MB, so nothing of it was read.")
    return decoded(raw)


def decoded(raw: bytes) -> str:
    """The text of some bytes: UTF-8, UTF-16 as PowerShell writes it, or one of the old encodings that XML declares."""
    return raw.decode(_encoding(raw), "replace")


def _encoding(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    without_mark = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(raw[:2])
    if without_mark is not None:
        return without_mark
    declared = _DECLARED.match(raw)
    return "cp1252" if declared and declared[1].lower() in _OLD and not _is_utf8(raw) else "utf-8"


def _is_utf8(raw: bytes) -> bool:
    """Whether the bytes are UTF-8 whatever they declare, as a saved copy of an old text is."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def moment(text: str, *, command: str) -> int:
    """Whole seconds since 1970."""
    seconds = whole_number(text, digits=12)
    if seconds is None or seconds > LAST_SECOND:
        refuse(f"{command}: --now must be whole seconds since 1970, and {shorten(redact_text(text), 40)} is not.")
    return seconds
