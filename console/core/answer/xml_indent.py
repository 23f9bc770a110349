"""An XML text indented for reading (XML 1.0, section 2): each element on a line of its own where only elements stand.

Nothing is parsed by a library and nothing is resolved: tags are told apart as they are written, so that a DOCTYPE, an
entity or a name from elsewhere stays the text it is.
"""

import re
from dataclasses import dataclass

STEP = "  "
DEEPEST = 60  # levels that are indented; what is deeper stands as far to the right as these
# A tag to its end; no value of an attribute holds a "<" (section 2.3), so that none is looked for beyond the next.
_TAG = re.compile(r"""<(/?)([^\s<>/"'=!?]++)[^<>"']*+(?:"[^"<]*+"[^<>"']*+|'[^'<]*+'[^<>"']*+)*+>""")
_OTHERS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))


@dataclass(frozen=True, slots=True)
class _Piece:
    """`kind` is open, close, whole (an element without content), text or other; `name` that of a tag, else ""."""

    kind: str
    start: int
    end: int
    name: str = ""


def is_xml(body: bytes, content_type: str) -> bool:
    """By what it is called, or by how it begins; whether it is well formed is another matter."""
    media_type = content_type.partition(";")[0].strip().lower()
    is_called_so = media_type.endswith(("/xml", "+xml"))
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:5]
    return start == b"<?xml" or (is_called_so and start[:1] == b"<")


def indented_xml(text: str, *, limit: int) -> str:
    """ "" where its tags do not pair, and for what would be longer than `limit` characters.

    An element with text in it stands as it came, whatever else is in it: there the blanks may matter.
    """
    text = text.lstrip("\ufeff \t\r\n")
    pieces = pieces_of(text)
    ends = paired(pieces, text)
    if not ends:
        return ""
    lines, size, depth, at = [], 0, 0, 0
    while at < len(pieces):
        piece = pieces[at]
        end = ends.get(at)
        depth -= piece.kind == "close"
        if not (piece.kind == "text" and text[piece.start : piece.end].isspace()):
            last = pieces[end] if end is not None else piece
            line = f"{STEP * min(depth, DEEPEST)}{text[piece.start : last.end]}"
            lines.append(line)
            size += len(line) + 1
        if size > limit:
            return ""
        depth += piece.kind == "open" and end is None
        at = at + 1 if end is None else end + 1
    return "\n".join(lines)


def pieces_of(text: str) -> list[_Piece]:
    """In their order; [] where one has no end."""
    found: list[_Piece] = []
    at = 0
    while at < len(text):
        piece = _piece(text, at)
        if piece is None:
            return []
        found.append(piece)
        at = piece.end
    return found


def _piece(text: str, at: int) -> _Piece | None:
    if text[at] != "<":
        end = text.find("<", at)
        return _Piece("text", at, len(text) if end < 0 else end)
    for begins, ends in _OTHERS:
        if text.startswith(begins, at):
            end = text.find(ends, at + len(begins))
            kind = "text" if begins == "<![CDATA[" else "other"
            return None if end < 0 else _Piece(kind, at, end + len(ends))
    if text.startswith("<!", at):
        end = text.find(">", at)
        inside = text.find("[", at, end) >= 0
        end = text.find("]>", at) + 1 if inside else end
        return None if end <= 0 else _Piece("other", at, end + 1)
    tag = _TAG.match(text, at)
    if tag is None:
        return None
    is_whole = text[tag.end() - 2] == "/"
    return _Piece("close" if tag[1] else "whole" if is_whole else "open", at, tag.end(), tag[2])


def paired(pieces: list[_Piece], text: str) -> dict[int, int | None]:
    """By the number of each opening tag that of its closing one, where the element stays in one line; None where its
    children have lines of their own. Empty where they do not pair, or where there is no element.
    """
    found: dict[int, int | None] = {}
    open_: list[int] = []
    with_text: set[int] = set()
    for number, piece in enumerate(pieces):
        if piece.kind == "open":
            open_.append(number)
        elif piece.kind == "close":
            if not open_ or pieces[open_[-1]].name != piece.name:
                return {}
            begun = open_.pop()
            is_empty = all(one.kind == "text" for one in pieces[begun + 1 : min(begun + 3, number)])
            found[begun] = number if begun in with_text or is_empty else None
        elif piece.kind == "text" and not text[piece.start : piece.end].isspace():
            if not open_:
                return {}
            with_text.add(open_[-1])
        elif piece.kind == "whole" and not open_:
            found[number] = None
    return {} if open_ else found
