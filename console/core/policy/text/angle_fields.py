"""Fields in raw angle brackets, `tenant-id="<tenant-id>"`, as documentation writes them: no XML, yet told apart.

Only where a value of one's own belongs: elsewhere they stay the fault of the text that they are.
"""

import re

_LEAVES = "audience|issuer|application-id|value|address|origin"
_NAMES = "tenant-id|url|base-url|resource|certificate-id"
_FIELD = rf"<(?!(?:{_LEAVES})>)[A-Za-z][\w .-]{{0,79}}+>"
_IN_ATTRIBUTE = re.compile(
    rf"""(?<=[\s"'])(?:{_NAMES})\s*+=\s*+"""
    rf"""(?:"(?!\s*+@)[^"<>]*+(?:{_FIELD}[^"<>]*+)++"|'(?!\s*+@)[^'<>]*+(?:{_FIELD}[^'<>]*+)++')"""
)
_IN_TEXT = re.compile(rf"<({_LEAVES})>(?!\s*+@[({{])([^<>]*+(?:{_FIELD}[^<>]*+)++)(?=</\1>)")
_BRACES = str.maketrans("<>", "{}")


def in_braces(text: str) -> str:
    """The text with such fields written `{tenant-id}`: of the same length, so every place stays where it is."""
    if "<" not in text:
        return text
    read = _IN_ATTRIBUTE.sub(lambda found: found[0].translate(_BRACES), text)
    return _IN_TEXT.sub(lambda found: f"<{found[1]}>{found[2].translate(_BRACES)}", read)
