"""Parts of a line in which a thing is found in order, or was not looked at: "issuer ok, audience [boats] not known".

The thing stands there because it did not fail.
"""

import re

from console.core.diagnosis.messages.plain import lowered

_PART = re.compile(r"[,;()|\"\n]|(?<!\.)\. |\band\b")
# Looked for in small letters: patterns that begin with a letter are found at once.
_GOOD = re.compile(
    r"(?:ok|okay|pass|passed|valid|match|matches|matched|accepted|trusted|fine|good|right|correct|verified|succeeded|allowed)"
    r"(?=\.?(?:[,;()|\"\n]|\s{1,3}(?:[,;()|]|and\b)|\.? *\Z| *\n))"
)
_WITHIN = re.compile(r"(?:[\w-]|\d )\Z")  # before it: a part of a word, and the status of an answer, "200 OK"
_UNSEEN = re.compile(r"not (?:yet |even )?(?:checked|evaluated|tested|looked at|considered|reached)\b")
_UNEXPIRED = re.compile(r"not (?:yet )?expired\b(?! (?:or|nor)\b)")
_PAIR = re.compile(r"[=:](?:pass|passed|ok|valid|matched|match|trusted|accepted)(?![\w-])")
_NAME = re.compile(r"[\w.-]{1,40}\Z")  # of a pair
_TICKED = re.compile(
    r"^[ \t]{0,12}(?:[-*] )?(?:\[(?:ok|pass|passed)\]|[✓✔✅]|(?:ok|PASS(?:ED)?)\b[: ])[^\n]{0,300}$",
    re.MULTILINE | re.IGNORECASE,
)
_TICKS = ("ok", "pass")  # in any ASCII text that it finds
# With one of these the part says something else: that it is not so, or when it would be.
_NOT_SO = re.compile(
    r"\b(?:not|no|none|never|cannot|neither|nor|without|un\w{4,}|in(?:valid|correct)|mis\w{4,}|if|when|whether|must"
    r"|should|only|unless|until|fail\w*|error|wrong|differ\w*|expected|expects?|want\w*|require[sd]?|to be|doesn|didn"
    r"|isn|wasn|could|would|does|did|rejected|denied|refused|either)\b|n['’]t\b",
    re.IGNORECASE,
)
_LONGEST = 100  # characters of a part
_WORD = re.compile(r"\S{1,80}")
_MOST_WORDS = 4  # of a thing


def without_well(text: str) -> str:
    """The text with blanks in place of such parts."""
    if not text.isascii() or any(one in text.lower() for one in _TICKS):
        text = _TICKED.sub(_blank, text)
    text = _without(_PAIR, text)
    text = _without(_GOOD, text)
    return _without(_UNEXPIRED, _without(_UNSEEN, text)) if "not " in text else text


def _without(pattern: re.Pattern[str], text: str) -> str:
    pieces: list[str] = []
    at = 0
    for found in pattern.finditer(lowered(text)):
        start = _in_order(pattern, text, at, found)
        if start is not None:
            pieces += (text[at:start], " " * (found.end() - start))
            at = found.end()
    return "".join([*pieces, text[at:]]) if pieces else text


def _in_order(pattern: re.Pattern[str], text: str, at: int, found: re.Match[str]) -> int | None:
    """Where the thing begins that is in order, or was not looked at; None where the part says something else."""
    first = max(at, found.start() - _LONGEST)
    if pattern is _PAIR:
        name = _NAME.search(text, max(first, found.start() - 41), found.start())
        return name.start() if name else None
    if found.start() < at or _WITHIN.search(text, max(0, found.start() - 2), found.start()):
        return None
    start = _start(text, first, found.start())
    if pattern is _GOOD and (_NOT_SO.search(text, start, found.end()) or _is_all(text, start, found)):
        return None
    words = [word.start() for word in _WORD.finditer(text, start, found.start())]
    return words[-_MOST_WORDS:][0] if words else None


def _start(text: str, first: int, end: int) -> int:
    """Where the part begins in which a place stands."""
    return max((found.end() for found in _PART.finditer(text, first, end)), default=first)


def _is_all(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether the part is a line of its own, a sentence that says that a thing works: it accuses nobody of anything."""
    is_line = start == 0 or text[start - 1] == "\n"
    is_named = text[start : found.start()].rstrip(" ")[-1:] in (":", "=", ".")
    return is_line and not is_named and text[found.end() : found.end() + 2].strip(" .")[:1] in ("", "\n")


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
