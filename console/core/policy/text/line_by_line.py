"""A policy that a program puts together of one text a line: `builder.AppendLine("...");`, `"..." +`, `"...",`."""

import re

_JUNCTION = re.compile(r"""(?<!\\)(?P<quote>["'])(?!/?>)[^"'<>\n]{0,80}\n[^"'<>\n]{0,80}(?P=quote)""")
_RAW_ATTRIBUTE = re.compile(r'(?<!\\)="[\w@]')
_PUT = {
    one: re.compile(rf"(?<!\\){one}[ \t]*+\+\s*+([A-Za-z][^{one}<>\n+]{{0,80}})\+\s*+{one}(?!/?>\s*\Z)")
    for one in ("'", '"')
}
_HOLE = re.compile(r"\{([^{}\n<>]{1,100})\}")
_NO_NAME = re.compile(r"[^A-Za-z0-9._]+")


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
