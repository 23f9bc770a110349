"""XML to elements with their places. Expat reads without recursion; a DOCTYPE or entity declaration stops it."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from console.core.policy.text.element import MAX_ELEMENTS, Element
from console.core.policy.text.mending import MendedText
from console.core.policy.text.problem import PolicyProblem
from console.core.policy.text.template_blocks import with_blocks
from console.core.policy.text.unwrapping import PastedPolicy, unsafe
from console.core.policy.text.xml_faults import XmlFault, explained, never_opened

MAX_DEPTH = 100
TOO_MANY = PolicyProblem(
    "too-large", f"The text has more than {MAX_ELEMENTS} elements.", "Paste only the policy document."
)

_AMONG_OTHER_TEXT = PolicyProblem(
    "not-xml",
    "There is other text before the first policy element, and the policy cannot be told from it.",
    "Paste the policy alone, from its first < to its last >.",
    1,
)
_ROOT = "pasted"
_START_TAG = re.compile(r"""<[^"'>]*+(?:"[^"]*+"[^"'>]*+|'[^']*+'[^"'>]*+)*+>""")
_MISC = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.S)

_SEEN = re.compile(r"\S")


class _Stop(Exception):
    """Reading ends here with a problem; expat has no other way to be stopped."""

    def __init__(self, problem: PolicyProblem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(slots=True)
class _Open:
    """An element whose end was not read yet. Places: `start` and `inner` in the mended text, `line` in the source."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    start: int = 0
    inner: int = 0
    line: int = 1
    is_empty_tag: bool = False
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)  # before which child each of the texts stands


class _Reader:
    """Builds the elements of one text while expat reads it. Offsets only grow, so each is converted in passing."""

    def __init__(self, mended: MendedText, pasted: PastedPolicy) -> None:
        self.mended, self.pasted = mended, pasted
        self.bytes = mended.text.encode()
        self.is_ascii = len(self.bytes) == len(mended.text)
        self.head = f"<{_ROOT}>".encode()
        self.stack = [_Open(_ROOT)]
        self.count = 0
        self.seen_byte = self.seen_char = 0
        self.counted, self.line = pasted.start, pasted.line_of(pasted.start)
        self.parser = self._parser()

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("UTF-8")
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.data
        parser.StartDoctypeDeclHandler = self.declared
        parser.EntityDeclHandler = self.declared
        parser.ExternalEntityRefHandler = self.declared
        return parser

    def read(self) -> tuple[Element, ...] | PolicyProblem:
        """The elements of the text. One that surrounds them makes several of them one document for expat."""
        try:
            self.parser.Parse(self.head, False)
            self.parser.Parse(self.bytes, False)
            self.parser.Parse(f"</{_ROOT}>".encode(), True)
        except _Stop as stop:
            return stop.problem
        except expat.ExpatError as error:
            return self._explain(error)
        root = self.stack[0]
        return self._stray(root) or tuple(root.children)

    def declared(self, *_: object) -> int:
        raise _Stop(unsafe(None))

    def start(self, name: str, attributes: list[str]) -> None:
        if not self.count:
            self.count = 1  # the surrounding element
            return
        self._limit()
        at = self._offset()
        tag = _START_TAG.match(self.mended.text, at)
        inner = tag.end() if tag else at
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        kept = tuple((key, value) for key, value in pairs if key != "xmlns" and not key.startswith("xmlns:"))
        line = self._line(self._origin(at))
        self.stack.append(_Open(name, kept, at, inner, line, self.mended.text[inner - 2] == "/"))

    def _limit(self) -> None:
        self.count += 1
        if len(self.stack) > MAX_DEPTH:
            line = self._line(self._origin(self._offset()))
            raise _Stop(
                PolicyProblem(
                    "too-deep",
                    f"The elements are nested more than {MAX_DEPTH} levels deep.",
                    "Check that every element is closed.",
                    line,
                )
            )
        if self.count > MAX_ELEMENTS + 1:
            raise _Stop(TOO_MANY)

    def end(self, name: str) -> None:
        if len(self.stack) == 1:
            self._last()
            return
        open_one = self.stack.pop()
        inner = None
        if open_one.is_empty_tag:
            end = open_one.inner
        else:
            at = self._offset()
            end = self.mended.text.find(">", at) + 1
            inner = (self._origin(open_one.inner), self._origin(at))
        span = (self._origin(open_one.start), self._origin(end))
        children, texts = open_one.children, open_one.texts
        if any("${" in one or "%{" in one for one in texts):
            numbered = list(zip(open_one.places, texts, strict=True))
            children, texts = with_blocks(name, children, numbered, open_one.line)
        written = "".join(texts)
        text = written.strip()
        is_padded = text != "" and len(text) != len(written)
        done = Element(name, open_one.attributes, tuple(children), text, open_one.line, span, inner, is_padded)
        self.stack[-1].children.append(done)

    def _last(self) -> None:
        """The surrounding element ends; a text that ends it by itself closes what it never opened."""
        at = self.parser.CurrentByteIndex - len(self.head)
        if at < len(self.bytes):
            line = self._line(self._origin(self._offset()))
            raise _Stop(never_opened(_ROOT, line))

    def data(self, text: str) -> None:
        self.stack[-1].texts.append(text)
        self.stack[-1].places.append(len(self.stack[-1].children))

    def _offset(self) -> int:
        """Where expat is, in characters of the mended text."""
        at = self.parser.CurrentByteIndex - len(self.head)
        if self.is_ascii:
            return at
        self.seen_char += len(self.bytes[self.seen_byte : at].decode())
        self.seen_byte = at
        return self.seen_char

    def _origin(self, offset: int) -> int:
        return self.pasted.start + self.mended.origin(offset)

    def _line(self, origin: int) -> int:
        self.line += self.pasted.source.count("\n", self.counted, origin)
        self.counted = origin
        return self.line

    def _explain(self, error: expat.ExpatError) -> PolicyProblem:
        at = min(max(self.parser.ErrorByteIndex - len(self.head), 0), len(self.bytes))
        offset = len(self.bytes[:at].decode(errors="ignore"))
        line = self.pasted.line_of(self._origin(offset))
        inside = tuple((one.name, one.line) for one in self.stack[1:])
        problem = explained(XmlFault(error.code, self.mended.text, offset, inside, line))
        is_told = problem.code != "not-xml" or self.mended.text.startswith("<") or "<policies" in self.mended.text
        return problem if is_told else _AMONG_OTHER_TEXT

    def _stray(self, root: _Open) -> PolicyProblem | None:
        """Text outside of the elements: the paste is no policy, or more than one."""
        if not "".join(root.texts).strip():
            if root.children:
                return None
            return PolicyProblem("empty", "The text holds comments only.", "Paste the policy document of the API.")
        if not root.children:
            what, do = "The text is not XML: it has no element.", "Paste the policy document, which begins with <."
            return PolicyProblem("not-xml", what, do, self.pasted.line_of(self.pasted.start))
        return PolicyProblem(
            "not-xml",
            "There is text outside of the policy elements.",
            "Paste the policy alone, without what stands around it.",
            self._stray_line(root.children),
        )

    def _stray_line(self, children: list[Element]) -> int | None:
        source, at = self.pasted.source, self.pasted.start
        for begin, end in (*(child.span for child in children), (self.pasted.end, self.pasted.end)):
            # Blanked out in place: what is left stands where it stood.
            gap = _MISC.sub(lambda found: _SEEN.sub(" ", found.group()), source[at:begin])
            if gap.strip():
                return self.pasted.line_of(at + len(gap) - len(gap.lstrip()))
            at = end
        return None


def parse(mended: MendedText, pasted: PastedPolicy) -> tuple[Element, ...] | PolicyProblem:
    """The elements of a text, one or several; `mended` is the text of `pasted` as an XML parser is to read it."""
    return _Reader(mended, pasted).read()
