"""What is wrong with a text that is not well-formed XML, in words that name the place and never the content."""

import re
from dataclasses import dataclass
from xml.parsers.expat import errors

from console.core.policy.text.problem import PolicyProblem
from console.core.policy.text.unwrapping import unsafe

_TOO_LONG = 60
_NAME = re.compile(r"[A-Za-z_][\w.:-]*")
_DECLARES = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION|\[(?!CDATA\[))", re.I)
_ATTRIBUTES = re.compile(r"""\s([^\s=<>"'/]+)\s*=\s*(?:"[^"]*"|'[^']*'|(?=["']))""")
_CLOSING = re.compile(r"</([^\s<>/]*)")
_ENTITY = re.compile(r"&([A-Za-z]\w{0,30});")
_FIELD = re.compile(r"""(?<=["'/:=])<[A-Za-z][\w .'-]{0,60}>""")
_BARE = re.compile(r"""&[^\s;<>&"']*.?\Z""", re.S)
_OPENED_EXPRESSION = re.compile(r"""=\s*["']\s*@[({]|>\s*@[({]""")
CODES = errors.codes


@dataclass(frozen=True, slots=True)
class XmlFault:
    """Where an XML parser stopped: `offset` in `text`, with the names and lines of the elements open there."""

    code: int
    text: str
    offset: int
    inside: tuple[tuple[str, int], ...]
    line: int

    @property
    def begin(self) -> int:
        """Where the markup at the fault begins; the fault itself if it is in no markup."""
        at = self.text.rfind("<", max(0, self.offset - 100_000), self.offset + 1)
        return at if at >= 0 else self.offset

    @property
    def is_at_end(self) -> bool:
        return self.offset >= len(self.text)


def explained(fault: XmlFault) -> PolicyProblem:
    """The problem in a sentence, and what to do about it."""
    if _DECLARES.match(fault.text, fault.begin):
        return unsafe(fault.line)
    for applies in (_unfinished, _duplicate, _entity, _mismatch, _in_markup):
        if (found := applies(fault)) is not None:
            return PolicyProblem("not-xml", *found, fault.line)
    return PolicyProblem(
        "not-xml",
        f"The text cannot be read as XML at line {fault.line}.",
        'Check the marks < > & and " there, and that the text was copied whole.',
        fault.line,
    )


_Words = tuple[str, str]


def _unfinished(fault: XmlFault) -> _Words | None:
    opened = fault.text[fault.begin : fault.begin + 9]
    if fault.code == CODES[errors.XML_ERROR_UNCLOSED_CDATA_SECTION]:
        return "A CDATA section is never closed.", "Write ]]> where it ends."
    if opened.startswith("<!--") and fault.text.find("-->", fault.begin + 4) < 0:
        return f"A comment that begins at line {_line(fault)} is never closed.", "Write --> where it ends."
    if not fault.is_at_end and fault.code != CODES[errors.XML_ERROR_UNCLOSED_TOKEN]:
        return None
    if opened.startswith("<") and ">" not in fault.text[fault.begin :]:
        return "The text ends in the middle of a tag.", "Copy the text whole, to its last character."
    return _missing_end(fault)


def _missing_end(fault: XmlFault) -> _Words | None:
    if not fault.inside:
        return None
    name, line = fault.inside[-1]
    outer = [shown(one) for one, _ in fault.inside[:-1]]
    around = f" So are {', '.join(reversed(outer[-5:]))}." if outer else ""
    return (
        f"The text ends while {shown(name)} of line {line} is still open.{around}",
        f"Write </{name}> where it ends, or copy the text whole." if _is_short(name) else "Copy the text whole.",
    )


def _duplicate(fault: XmlFault) -> _Words | None:
    if fault.code != CODES[errors.XML_ERROR_DUPLICATE_ATTRIBUTE]:
        return None
    names = [found[1] for found in _ATTRIBUTES.finditer(fault.text, fault.begin, fault.offset + 200)]
    doubled = next((name for name in names if names.count(name) > 1), "")
    which = f"attribute {doubled}" if _is_short(doubled) else "same attribute"
    return f"The {which} stands twice in one element.", "Keep one of them."


def _entity(fault: XmlFault) -> _Words | None:
    found = _ENTITY.match(fault.text, fault.offset)
    if found is None:
        found = (
            _ENTITY.search(fault.text, fault.offset) if fault.code == CODES[errors.XML_ERROR_UNDEFINED_ENTITY] else None
        )
    if found is not None:
        return f"&{found[1]}; is no entity of XML.", "Write the character itself, or &amp; for an & that is meant so."
    if fault.code == CODES[errors.XML_ERROR_BAD_CHAR_REF]:
        return "A character reference (&#…;) names a character that XML does not allow.", "Remove it."
    if _BARE.search(fault.text[max(0, fault.offset - 40) : fault.offset + 1]):
        return "There is an & that begins no entity.", "Write &amp; for it."
    return None


def _mismatch(fault: XmlFault) -> _Words | None:
    if fault.code != CODES[errors.XML_ERROR_TAG_MISMATCH]:
        return None
    closing = _CLOSING.match(fault.text, fault.begin)
    name = closing[1] if closing else ""
    if not fault.inside:
        return _never_opened(name)
    open_name, open_line = fault.inside[-1]
    return (
        f"{shown(name)} is closed while {shown(open_name)} of line {open_line} is still open.",
        f"Close {shown(open_name)} first, or remove the closing tag.",
    )


def never_opened(name: str, line: int) -> PolicyProblem:
    return PolicyProblem("not-xml", *_never_opened(name), line)


def _never_opened(name: str) -> _Words:
    return f"{shown(name)} is closed but was never opened.", "Remove the closing tag, or copy the text whole."


def _in_markup(fault: XmlFault) -> _Words | None:
    opened = fault.text[fault.begin : fault.offset + 1]
    if opened.startswith("<!--"):
        return (
            "A comment holds two hyphens in a row, which XML does not allow.",
            "Write one of them, or a blank between.",
        )
    if _FIELD.match(fault.text, fault.begin) or _FIELD.match(fault.text, fault.offset):
        return (
            "A field of a template, a name in angle brackets, stands in an attribute.",
            "Write the real value in its place.",
        )
    if opened[-1:] in (".", "…") and opened[-2:-1].isspace():
        return (
            "A tag holds … where its attributes belong.",
            "Write the attributes in place of the dots, or remove the dots.",
        )
    if _OPENED_EXPRESSION.search(fault.text, max(0, fault.begin - 1000), fault.offset):
        return (
            "A policy expression that begins with @( or @{ is not closed, or cannot be told from the XML around it.",
            "Count its brackets and quotation marks, or write &quot; and &lt; in it.",
        )
    if any(mark in opened for mark in "“”„‘’«»"):
        return "The text holds typographic quotation marks in a tag.", 'Write plain ones: ".'
    if opened.endswith("<") or opened.count("<") > 1 or (opened.startswith("<") and opened[1].isspace()):
        return "There is a < that begins no tag, or a tag before it has no >.", "Write &lt; for it, or close the tag."
    if "=" in opened and '"' not in opened and "'" not in opened:
        return "An attribute's value stands without quotation marks.", 'Write them: name="value".'
    return None


def shown(name: str) -> str:
    """An element's name in angle brackets; something else that stood in its place is not repeated."""
    return f"<{name}>" if _is_short(name) else "an element"


def _is_short(name: str) -> bool:
    return len(name) <= _TOO_LONG and _NAME.fullmatch(name) is not None


def _line(fault: XmlFault) -> int:
    return fault.line - fault.text.count("\n", fault.begin, fault.offset)
