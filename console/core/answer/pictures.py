"""Pictures that may be shown: raster formats alone, known by their bytes, of a size that a browser bears.

What can hold scripts (SVG, HTML, PDF) is none of them, whatever its media type says.
"""

from dataclasses import dataclass

MEDIA_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")
MAX_SIDE = 10_000
MAX_PIXELS = 25_000_000
_MARKERS = 200  # of a JPEG before its size


@dataclass(frozen=True, slots=True)
class RasterPicture:
    """`media_type` is by the bytes, not by what was declared. Sides in pixels."""

    media_type: str
    width: int
    height: int

    @property
    def is_bearable(self) -> bool:
        return 0 < self.width <= MAX_SIDE and 0 < self.height <= MAX_SIDE and self.width * self.height <= MAX_PIXELS


def picture_of(body: bytes) -> RasterPicture | None:
    """None for what is no PNG, JPEG, GIF or WebP, or does not tell its size."""
    if body.startswith(b"\x89PNG\r\n\x1a\n") and body[12:16] == b"IHDR" and len(body) >= 24:
        return RasterPicture("image/png", _big(body, 16, 4), _big(body, 20, 4))
    if body[:6] in (b"GIF87a", b"GIF89a") and len(body) >= 10:
        return RasterPicture("image/gif", _little(body, 6, 2), _little(body, 8, 2))
    if body.startswith(b"\xff\xd8\xff"):
        return _jpeg(body)
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP" and len(body) >= 30:
        return _webp(body)
    return None


def _jpeg(body: bytes) -> RasterPicture | None:
    """The first frame header (SOF) tells the size; segments before it are passed over by their length."""
    at = 2
    for _ in range(_MARKERS):
        if at + 9 > len(body) or body[at] != 0xFF:
            return None
        marker = body[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return RasterPicture("image/jpeg", _big(body, at + 7, 2), _big(body, at + 5, 2))
        at += 1 if marker == 0xFF else 2 + _big(body, at + 2, 2)
    return None


def _webp(body: bytes) -> RasterPicture | None:
    kind = body[12:16]
    if kind == b"VP8X":
        return RasterPicture("image/webp", 1 + _little(body, 24, 3), 1 + _little(body, 27, 3))
    if kind == b"VP8 " and body[23:26] == b"\x9d\x01\x2a":
        return RasterPicture("image/webp", _little(body, 26, 2) & 0x3FFF, _little(body, 28, 2) & 0x3FFF)
    if kind == b"VP8L" and body[20] == 0x2F:
        bits = _little(body, 21, 4)
        return RasterPicture("image/webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    return None


def _big(body: bytes, at: int, size: int) -> int:
    return int.from_bytes(body[at : at + size], "big")


def _little(body: bytes, at: int, size: int) -> int:
    return int.from_bytes(body[at : at + size], "little")
