"""A command line as its words, in the quoting of bash, PowerShell (curl.exe) or cmd: tolerant, in one pass."""

import re

_CONTINUED = re.compile(r"[\\^`]\n[ \t]*+")
_LOST_CONTINUATION = re.compile(r"\n[ \t]*+(?=--?[A-Za-z])")
_CARET = re.compile(r"\^(.)", re.DOTALL)
_BACKTICK = re.compile(r"`(.)", re.DOTALL)
_PIECE = re.compile(
    r"""(?P<blank>[ \t]+)|(?P<end>\n)|\$'(?P<ansi>(?:[^'\\]|\\.)*+)'?|'(?P<single>[^']*+)'?"""
    r"""|"(?P<double>(?:[^"\\]|\\.)*+)"?|\\(?P<escaped>.)|(?P<plain>[^\s'"\\]+)|(?P<other>.)""",
    re.DOTALL,
)
_IN_DOUBLE = re.compile(r'\\(["\\$`\n])')
_IN_ANSI = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_ANSI = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "0": "\0"}
_ENDS = frozenset({"|", "||", ";", "&&", "&", ">", ">>", "2>&1", "<"})
MAX_WORDS = 2_000


def words_of(text: str) -> tuple[list[str], str]:
    """The words of the command a text begins with, and the text behind it. An open quote ends with the text."""
    text = _one_line(text)
    words: list[str] = []
    current: list[str] = []
    position = 0
    for piece in _PIECE.finditer(text):
        position = piece.end()
        kind = piece.lastgroup or "other"
        if kind not in ("blank", "end"):
            current.append(_unquoted(kind, piece[kind]))
            continue
        if current:
            words.append("".join(current))
            current = []
        if kind == "end" or len(words) > MAX_WORDS or (words and words[-1] in _ENDS):
            break
    if current:
        words.append("".join(current))
    return [word for word in words if word not in _ENDS], text[position:]


def _one_line(text: str) -> str:
    """Continued lines made one, and the escapes of cmd and PowerShell turned into those of bash."""
    text = text.replace("\r\n", "\n")
    is_cmd = '^"' in text or "^\n" in text
    is_powershell = "`\n" in text or '`"' in text
    text = _LOST_CONTINUATION.sub(" ", _CONTINUED.sub(" ", text))
    if is_cmd:
        text = _CARET.sub(r"\1", text)
    return _BACKTICK.sub(r"\\\1", text) if is_powershell else text


def _unquoted(kind: str, text: str) -> str:
    if kind == "double":
        return _IN_DOUBLE.sub(lambda match: "" if match[1] == "\n" else match[1], text)
    return _IN_ANSI.sub(_ansi, text) if kind == "ansi" else text


def _ansi(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ANSI.get(match[3], match[3])
