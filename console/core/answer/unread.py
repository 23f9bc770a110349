"""Whether what an answer says stayed unread: its body is no text, and nothing names it a file to save."""

from console.core.exchange import Response
from console.core.http.content import binary_kind
from console.core.redaction.bodies import NOT_TEXT

# A picture or a document is what was asked for; of octets, packed ones and unknown types nobody knows what they say.
_FILES = (
    "image/", "audio/", "video/", "font/", "model/", "application/pdf", "application/zip", "application/x-7z",
    "application/java-archive", "application/msword", "application/vnd.ms-", "application/vnd.openxmlformats-",
    "application/vnd.oasis.", "application/epub", "application/pkix-", "application/x-x509-", "application/pkcs",
    "application/font", "application/wasm",
)  # fmt: skip
_FIRST_BYTES = (b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04")


def is_unread(response: Response | None) -> bool:
    """Of a body as it came, and of what is told of one that was not kept."""
    if response is None or not response.body:
        return False
    if not binary_kind(response) and not response.body.startswith(NOT_TEXT):
        return False
    media_type = (response.header("Content-Type") or "").strip().lower()
    is_saved = (response.header("Content-Disposition") or "").strip().lower().startswith("attachment")
    return not (is_saved or media_type.startswith(_FILES) or response.body.startswith(_FIRST_BYTES))
