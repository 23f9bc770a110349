"""A body of several parts (RFC 7578): the part of a secret name is masked, and each other one taken apart as a body."""

import re
from collections.abc import Callable
from urllib.parse import unquote

from console.core.redaction.hide import Hide
from console.core.redaction.names import QUERY_NAMES, mask_of

_BOUNDARY = re.compile(r"boundary\s{0,8}+=\s{0,8}+(?:\"([^\"]{1,100})\"|([^\s;\"]{1,100}))", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w-])name(\*?)=(?:\"((?:[^\"\\\r\n]|\\.){0,400}+)|([^\s;\"]{1,400}+))", re.IGNORECASE)
_TYPE = re.compile(r"(?<![\w-])content-type:[ \t]{0,8}([^\r\n]{1,200})", re.IGNORECASE)
_HEAD_ENDS = re.compile(r"\r?\n\r?\n")
_LINE_ENDS = re.compile(r"\r?\n\Z")
_LONGEST_HEAD = 8_000
_SHORTEST, _LONGEST = (
    3,
    80,
)  # characters of a first line that may be a boundary (RFC 2046 section 5.1.1: 70, and dashes)


def boundary_of(text: str, media_type: str) -> str:
    """What stands between the parts, as it is written; "" for a body that has none."""
    told = _BOUNDARY.search(media_type) if "multipart/" in media_type.lower() else None
    if told is not None:
        return f"--{told[1] or told[2]}"
    first = text[:200].lstrip("\r\n").partition("\n")[0].rstrip("\r")
    return (
        first
        if first.startswith("--") and _SHORTEST <= len(first) <= _LONGEST and "content-disposition" in text.lower()
        else ""
    )


def masked(text: str, boundary: str, hide: Hide, inner: Callable[[str, str], str]) -> str:
    """`inner` takes the content of a part apart, for its text and media type."""
    return boundary.join(_part(part, hide, inner) for part in text.split(boundary))


def _part(part: str, hide: Hide, inner: Callable[[str, str], str]) -> str:
    ends = _HEAD_ENDS.search(part, 0, _LONGEST_HEAD)
    if ends is None:
        return part
    head, start = part[: ends.start()], part[: ends.end()]
    body = part[ends.end() :]
    last = _LINE_ENDS.search(body, max(0, len(body) - 2))
    content, end = (body[: last.start()], body[last.start() :]) if last else (body, "")
    mask = mask_of(_name(head), QUERY_NAMES)
    if mask and content.strip():
        return start + (content if content == mask else hide(content, mask)) + end
    told = _TYPE.search(head)
    return start + inner(content, told[1] if told else "") + end


def _name(head: str) -> str:
    """In lower case; "" without one."""
    found = _NAME.search(head)
    if found is None:
        return ""
    name = found[2] or found[3] or ""
    return (unquote(name).rpartition("'")[2] if found[1] else name).strip().lower()
