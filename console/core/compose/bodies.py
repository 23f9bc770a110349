"""A body as it goes over the wire, by what kind of body it is."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from console.core.exchange import Header

RAW = "raw"  # text as typed; a header says what it is
JSON = "json"
FORM = "form"  # application/x-www-form-urlencoded
MULTIPART = "multipart"  # multipart/form-data, RFC 7578
FILE = "file"  # the bytes of a file, as they are
BODY_KINDS = (RAW, JSON, FORM, MULTIPART, FILE)
OF_FIELDS = (FORM, MULTIPART)
_NAMES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})  # as browsers do (HTML, multipart/form-data)


@dataclass(frozen=True, slots=True)
class UploadedBody:
    """A file that is sent with one call and kept nowhere. `name` is the file's, `field` its part's in a form."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"
    field: str = "file"


@dataclass(frozen=True, slots=True)
class WireBody:
    """`content` is None where `text` itself goes out. `text` is what can be read of it, for what must be masked.
    `media_type` is "" where nobody says one.
    """

    text: str = ""
    content: bytes | None = None
    media_type: str = ""


def wire_body(kind: str, text: str, fields: tuple[Header, ...], upload: UploadedBody | None) -> WireBody:
    """`text` is of raw and JSON, `fields` of the two forms, `upload` of a file and of a multipart form."""
    if kind == JSON:
        return WireBody(text, None, "application/json" if text.strip() else "")
    if kind == FORM:
        return WireBody(_form(fields), None, "application/x-www-form-urlencoded")
    if kind == MULTIPART:
        content, boundary = _multipart(fields, upload)
        return WireBody(content.decode("utf-8", "replace"), content, f"multipart/form-data; boundary={boundary}")
    if kind == FILE:
        if upload is None:
            return WireBody()
        return WireBody(upload.content.decode("utf-8", "replace"), upload.content, upload.media_type)
    return WireBody(text)


def _form(fields: Iterable[Header]) -> str:
    return urlencode(list(fields), errors="replace")


def _multipart(fields: tuple[Header, ...], upload: UploadedBody | None) -> tuple[bytes, str]:
    """The boundary is a digest of the parts: none of them can hold it."""
    parts = [
        (f'form-data; name="{name.translate(_NAMES)}"', "", value.encode(errors="replace")) for name, value in fields
    ]
    if upload is not None:
        named = f'form-data; name="{upload.field.translate(_NAMES)}"; filename="{upload.name.translate(_NAMES)}"'
        parts.append((named, upload.media_type, upload.content))
    digest = hashlib.sha256()
    for named, _, content in parts:
        digest.update(f"{named} {len(content)}\n".encode(errors="replace"))
        digest.update(content)
    boundary = f"part-{digest.hexdigest()[:32]}"
    out = bytearray()
    for named, media_type, content in parts:
        kind = f"\r\nContent-Type: {media_type}" if media_type else ""
        head = f"--{boundary}\r\nContent-Disposition: {named}{kind}\r\n\r\n"
        out += head.encode(errors="replace") + content + b"\r\n"
    return bytes(out + f"--{boundary}--\r\n".encode()), boundary
