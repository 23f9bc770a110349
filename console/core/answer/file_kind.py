"""How a body is called as a file: by what it is, and never so that opening it runs something."""

from console.core.answer.pictures import picture_of

_OF_PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_OF_BYTES = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "zip"), (b"\x1f\x8b", "gz"))
_OF_TEXTS = {"application/json": "json", "text/csv": "csv"}


def extension_of(body: bytes, content_type: str, *, is_text: bool) -> str:
    """Of a text json, csv or txt: HTML, SVG and scripts are txt. Of bytes that of a known format, else bin."""
    media_type = content_type.partition(";")[0].strip().lower()
    if is_text:
        return "json" if media_type.endswith("+json") else _OF_TEXTS.get(media_type, "txt")
    picture = picture_of(body)
    if picture is not None:
        return _OF_PICTURES[picture.media_type]
    return next((name for start, name in _OF_BYTES if body.startswith(start)), "bin")
