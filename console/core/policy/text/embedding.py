"""A policy inside of something else: Terraform, Bicep, scripts and programs that deploy it, or the prose around it.

What such a text puts in at run time (`${var.host}`, `$tenant`, `{0}`) is left in the policy as `${var.host}`, the field
of a template that `template_fields` knows.
"""

import re
from dataclasses import dataclass

from console.core.policy.text.arm_expressions import concatenated
from console.core.policy.text.line_by_line import joined, without_marks
from console.core.policy.text.problem import PolicyProblem

_BEGIN = re.compile(r"<(policies|fragment)(?=[\s>])")
_ALONE = "inbound|choose|validate-jwt|validate-azure-ad-token|check-header|ip-filter|set-variable|cors|base"
_BEGIN_BARE = re.compile(rf"""(?:^[ \t]*+|(?:\'{{3}}|"{{3}}|`|@["'])\s{{0,40}}+)<(?=(?:{_ALONE})[\s/>])""", re.M)
_QUOTES = ("'''", '"""', '@"', "@'", "`")
_CLOSED_BY = {'@"': '"@', "@'": "'@"}
_BLANKS = " \t\r\n"
_ESCAPED_BLANKS = ("\\r", "\\n", "\\t")
_HEREDOC = re.compile(r"<<[-~]?[\"']?\w{1,40}[\"']?\Z")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_MEANING = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "'": "'", '"': '"', "$": "$", "/": "/"}
_STILL_ESCAPED = re.compile(r'=\\+"')
_RAW_VALUE = re.compile(r'[\w-]="')
_LEVELS = 3
_CONCAT = re.compile(r"\[\s*+concat\(\s*+'\Z", re.I)
_RAW_QUOTE = re.compile(r'(?<!\\)"')
_DOUBLED = re.compile(r'=""[^"\s/>]')
_SHELL_NAME = re.compile(r"(?<![`$\w])\$([A-Za-z_]\w{0,60})")
_TICKED = re.compile(r"`([`$\"])")
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}\n\"]{0,100})\}")
_SIMPLE = re.compile(r"\s*[A-Za-z][\w .:/-]{0,79}\s*\Z")
_NO_NAME = re.compile(r"[^A-Za-z0-9._]+")
_BRACE = re.compile(r"[{}]")
_LONGEST = 1_000  # characters of one thing that is put in


@dataclass(frozen=True, slots=True)
class Embedded:
    """The policy is `source[start:end]`, written as it is, or `text`, where it had to be decoded."""

    start: int
    end: int
    text: str | None = None


def find_embedded(source: str, start: int, end: int) -> Embedded | PolicyProblem | None:
    """The one policy document in this part of a text; None without one, a problem for several."""
    found: list[tuple[int, int]] = []
    at = start
    while (begun := _BEGIN.search(source, at, end)) is not None:
        closing = f"</{begun[1]}>"
        closed = source.find(closing, begun.end(), end)
        if closed < 0:
            break
        at = closed + len(closing)
        found.append((begun.start(), at))
    if not found:
        return _bare(source, start, end)
    if len(found) > 1:
        return PolicyProblem(
            "not-xml", f"The text holds {len(found)} policies.", "Paste the one whose answer you want to know."
        )
    first, last = found[0]
    opened = _opening(source, start, first)
    text = _decoded(source[max(start, opened - 60) : opened], source[opened:last])
    return Embedded(opened, last, None if text == source[opened:last] else text)


def _bare(source: str, start: int, end: int) -> Embedded | None:
    """Policies without a document around them, in a literal of a program or below a line of prose."""
    begun = _BEGIN_BARE.search(source, start, end)
    if begun is None or _BEGIN.search(source, start, end) is not None:  # a document that does not end is told as one
        return None
    first = begun.end() - 1
    before = source[max(start, first - 60) : first].rstrip()
    quote = next((one for one in _QUOTES if before.endswith(one)), "")
    closing = source.find(_CLOSED_BY.get(quote, quote), first, end) if quote else -1
    last = source.rfind(">", first, closing if closing > 0 else end) + 1
    if last <= first:
        return None
    text = _decoded(before, source[first:last])
    return Embedded(first, last, None if text == source[first:last] else text)


def _opening(source: str, low: int, at: int) -> int:
    """Where what holds the policy begins: before the blanks and comments that stand in front of it."""
    while True:
        while at > low and source[at - 1] in _BLANKS:
            at -= 1
        if at - 2 >= low and source[at - 2 : at] in _ESCAPED_BLANKS:
            at -= 2
            continue
        comment = source.rfind("<!--", low, at) if source.endswith("-->", low, at) else -1
        if comment < 0:
            return at
        at = comment


def _decoded(before: str, text: str) -> str:
    """The policy as the program around it gives it out; `before` ends where its literal begins."""
    text = joined(before, without_marks(text))
    if before.endswith("'''"):
        return _with_braces(text) if before[:-3].rstrip().endswith("format(") else text
    if before.endswith('"""'):
        text = text.replace('\\"', '"')
        return _with_braces(text) if before[-4:-3] in ("f", "F") else text
    if before.endswith('@"'):
        return _verbatim(before, text)
    if before.endswith("@'"):
        return text
    if before.endswith(("'", '"')):
        is_plain = "\\" not in text or (before.endswith('"') and _RAW_QUOTE.search(text) is not None)
        return _with_short_fields(text if is_plain else _unescaped_text(before, text))
    if _HEREDOC.search(before):
        return _with_short_fields(text)
    is_escaped = _STILL_ESCAPED.search(text) is not None and _RAW_VALUE.search(text) is None
    return _with_short_fields(_unescaped_text(before, text)) if is_escaped else text


def _unescaped_text(before: str, text: str) -> str:
    """JSON in a string of a script is escaped once for each of them."""
    for _ in range(_LEVELS):
        text = _ESCAPE.sub(_unescaped, text)
        if _STILL_ESCAPED.search(text) is None:
            break
    return concatenated(f"'{text}'") if _CONCAT.search(before) else text


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _MEANING.get(found[2], found[0])


def _verbatim(before: str, text: str) -> str:
    """A text of PowerShell over several lines, or a verbatim one of C#, in which quotation marks are doubled."""
    if before.endswith(('$@"', '@$"')):  # of C#, whether it doubles quotation marks or has none
        return _with_braces(text.replace('""', '"'))
    if _DOUBLED.search(text) is not None:
        return text.replace('""', '"')
    return _TICKED.sub(r"\1", _SHELL_NAME.sub(r"${\1}", text))


def _with_braces(text: str) -> str:
    """A text in whose single braces something is put: `f"..."` of Python, `$"..."` of C#, format() of Bicep."""

    def put(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0][0]
        name = found[1].strip()
        return f"${{value-{name}}}" if name.isdigit() else f"${{{name}}}"

    return _BRACES.sub(put, text)


def _with_short_fields(text: str) -> str:
    """`${...}` that computes something becomes a field with a plain name: its own text may hold quotation marks."""
    parts, last = [], 0
    ends = _ends_of_braces(text) if "${" in text else {}
    at = text.find("${")
    while at >= 0:
        end = ends.get(at + 1, 0)
        end = end if end - at <= _LONGEST else 0
        inner = text[at + 2 : end - 1] if end else ""
        if end and _SIMPLE.match(inner) is None:
            parts += [text[last:at], f"${{computed-{_NO_NAME.sub('-', inner)[:60].strip('-.')}}}"]
            last = end
        at = text.find("${", max(end, at + 2))
    return "".join([*parts, text[last:]])


def _ends_of_braces(text: str) -> dict[int, int]:
    """The place behind the brace that closes it, by the place of each that is closed. One pass, however they nest."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for found in _BRACE.finditer(text):
        if found[0] == "{":
            opened.append(found.start())
        elif opened:
            ends[opened.pop()] = found.end()
    return ends
