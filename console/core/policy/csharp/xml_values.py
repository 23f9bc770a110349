"""XML as System.Xml.Linq holds it: elements, attributes, names and the text between them, read from a text.

White space between elements is dropped, as XElement.Parse and Load do when they are not told otherwise. A document type
is not read: what it declares could change and enlarge everything.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_values import MAX_PARTS, MAX_TEXT

MOST_NESTED = 150
_XMLNS, _XML = "http://www.w3.org/2000/xmlns/", "http://www.w3.org/XML/1998/namespace"
_EXPANDED = re.compile(r"(?:\{([^{}]++)\})?+([A-Za-z_][A-Za-z0-9_.-]*+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class XNamespace:
    uri: str


@dataclass(frozen=True, slots=True)
class XName:
    local: str
    uri: str = ""


@dataclass(slots=True, eq=False)
class XAttribute:
    name: XName
    value: str
    parent: "XElement | None" = None
    is_declaration: bool = False


@dataclass(slots=True, eq=False)
class XElement:
    """`nodes`: elements and texts in their order. `has_blanks`: white space between its elements was dropped."""

    name: XName
    attributes: list[XAttribute] = field(default_factory=list)
    nodes: list["XElement | str"] = field(default_factory=list)
    parent: "XElement | None" = None
    has_blanks: bool = False

    @property
    def elements(self) -> list["XElement"]:
        return [node for node in self.nodes if isinstance(node, XElement)]


@dataclass(slots=True, eq=False)
class XDocument:
    root: XElement


def name_of(value: Any) -> XName:
    """A name, also of the text `{namespace}local` that C# converts."""
    if isinstance(value, XName):
        return value
    found = _EXPANDED.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise NotKnown("this name of an element")
    return XName(found[2], found[1] or "")


def parse_xml(text: str) -> XElement:
    """The root; raises Thrown for what is no XML."""
    if len(text) > MAX_TEXT or text.count("<") > MAX_PARTS:
        raise NotKnown("XML of this length")
    reader = _Reader()
    try:
        reader.parser.Parse(text.encode(), True)
    except expat.ExpatError:
        raise Thrown("XmlException") from None
    except UnicodeEncodeError:
        raise NotKnown("half a letter in XML") from None
    if reader.root is None:
        raise Thrown("XmlException")
    return reader.root


class _Reader:
    """What the parser calls while it reads one text."""

    def __init__(self) -> None:
        self.root: XElement | None = None
        self._open: list[XElement] = []
        self._scopes: list[dict[str, str]] = [{"xml": _XML}]
        self._texts: list[str] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.ordered_attributes = True
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._texts.append
        self.parser.StartDoctypeDeclHandler = _no_doctype
        self.parser.XmlDeclHandler = _only_first_version
        self.parser.EndCdataSectionHandler = self._end_quoted
        for name in ("CommentHandler", "ProcessingInstructionHandler", "StartCdataSectionHandler"):
            setattr(self.parser, name, self._more)

    def _start(self, name: str, given: list[str]) -> None:
        if len(self._open) >= MOST_NESTED:
            raise NotKnown("XML nested this deeply")
        self._put_text()
        pairs = list(zip(given[::2], given[1::2], strict=True))
        declared = {key.partition(":")[2]: uri for key, uri in pairs if key == "xmlns" or key.startswith("xmlns:")}
        scope = {**self._scopes[-1], **declared} if declared else self._scopes[-1]
        self._scopes.append(scope)
        made = XElement(_named(name, scope, is_attribute=False), parent=self._open[-1] if self._open else None)
        made.attributes = [_attribute(key, value, scope, made) for key, value in pairs]
        if self._open:
            self._open[-1].nodes.append(made)
        else:
            self.root = made
        self._open.append(made)

    def _end(self, _: str) -> None:
        self._put_text()
        self._open.pop()
        self._scopes.pop()

    def _more(self, *_: Any) -> None:
        self._put_text()

    def _end_quoted(self) -> None:
        """A CDATA section is text, though it were blank."""
        if self._open and self._texts:
            self._open[-1].nodes.append("".join(self._texts))
        self._texts.clear()

    def _put_text(self) -> None:
        text = "".join(self._texts)
        self._texts.clear()
        if not self._open or not text:
            return
        if text.strip(" \t\r\n"):
            self._open[-1].nodes.append(text)
        else:
            self._open[-1].has_blanks = True


def _no_doctype(*_: Any) -> None:
    raise NotKnown("XML with a document type")


def _only_first_version(version: str, *_: Any) -> None:
    if version != "1.0":
        raise NotKnown("XML of another version")


def _named(name: str, scope: dict[str, str], *, is_attribute: bool) -> XName:
    prefix, colon, local = name.rpartition(":")
    if not colon:
        return XName(local, "" if is_attribute else scope.get("", ""))
    if not local or ":" in prefix or prefix not in scope:
        raise Thrown("XmlException")
    return XName(local, scope[prefix])


def _attribute(name: str, value: str, scope: dict[str, str], parent: XElement) -> XAttribute:
    if name == "xmlns" or name.startswith("xmlns:"):
        local = name.partition(":")[2]
        return XAttribute(XName(local, _XMLNS) if local else XName("xmlns"), value, parent, is_declaration=True)
    return XAttribute(_named(name, scope, is_attribute=True), value, parent)
