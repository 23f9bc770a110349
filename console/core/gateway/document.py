"""A policy text as a tree: whole documents, one section, a fragment, or one bare element, as people paste them."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element as XmlElement
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

MAX_POLICY_CHARS = 8_000_000
MAX_DEPTH = 100
SECTIONS = ("inbound", "backend", "outbound", "on-error")


@dataclass(frozen=True, slots=True)
class Element:
    """One XML element. `text` is its own text with the white space around it removed; comments are left out."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Element", ...] = ()
    text: str = ""

    def attribute(self, name: str) -> str | None:
        return dict(self.attributes).get(name)

    def child(self, name: str) -> "Element | None":
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> tuple["Element", ...]:
        return tuple(child for child in self.children if child.name == name)


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """The policies of each section, in document order. `is_whole` is false for a fragment or a bare element."""

    inbound: tuple[Element, ...] = ()
    backend: tuple[Element, ...] = ()
    outbound: tuple[Element, ...] = ()
    on_error: tuple[Element, ...] = ()
    is_whole: bool = True

    def walk(self) -> Iterator[Element]:
        """Every element of the inbound section, outermost first."""
        pending = list(self.inbound)
        while pending:
            element = pending.pop(0)
            yield element
            pending[:0] = element.children


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """Why the text is no policy. `code` is empty, too-large, unsafe or not-xml; `line` counts from 1, None if
    unknown.
    """

    code: str
    what: str
    do: str
    line: int | None = None


def read_policy(text: str) -> PolicyDocument | PolicyProblem:
    """The document in a pasted policy text; never raises. A bare element counts as a policy of the inbound section."""
    cleaned = text.strip().strip("\ufeff").strip()
    if not cleaned:
        return PolicyProblem("empty", "There is no policy text.", "Paste the policy document of the API.")
    if len(cleaned) > MAX_POLICY_CHARS:
        return PolicyProblem(
            "too-large",
            f"The text has {len(cleaned)} characters; at most {MAX_POLICY_CHARS} are read.",
            "Paste only the policy document.",
        )
    try:
        return _document(_parse(cleaned))
    except DefusedXmlException:
        return PolicyProblem(
            "unsafe",
            "The text declares a document type or entities, which a policy never needs.",
            "Remove the DOCTYPE and paste the policy again.",
        )
    except (ParseError, ValueError) as error:
        line = error.position[0] if isinstance(error, ParseError) else None
        where = f" near line {line}" if line else ""
        return PolicyProblem(
            "not-xml",
            f"The text cannot be read as a policy document{where}.",
            "Check that every element is closed and that the text was copied whole.",
            line,
        )


def _parse(text: str) -> Element:
    try:
        return _element(fromstring(text, forbid_dtd=True))
    except ParseError as error:
        if "junk after document element" not in str(error):
            raise
    return _element(fromstring(f"<inbound>{text}</inbound>", forbid_dtd=True))


def _element(node: XmlElement, depth: int = 0) -> Element:
    if depth > MAX_DEPTH:
        raise ValueError("nested too deeply")
    children = tuple(_element(child, depth + 1) for child in node if isinstance(child.tag, str))
    own_text = (node.text or "") + "".join(child.tail or "" for child in node)
    return Element(_local(node.tag), tuple(node.attrib.items()), children, own_text.strip())


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _document(root: Element) -> PolicyDocument:
    if root.name == "policies":
        found = {name: _section(root, name) for name in SECTIONS}
        return PolicyDocument(found["inbound"], found["backend"], found["outbound"], found["on-error"])
    if root.name in SECTIONS:
        return PolicyDocument(**{root.name.replace("-", "_"): root.children}, is_whole=False)
    if root.name == "fragment":
        return PolicyDocument(inbound=root.children, is_whole=False)
    return PolicyDocument(inbound=(root,), is_whole=False)


def _section(root: Element, name: str) -> tuple[Element, ...]:
    return tuple(policy for section in root.all(name) for policy in section.children)
