"""What was so before, and was mended; what somebody says is not so; and what changed, one release after the other."""

import re

from console.core.diagnosis.messages.plain import lowered

_MENDED = re.compile(
    r"\b(?:is|are|was|were|been|being|got|already|now|we|I|since|and|then) (?:(?:all|already|now|since|then|just|been"
    r"|have|had|was|were) ){0,2}(?:fixed|solved|corrected|repaired|mended)\b"
    r"|\b(?:been|already|got|now|we|I) resolved\b"
    r"|(?<=[-–—:] )(?:fixed|solved|resolved|corrected|repaired|mended|closed)\b"
    r"|\b(?:AADSTS\d{4,9}|tickets?|issues?|case)\b[^.;\n]{0,80}\b(?:solved|fixed|closed|resolved)\b"
    r"|\((?:fixed|solved|resolved|corrected)\b",
    re.IGNORECASE,
)
_OVER = re.compile(r"(?:fix|solv|resolv|correct|repair|mend|clos)ed\b")  # the word of it, in small letters
_NEAR = 14  # characters in which "not" is about it
_BEFORE = 110  # characters in which the rest of it stands
_NOT = re.compile(r"\b(?:not|never|cannot|unless|if|until|when|once|after|should|must|to be)\b|n['’]t\b", re.IGNORECASE)
# What follows tells of now.
_NOW = re.compile(
    r"\b(?:but|still|now|today|however|though|yet|instead|since then|again|new error|this time)\b", re.IGNORECASE
)
_ENDS = re.compile(r"[.;!?](?=[\s\"')\]]|\Z)|\n|\s(?=\d{1,2}[.)] )")
_FEW = 2  # blanks in parentheses that say it of what stands before them: "(already solved)"
_OF_BEFORE = re.compile(r"\s*(?:and |but |all (?:of )?)?(?:that|this|it|which|they|these|we)\b", re.IGNORECASE)
_REACH = 600  # characters of a sentence before what says that it was mended
_DENIED = re.compile(
    r"\b(?:not|no|never|without|neither|nor|no longer|instead of)[ ,]{1,2}(?:an? |the |any )?"
    r"AADSTS\d{4,9}\b[^\n,;.)]{0,200}"
    r"|\bAADSTS\d{4,9}(?= (?:(?:is|was|does|did|do|are|were|has|have) )?(?:not|never|no longer|gone|away)\b)"
)
_EXPLAINED = re.compile(  # what a text says is meant by it
    r"[\"“`']([^\"“”`\n]{3,200})[\"”`'] (?:only )?(?:means|stands for|(?:comes|appears) (?:when|if)"
    r"|is (?:returned|shown|printed|logged|written|sent|thrown|raised|answered) (?:when|if|where|for))\b[^.\n]{0,200}"
    r"|\b(?:docs|documentation|manual|guide|faq|FAQ|RFC(?: ?\d{4})?|specification|readme|README|wiki|article|blog)\b"
    r"[^\"“\n]{0,80}[\"“][^\"”\n]{3,300}[\"”]"
)
_LISTED = re.compile(
    r"\b(?:related|see also|similar|for example|e\.g\.|such as)\b:? ?[^\n]{0,40}?AADSTS\d{4,9}[^\n.]{0,200}"
    r"|\bAADSTS\d{4,9}(?:(?:, (?:and |or )?| (?:and|or) )AADSTS\d{4,9}\b){1,20}",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"^\s{0,3}(?:#{1,4} |[*=]{1,3} ?)?(?:change ?log|release notes|what(?:'s| is) new|fixed in|bug ?fixes)\b"
    r"[^\n]{0,40}$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s{0,12}(?:[-*+•] |\d{1,3}[.)] |#{1,4} )")


def without_mended(text: str) -> str:
    """The text with blanks in place of all that."""
    text = _EXPLAINED.sub(_blank, _without_changes(text))
    if "AADSTS" in text:
        text = _LISTED.sub(_blank, _DENIED.sub(_blank, text))
    pieces: list[str] = []
    at = 0
    for word in _OVER.finditer(lowered(text)):
        found = _MENDED.search(text, max(at, word.start() - _BEFORE), word.end())
        if word.start() < at or found is None or found.end() < word.end():
            continue
        start, end = _sentence(text, max(at, found.start() - _REACH), found)
        if not _NOT.search(text, max(start, word.start() - _NEAR), word.start()):
            pieces += (text[at:start], _spaces(text[start:end]))
            at = end
    return "".join([*pieces, text[at:]]) if pieces else text


def _sentence(text: str, first: int, found: re.Match[str]) -> tuple[int, int]:
    """Where the sentence stands, or the part in parentheses, without what follows of now."""
    start = max((end.end() for end in _ENDS.finditer(text, first, found.start())), default=first)
    opened = text.rfind("(", start, found.end())
    closed = text.find(")", found.end(), found.end() + _REACH)
    if opened > start and closed >= 0 and ")" not in text[opened : found.start()]:
        is_of_before = text[opened + 1 : found.end()].count(" ") < _FEW and "AADSTS" not in text[opened : found.end()]
        return (start if is_of_before else opened), closed + 1
    if _OF_BEFORE.match(text, start):
        start = max((end.end() for end in _ENDS.finditer(text, first, max(first, start - 1))), default=first)
    end = _ENDS.search(text, found.end())
    stop = end.start() if end else len(text)
    now = _NOW.search(text, found.end(), stop)
    return start, now.start() if now else stop


def _without_changes(text: str) -> str:
    """Without the lists of what was changed in a release, under their headings."""
    if "hange" not in text and "elease" not in text and "HANGE" not in text and "ELEASE" not in text:
        return text
    lines: list[str] = []
    is_listed = False
    for line in text.split("\n"):
        is_listed = _CHANGES.match(line) is not None or (is_listed and _ITEM.match(line) is not None)
        lines.append(" " * len(line) if is_listed else line)
    return "\n".join(lines)


def _spaces(text: str) -> str:
    """As long, with its line ends."""
    return "".join(character if character == "\n" else " " for character in text)


def _blank(found: re.Match[str]) -> str:
    return _spaces(found[0])
