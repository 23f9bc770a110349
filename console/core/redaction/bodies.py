"""Whether a body is text that can be looked through; what is not is told by its size and digest."""

import hashlib
import zlib

from console.core.exchange import Header, Response, header
from console.core.redaction.readings import inflated
from console.core.redaction.stems import Seen, seen_in

_CONTROLS = bytes(code for code in range(32) if code not in (8, 9, 10, 11, 12, 13, 27))
NOT_TEXT = b"[Not text: "
_WHY = "Only this is kept, because secrets cannot be masked in it."
_MOST_CONTROLS = 0.05
_UNPACKED = ("", "identity", "gzip", "x-gzip")  # of the last two the transport has taken the packing off


def text_of(body: bytes, headers: tuple[Header, ...]) -> tuple[str, str] | None:
    """(text, its encoding); None for what is not text: images, archives, bodies packed in a way nobody unpacked."""
    found = looked_through(body, headers)
    return None if found is None else found[:2]


def looked_through(body: bytes, headers: tuple[Header, ...]) -> tuple[str, str, Seen] | None:
    """The same, with what stands in the text."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        is_packed = (header(headers, "Content-Encoding") or "").strip().lower() not in _UNPACKED
        if is_packed or _is_binary(body, most=0.0):
            return None
        text = body.decode("latin-1")
        return text, "latin-1", seen_in(text)
    seen = seen_in(text, body)
    is_binary = _is_binary(body, most=_MOST_CONTROLS) if seen.has_controls else bool(inflated(body))
    return None if is_binary else (text, "utf-8", seen)


def is_only_told(response: Response) -> bool:
    """Whether nothing was kept of a body that is not text."""
    return (
        not response.whole_bytes and response.body.startswith(NOT_TEXT) and response.body.endswith(_WHY.encode() + b"]")
    )


def told(body: bytes, *, is_kept: bool = False) -> str:
    """What is said of a body that is not text. `is_kept`: it was looked through, and is kept beside."""
    digest = hashlib.sha256(body).hexdigest()
    why = "Nothing to hide was found in it." if is_kept else _WHY
    return f"{NOT_TEXT.decode()}{len(body):,} bytes, SHA-256 {digest}. {why}]"


def _is_binary(body: bytes, *, most: float) -> bool:
    plain = _without_utf16(body)
    controls = len(plain) - len(plain.translate(None, _CONTROLS))
    return controls > len(plain) * most or bool(inflated(body)) or (not most and _is_deflated(body))


def _without_utf16(body: bytes) -> bytes:
    """The body without the NULs of UTF-16, which stand at even or at odd places only."""
    if 0 not in body:
        return body
    for start in (0, 1):
        if body.count(0) == body[start::2].count(0) and body[start::2].count(0) * 4 >= len(body):
            return body.replace(b"\0", b"")
    return body


def _is_deflated(body: bytes) -> bool:
    """Whether the bytes are a raw deflate stream (RFC 1951), as some servers send under `deflate`."""
    try:
        return bool(zlib.decompressobj(-15).decompress(body, 16))
    except zlib.error:
        return False
