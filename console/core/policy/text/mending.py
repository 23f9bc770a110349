"""Expressions with raw quotation marks, `<` and `&`, which API Management takes, written as XML wants them."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from console.core.policy.text.element import MAX_ELEMENTS
from console.core.policy.text.expressions import end_of, is_whole

# Each scan that finds no end reads at most one expression's length; after these many the rest is left as it is, so
# that no text takes more than linear time.
MAX_FAILED_SCANS = 32
MAX_MARKUPS = 400_000

_ENTITY = r"&(?:lt|gt|amp|quot|apos|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});"
_ENTITY_TEXT = re.compile(_ENTITY)
_OPENING = re.compile(r"\s*+@(?=[({])")
_NAME = re.compile(r"""<([^\s<>/"'=!?]++)""")
_PLAIN_TAG = re.compile(r"""<[^\s<>/"'=!?]++(?:[^<>"'\u00a0]++|"(?!\s*+@[({])[^"<]*+"|'(?!\s*+@[({])[^'<]*+')*+>""")
_ATTRIBUTE = re.compile(r"""(\s*+)[^\s=<>"'/]++\s*+=\s*+(["'])""")
_TAG_END = re.compile(r"\s*+(/?)>")
_CLOSING = {quote: re.compile(rf"\s*+{quote}") for quote in ('"', "'")}
_RAW = re.compile(rf"(?!{_ENTITY})&|<|(?<=\]\])>")
_RAW_IN_QUOTES = {quote: re.compile(rf"(?!{_ENTITY})&|<|\r\n|[\r\n\t]|{quote}") for quote in ('"', "'")}
_WRITTEN = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\n": "&#10;", "\r": "&#10;",
    "\r\n": "&#10;", "\t": "&#9;",
}  # fmt: skip
_BLOCKS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


@dataclass(frozen=True, slots=True)
class MendedText:
    """`text` is for an XML parser. `shifts` and `origins` pair an offset in it with the offset it came from; between
    two of them the distance stays the same. `count` expressions were mended. `is_cut`: there are more tags than a
    document may have elements, and the rest of the text is as it was.
    """

    text: str
    shifts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)
    count: int = 0
    is_cut: bool = False

    def origin(self, offset: int) -> int:
        """The offset in the text before mending."""
        at = bisect_right(self.shifts, offset) - 1
        moved = self.origins[at] + offset - self.shifts[at]
        return min(moved, self.origins[at + 1]) if at + 1 < len(self.origins) else moved


@dataclass(slots=True)
class _Copy:
    """A text being copied with replacements."""

    text: str
    pieces: list[str] = field(default_factory=list)
    shifts: list[int] = field(default_factory=lambda: [0])
    origins: list[int] = field(default_factory=lambda: [0])
    copied: int = 0
    size: int = 0
    count: int = 0
    failed: int = 0
    elements: int = 0

    def replace(self, start: int, end: int, new: str) -> None:
        for piece in (self.text[self.copied : start], new):
            self.pieces.append(piece)
            self.size += len(piece)
        self.copied = end
        self.shifts.append(self.size)
        self.origins.append(end)

    def write(self, start: int, end: int, raw: re.Pattern[str]) -> None:
        """The part of the text with each raw character escaped."""
        found = list(raw.finditer(self.text, start, end))
        self.count += bool(found)
        for match in found:
            self.replace(match.start(), match.end(), _WRITTEN[match.group()])

    def scan(self, start: int) -> int | None:
        if self.failed >= MAX_FAILED_SCANS:
            return None
        return end_of(self.text, start)

    def finished(self) -> MendedText:
        text = "".join((*self.pieces, self.text[self.copied :]))
        return MendedText(text, tuple(self.shifts), tuple(self.origins), self.count, self.is_cut)

    @property
    def is_cut(self) -> bool:
        return self.elements > MAX_ELEMENTS


def mend(text: str) -> MendedText:
    """The text with the raw characters of its expressions escaped; anything else stays, well-formed or not.

    An expression is an attribute value or an element's text that begins with `@(` or `@{`. What is escaped already is
    not escaped again. Comments, CDATA sections and processing instructions are left alone.
    """
    copy = _Copy(text)
    position = text.find("<")
    for _ in range(MAX_MARKUPS):
        after = _passed(copy, position) if position >= 0 else None
        if after is None or copy.is_cut:
            break
        position = text.find("<", after)
    return copy.finished()


def _passed(copy: _Copy, start: int) -> int | None:
    """The position after the markup at `start`; None if it never ends."""
    text = copy.text
    for opening, closing in _BLOCKS:
        if text.startswith(opening, start):
            end = text.find(closing, start + len(opening))
            return None if end < 0 else _content(copy, end + len(closing), name=None)
    named = _NAME.match(text, start)
    if named is None:
        return start + 1
    copy.elements += 1
    plain = _PLAIN_TAG.match(text, start)
    end = plain.end() if plain else _tag(copy, named.end())
    if text[end - 1] != ">" or text[end - 2] == "/":
        return end
    return _content(copy, end, name=named[1])


def _tag(copy: _Copy, position: int) -> int:
    """The position after a start tag whose name ends at `position`, or where it stops to be one."""
    while (found := _ATTRIBUTE.match(copy.text, position)) is not None:
        for at in range(*found.span(1)):
            if not copy.text[at].isascii():  # a no-break space from a web page
                copy.replace(at, at + 1, " ")
        after = _attribute(copy, found.end(), found[2])
        if after is None:
            return found.end()
        position = after
    end = _TAG_END.match(copy.text, position)
    return end.end() if end else position


def _attribute(copy: _Copy, start: int, quote: str) -> int | None:
    """The position after the value's closing quotation mark; None if there is none."""
    stop = copy.text.find(quote, start)
    if stop < 0:
        return None
    opening = _OPENING.match(copy.text, start)
    if opening is None:
        return stop + 1
    at = opening.end() - 1
    if is_whole(unescape(copy.text[at:stop])):
        copy.write(at, stop, _RAW)
        return stop + 1
    end = copy.scan(at)
    closing = None if end is None else _CLOSING[quote].match(copy.text, end)
    if end is None or closing is None:
        copy.failed += 1
        return stop + 1
    copy.write(at, end, _RAW_IN_QUOTES[quote])
    return closing.end()


def _content(copy: _Copy, start: int, *, name: str | None) -> int:
    """The position after an expression that is the text at `start`, or `start` if there is none."""
    opening = _OPENING.match(copy.text, start)
    if opening is None:
        return start
    at = opening.end() - 1
    stop = copy.text.find("<", at)
    if stop >= 0 and is_whole(unescape(copy.text[at:stop])):
        copy.write(at, stop, _RAW)
        return stop
    end = copy.scan(at)
    if end is None or not _is_followed(copy.text, end, name):
        copy.failed += 1
        return start
    copy.write(at, end, _RAW)
    return end


def _is_followed(text: str, position: int, name: str | None) -> bool:
    """Whether the element ends here, or a comment follows: else the brackets met beyond the element."""
    while position < len(text) and text[position].isspace():
        position += 1
    return text.startswith((f"</{name or ''}", "<!--"), position)


def unescape(text: str) -> str:
    """The text with XML's own entities and character references resolved, once."""
    return _ENTITY_TEXT.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    word = match.group()[1:-1]
    if not word.startswith("#"):
        return _ENTITIES[word]
    number = int(word[2:], 16) if word[1] in "xX" else int(word[1:])
    return chr(number) if number <= 0x10FFFF else match.group()
