"""The text of a body, whatever alphabet it came in."""

from dataclasses import dataclass

_SINGLE = {"iso-8859-1": "latin-1", "latin1": "latin-1", "latin-1": "latin-1", "us-ascii": "latin-1",
           "windows-1252": "cp1252", "cp1252": "cp1252", "iso-8859-15": "iso-8859-15"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BodyText:
    """`alphabet` is the one it was read in; `has_strange` when bytes fit none of it and are shown as U+FFFD."""

    text: str
    alphabet: str
    has_strange: bool = False


def text_of(body: bytes, content_type: str = "") -> BodyText:
    """By its mark, else as UTF-8, else in the single-byte alphabet that Content-Type names."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = body.decode("utf-16", "replace")
        return BodyText(text, "utf-16", "\ufffd" in text)
    plain = body.removeprefix(b"\xef\xbb\xbf")
    try:
        return BodyText(plain.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as problem:
        if problem.start > len(plain) - 4:  # a character that was cut at the end
            return BodyText(plain.decode("utf-8", "ignore"), "utf-8")
    charset = content_type.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")[:40]
    if charset in _SINGLE:
        return BodyText(plain.decode(_SINGLE[charset], "replace"), _SINGLE[charset])
    return BodyText(plain.decode("utf-8", "replace"), "utf-8", has_strange=True)
