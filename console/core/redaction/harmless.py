"""Whether bytes that are no text hold nothing to hide: then they may be kept whole, else only what they are is told.

Secrets cannot be masked in a picture or a document without breaking it, so it is looked through instead: as it is,
and with every deflated stream in it unpacked. Archives are not kept: what they pack cannot all be looked at.
"""

import re
from collections.abc import Callable, Iterator

from console.core.exchange import Header, header
from console.core.redaction.readings import PACKED, inflated

_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c", b"Rar!")
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"RIFF")
_UNPACKED = ("", "identity", "gzip", "x-gzip", "deflate")
_TEXTS = re.compile(rb"[\t\x20-\x7e]{6,}+")
_MOST_UNPACKED = 8_000_000  # bytes
_TRIED, _TRIED_EACH = 200, 10_000  # places that may begin a stream: so many, and one more for so many bytes


def is_harmless(body: bytes, headers: tuple[Header, ...], is_clean: Callable[[bytes], bool]) -> bool:
    """`is_clean` says whether some bytes hold nothing to hide."""
    if body.startswith(_ARCHIVES) or (header(headers, "Content-Encoding") or "").strip().lower() not in _UNPACKED:
        return False
    if not is_clean(body):
        return False
    left = _MOST_UNPACKED
    for unpacked in _streams(body):
        if unpacked is None or left <= 0:
            return body.startswith(_PICTURES)  # what is left are pixels
        left -= len(unpacked)
        if not is_clean(unpacked):
            return False
    return True


def readable(body: bytes) -> str:
    """The runs of bytes that are text, each on a line; of UTF-16 too, once it is without its zeros."""
    runs = [*_TEXTS.findall(body), *_TEXTS.findall(body.replace(b"\0", b""))]
    return b"\n".join(dict.fromkeys(runs)).decode("ascii")


def _streams(body: bytes) -> Iterator[bytes | None]:
    """What each deflated stream holds, its first million bytes; None when there are too many to look at."""
    most = _TRIED + len(body) // _TRIED_EACH
    for number, found in enumerate(PACKED.finditer(body)):
        if number >= most:
            yield None
            return
        if unpacked := inflated(body[found.start() :]):
            yield unpacked
