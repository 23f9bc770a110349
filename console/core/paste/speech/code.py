"""Whether a line is source code, a comment or a setting: what a person wrote, and no far side said."""

import re

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
    r"^\s*(?:export\s+|set\s+|\$env:)?(?:[A-Z][A-Z0-9_]{2,60}(?==)|[A-Za-z][\w-]*(?:(?:\.|__|:)[\w\[\]-]+)+)\s*[=:]\s*[^\s=].*$"
)
_SPEAKING_NAME = re.compile(
    r"error|reason|message|status|exception|desc|warn|fail|fault|stack|result|log", re.IGNORECASE
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


def is_code(line: str) -> bool:
    """Whether a line alone is surely source code. The printed frames and messages of an exception are none."""
    if len(line) > MAX_LINE or not line.strip() or is_output(line):
        return False
    if _STATEMENT.search(line):
        return True
    return _CALL.search(line) is not None or (_CONDITION.search(line) is not None and "://" not in line)


def is_output(line: str) -> bool:
    """Whether a line begins as a log or a stack trace does."""
    return bool(_FRAME.search(line) or _DATED.search(line[:80]) or _EXCEPTION.search(line))


def is_comment(line: str) -> bool:
    """Whether a line looks like a comment, where it stands beside code or settings."""
    return _COMMENT.search(line) is not None


def is_setting(line: str) -> bool:
    """One setting: AUDIENCE_URL=…, spring.security.issuer-uri=…; no name that speaks of an outcome."""
    if len(line) > MAX_LINE or not _SETTING.match(line):
        return False
    name = _NAME_END.split(line, maxsplit=1)[0]
    return not _SPEAKING_NAME.search(name) and not is_output(line)
