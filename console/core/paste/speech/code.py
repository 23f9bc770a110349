"""Whether a line is source code, a comment or a setting: what a person wrote, and no far side said."""

import re
from enum import StrEnum

_STATEMENT = re.compile(  # how statements of the usual languages begin: words that prose begins with need their signs
    r"^\s*(?:(?:}\s*)?(?:else\s+)?(?:if|while|for|foreach|switch|catch|using|lock)\s*\(.{0,400}[{);:]"
    r"|(?:if|elif|while)\b(?=.{0,300}(?:[=!<>]=|\w\(|['\"] (?:not )?in \w|\bis (?:not )?None\b)).{1,400}:"
    r"|for\s+\w+(?:,\s*\w+)*\s+in\s+.{1,200}:\s*$|(?:}\s*)?(?:else|try|finally|do)\s*[:{]\s*$"
    r"|except(?:\s+[\w.(][\w., ()]{0,200})?\s*:|(?:async\s+)?(?:def|func|function|fn)\s+\w*\s*[(<]"
    r"|(?:const|let|var|final|val)\s+[\w{\[, :}\]]{1,120}\s*=[^=>]"
    r"|from\s+[\w.]+\s+import\s|import\s+.{1,200}\sfrom\s+['\"]"
    r"|import\s+(?:static\s+)?[\w.*]+(?:\s+as\s+\w+)?\s*;?\s*$"
    r"|(?:return|raise|throw|yield|await|assert|defer|echo|print|puts)\b(?=.{0,300}(?:;\s*$|\w\(|\([\"']))"
    r"|(?:public|private|protected|internal|static|export|abstract|override|package|namespace|using)\s.{1,200}[{;]\s*$"
    r"|(?:class|interface|struct|enum|record)\s+\w.{0,200}[:{(]\s*$|@[A-Za-z_][\w.]*(?:\(.*\))?\s*$|#include\b|<\?php)"
)
_CALL = re.compile(  # an assignment of a call, a chained call, a call that ends a statement
    r"^\s*(?:[\w.\[\]'\"$>*-]{1,80}(?:\s*,\s*[\w.]{1,80}){0,4}\s*(?::?=)\s*(?:(?:await\s+)?[\w.$>]{1,120}[(\[{]|new\s+[\w.<>]{1,120}\s*[({]).*"
    r"|\.[A-Za-z]\w{0,60}\(.*|[\w.$>-]{1,120}\(.{0,400}\)\s*[;{]\s*(?://.*)?|[\w.]{1,160}\.\w{1,60}\(.{0,400}\)?,?\s*)$"
)
_CONDITION = re.compile(
    r"(?:===|!==)\s*\S|\b(?:instanceof|typeof)\s+\w|\bstr\(e\)|\be(?:rr|x)?\.(?:[mM]essage|[cC]ode)\b"
)
_COMMENT = re.compile(r"^\s*(?://|/\*|\*\s|#(?!\w*:)[ !\t]|<!--|--\s|;\s|REM\s|\"\"\")")
_SETTING = re.compile(
    r"^\s*(?:export\s+|set\s+|\$env:)?(?:[A-Z][A-Z0-9_]{2,60}(?==)|[A-Za-z][\w-]*(?:(?:\.|__|:)[\w\[\]-]+)+)"
    r"(?:\s*=\s*[^\s=].*|:\s+\S+)$"
)
_NAMED = re.compile(
    r"\s{0,40}(?:[a-z]{1,60}[A-Z]\w{0,60}|[A-Za-z]{1,60}_\w{1,60})\s?:\s+(?:[\[{\"].*|\S{1,400}(?: \S{1,400}){0,3})$"
)
_SPEAKING_NAME = re.compile(
    r"error|code|reason|message|status|exception|desc|warn|fail|fault|stack|result|log", re.IGNORECASE
)
_FRAME = re.compile(
    r"^\s*(?:at\s+[\w.$<>`\[\]/@ ]{1,300}(?:\(|:\d)|[\w.$<>]{1,300}\([\w.]+\.\w+:\d+\)"
    r"|File \"|\.\.\. \d+ more|Caused by: |Traceback )"
)
_DATED = re.compile(
    r"^\W{0,3}(?:\d{4}[-/]\d\d[-/]\d\d|\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:)|\b(?:ERROR|WARN|INFO|DEBUG|FATAL)\b"
)
_EXCEPTION = re.compile(r"^\s*+(?=[\w.]{1,200}+\s{0,4}(?:[:(]|$))[\w.]{0,160}?(?:Error|Exception|Expired|Invalid)")
_NAME_END = re.compile(r"=|:\s")
MAX_LINE = 2_000


class LineKind(StrEnum):
    """What a line is by itself; PLAIN where it does not tell."""

    PLAIN = "plain"
    OUTPUT = "output"  # begins as a log or a stack trace does
    CODE = "code"
    SETTING = "setting"
    COMMENT = "comment"  # where it stands beside code or settings


def kind_of(line: str) -> LineKind:
    if len(line) > MAX_LINE or not line.strip():
        return LineKind.PLAIN
    if is_output(line):
        return LineKind.OUTPUT
    if _is_code(line):
        return LineKind.CODE
    if _is_setting(line):
        return LineKind.SETTING
    return LineKind.COMMENT if _COMMENT.match(line) else LineKind.PLAIN


def is_output(line: str) -> bool:
    return bool(_DATED.search(line, 0, 80) or _FRAME.match(line) or _EXCEPTION.match(line))


def _is_code(line: str) -> bool:
    """The printed frames and messages of an exception are none."""
    if _STATEMENT.match(line) or _CALL.match(line):
        return True
    return _CONDITION.search(line) is not None and "://" not in line


def _is_setting(line: str) -> bool:
    """One setting: AUDIENCE_URL=…, spring.security.issuer-uri=…; no name that speaks of an outcome."""
    is_one = _SETTING.match(line) is not None or _NAMED.match(line) is not None
    return is_one and not _SPEAKING_NAME.search(_NAME_END.split(line, maxsplit=1)[0])
