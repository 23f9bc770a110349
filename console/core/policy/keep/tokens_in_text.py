"""Tokens in any text, found by a first part that is a JSON object (RFC 7519 section 7.2), without their signatures."""

import base64
import binascii
import re
from collections.abc import Iterator

STAND_IN = "c2lnbmF0dXJlLW5vdC1rZXB0"  # "signature-not-kept"
_RUN = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]++={0,2}+(?:\.[A-Za-z0-9_+/=%~-]*+)++")
_LAST = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]++={0,2}\Z")
_PART = re.compile(r"[A-Za-z0-9_+/-]*+={0,2}")
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*["}]')
_LOOKED_AT = 256  # characters that are decoded; white space before the first name may be long


def tokens_in(text: str) -> tuple[str, ...]:
    """Every signed, unsigned or encrypted token in the text, as it stands there."""
    return tuple(text[start:end] for start, end in _spans(text))


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text as (what stands before, token) pairs; the last has no token."""
    at = 0
    for start, end in _spans(text):
        yield text[at:start], text[start:end]
        at = end
    yield text[at:], ""


def cut_text(text: str) -> str:
    """The text with a stand-in for the signature of each token in it."""
    return "".join(before + (cut(token) if token else "") for before, token in pieces(text))


def cut(token: str) -> str:
    """Header and claims; a stand-in for whatever else is not empty."""
    header, payload, *rest = token.split(".")
    claims = payload if not payload or is_object(payload) else STAND_IN
    return ".".join((header, claims, *(STAND_IN if part else "" for part in rest)))


def is_encrypted(token: str) -> bool:
    """Five parts, of which the second is no claims (RFC 7516 section 3.1)."""
    parts = token.split(".")
    return len(parts) == 5 and not is_object(parts[1])


def is_object(text: str) -> bool:
    """Whether this is base64url (or plain base64) of what begins as a JSON object does. Its end may be missing."""
    if not _PART.fullmatch(text):
        return False
    start = text.rstrip("=")[:_LOOKED_AT].replace("-", "+").replace("_", "/")
    start = start[:-1] if len(start) % 4 == 1 else start
    try:
        return _OBJECT.match(base64.b64decode(start + "=" * (-len(start) % 4))) is not None
    except binascii.Error:
        return False


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for run in _RUN.finditer(text):
        start = run.start()
        parts = run[0].split(".")
        for part in parts[:-1]:
            last = _LAST.search(part)
            if last is not None and is_object(last[0]):
                yield start + last.start(), run.end()
                break
            start += len(part) + 1
