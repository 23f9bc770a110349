"""A policy line by line: `builder.AppendLine("...");`, `"..." +`, or lines with the mark of a remark before them."""

import re

_JUNCTION = re.compile(r"""(?<!\\)(?P<quote>["'])(?!/?>)[^"'<>\n]{0,80}\n[^"'<>\n]{0,80}(?P=quote)""")
_MARKED_LINE = re.compile(r"\n[ \t]*+(#|//|\*|--|>)")
_RAW_ATTRIBUTE = re.compile(r'(?<!\\)="[\w@]')
_PUT = {
    one: re.compile(rf"(?<!\\){one}[ \t]*+\+\s*+([A-Za-z][^{one}<>\n+]{{0,80}})\+\s*+{one}(?!/?>\s*\Z)")
    for one in ("'", '"')
}
_HOLE = re.compile(r"\{([^{}\n<>]{1,100})\}")
_NO_NAME = re.compile(r"[^A-Za-z0-9._]+")


def without_marks(text: str) -> str:
    """The text without the mark in front of each of its lines but the first: of a remark, or of a quoted letter."""
    marks = {found[1] for found in _MARKED_LINE.finditer(text)}
    if len(marks) != 1 or len(_MARKED_LINE.findall(text)) < text.count("\n"):
        return text
    return _MARKED_LINE.sub("\n", text)


def joined(before: str, text: str) -> str:
    """The texts as one, when each line of `text` ends one and begins another, with a field for each name put between
    two of them; `before` ends where the first begins.
    """
    if not before.endswith(('"', "'")) or before.endswith(("'''", '"""', '@"', "@'")):
        return text
    if (quote := before[-1]) == "'" or _RAW_ATTRIBUTE.search(text) is None:
        text = _PUT[quote].sub(lambda found: f"${{{_named(found[1])}}}", text)
    return _lines_joined(before, text)


def _named(written: str) -> str:
    return _NO_NAME.sub("-", written).strip("-.") or "value"


def _lines_joined(before: str, text: str) -> str:
    found = list(_JUNCTION.finditer(text))
    if len(found) < 2 or len(found) < text.count("\n"):
        return text
    whole = _JUNCTION.sub("\n", text)
    if before.endswith('$"') or any(one[0].endswith('$"') for one in found):
        return _HOLE.sub(lambda hole: f"${{{_named(hole[1])}}}", whole)
    return whole
