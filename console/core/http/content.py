"""What a body is when it is no text: told by its first bytes and its media type, never shown as escapes."""

import re

from console.core.exchange import Response

# First bytes of formats that APIs send; enough to name them, not to open them.
_SIGNATURES = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "ZIP (also Office and JAR files)"),
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n\x1a\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"\x30\x82", "ASN.1 (DER): a certificate or key, perhaps"),
    (b"\x7fELF", "program (ELF)"),
    (b"MZ", "program (Windows)"),
    (b"SQLite format 3\x00", "SQLite database"),
    (b"\x00asm", "WebAssembly"),
    (b"OggS", "Ogg media"),
    (b"wOF2", "font (WOFF2)"),
    (b"PAR1", "Parquet"),
)
_STRANGE = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")  # no text has them: all but tab, \n, \r, \f and escape
_HIGH = re.compile(rb"[\x80-\xff]")
_LOOKED_AT = 4096
_MOST_STRANGE = 20  # one in so many bytes may be none of a text


def binary_kind(response: Response) -> str:
    """What a body that is no text is: "binary, 256 bytes, application/octet-stream"; "" for a text or an empty body.

    An encoding that was not unpacked (br, several layers) makes it binary whatever it looks like.
    """
    body = response.body
    media_type = (response.header("Content-Type") or "").partition(";")[0].strip()
    packed = (response.header("Content-Encoding") or "").strip().lower()
    is_packed = packed not in ("", "identity", "gzip", "x-gzip", "deflate")
    is_declared_text = media_type.lower().startswith("text/") and not is_packed
    if not body or not is_binary(body, is_declared_text=is_declared_text):
        return ""
    found = next((name for start, name in _SIGNATURES if body.startswith(start)), "")
    facts = [media_type[:100] or "no Content-Type", f"begins as {found} does" if found else ""]
    facts.append(f"Content-Encoding {packed[:40]}, which is not unpacked here" if is_packed else "")
    return f"binary, {len(body):,} bytes, {', '.join(filter(None, facts))}"


def is_binary(body: bytes, *, is_declared_text: bool = False) -> bool:
    """Whether the beginning of a body is no text in UTF-8, UTF-16 with its mark, or a single-byte alphabet.

    What is declared to be text may be in any single-byte alphabet, Cyrillic for one.
    """
    start = body[:_LOOKED_AT]
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return False
    if any(start.startswith(sign) for sign, _ in _SIGNATURES if len(sign) > 2) or start.startswith(b"\x1f\x8b"):
        return True
    strange = len(_STRANGE.findall(start))
    if b"\x00" in start or strange * _MOST_STRANGE > len(start):
        return True
    return not is_declared_text and not _is_utf8(start) and len(_HIGH.findall(start)) * 3 > len(start)


def _is_utf8(start: bytes) -> bool:
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as problem:
        return problem.start > len(start) - 4  # a character that was cut at the end
    return True
