"""Members of what System.Xml.Linq reads: what policies ask of a body that is XML."""

from collections.abc import Callable, Iterator
from typing import Any

from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.values import Boxed, Sequence
from console.core.policy.csharp.xml_values import XAttribute, XDocument, XElement, XName, XNamespace, name_of

XML = (XElement, XAttribute, XDocument, XName, XNamespace)


def member(value: Any, name: str) -> Any:
    found = _MEMBERS.get((type(value), name))
    if found is None:
        raise NotKnown(f"{name} of {type(value).__name__}")
    return found(value)


def text_value(element: XElement) -> str:
    """Value: all text in it; where nothing but white space was dropped, that may be the value."""
    parts: list[str] = []
    waiting: list[XElement | str] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        if node.has_blanks:
            raise NotKnown("white space in XML as text")
        waiting += reversed(node.nodes)
    return "".join(parts)


_MEMBERS: dict[tuple[type, str], Callable[[Any], Any]] = {
    (XElement, "Name"): lambda value: value.name,
    (XElement, "Value"): text_value,
    (XElement, "Parent"): lambda value: value.parent,
    (XElement, "HasElements"): lambda value: bool(value.elements),
    (XElement, "HasAttributes"): lambda value: bool(value.attributes),
    (XAttribute, "Name"): lambda value: value.name,
    (XAttribute, "Value"): lambda value: value.value,
    (XAttribute, "Parent"): lambda value: value.parent,
    (XAttribute, "IsNamespaceDeclaration"): lambda value: value.is_declaration,
    (XDocument, "Root"): lambda value: value.root,
    (XName, "LocalName"): lambda value: value.local,
    (XName, "NamespaceName"): lambda value: value.uri,
    (XName, "Namespace"): lambda value: XNamespace(value.uri),
    (XNamespace, "NamespaceName"): lambda value: value.uri,
}


def call(value: Any, name: str, args: list[Any], _: list[str]) -> Any:
    args = [one.value if isinstance(one, Boxed) else one for one in args]
    if name == "ToString" and not args and isinstance(value, XName | XNamespace):
        return name_text(value)
    if name == "Equals" and len(args) == 1 and isinstance(value, XName | XNamespace):
        return type(args[0]) is type(value) and args[0] == value
    if isinstance(value, XDocument):
        return _of_document(value, name, args)
    if not isinstance(value, XElement):
        raise NotKnown(f"{name} of {type(value).__name__}")
    if name == "Attribute" and len(args) == 1:
        wanted = name_of(args[0])
        return next((one for one in value.attributes if one.name == wanted), None)
    if name == "Element" and len(args) == 1:
        wanted = name_of(args[0])
        return next((one for one in value.elements if one.name == wanted), None)
    if name in _AXES:
        return listed([value], name, args)
    return _namespace_call(value, name, args)


def _of_document(value: XDocument, name: str, args: list[Any]) -> Any:
    if name == "Element" and len(args) == 1:
        return value.root if value.root.name == name_of(args[0]) else None
    if name == "Elements":
        return _sequence([value.root], args)
    if name == "Descendants":
        return listed([value.root], "DescendantsAndSelf", args)
    raise NotKnown(f"{name} of XDocument")


def _namespace_call(value: XElement, name: str, args: list[Any]) -> Any:
    if name == "GetDefaultNamespace" and not args:
        return XNamespace(_declared(value, XName("xmlns")) or "")
    if name == "GetNamespaceOfPrefix" and len(args) == 1 and isinstance(args[0], str):
        uri = _declared(value, XName(str(args[0]), "http://www.w3.org/2000/xmlns/"))
        return None if uri is None else XNamespace(uri)
    raise NotKnown(f"{name} of XElement")


def _declared(element: XElement | None, name: XName) -> str | None:
    while element is not None:
        for one in element.attributes:
            if one.is_declaration and one.name == name:
                return one.value
        element = element.parent
    return None


def name_text(value: XName | XNamespace) -> str:
    if isinstance(value, XNamespace):
        return value.uri
    return f"{{{value.uri}}}{value.local}" if value.uri else value.local


def _descendants(element: XElement) -> Iterator[XElement]:
    """In the order of the document, without itself."""
    waiting = element.elements[::-1]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += one.elements[::-1]


def _and_self(element: XElement) -> Iterator[XElement]:
    yield element
    yield from _descendants(element)


def _ancestors(element: XElement) -> Iterator[XElement]:
    one = element.parent
    while one is not None:
        yield one
        one = one.parent


_AXES: dict[str, Callable[[XElement], Any]] = {
    "Elements": lambda element: element.elements,
    "Descendants": _descendants,
    "DescendantsAndSelf": _and_self,
    "Ancestors": _ancestors,
    "Attributes": lambda element: element.attributes,
}
OF_MANY = frozenset(_AXES)  # what System.Xml.Linq asks of many elements at once


def listed(elements: list[Any], axis: str, args: list[Any]) -> Sequence:
    """Elements(), Descendants() and their like, of one or of many elements."""
    if any(one is None for one in elements):
        raise Thrown("NullReferenceException")
    if not all(isinstance(one, XElement) for one in elements):
        raise NotKnown(f"{axis} of other than elements")
    return _sequence([one for element in elements for one in _AXES[axis](element)], args)


def _sequence(found: list[Any], args: list[Any]) -> Sequence:
    if args:
        wanted = name_of(args[0])
        found = [one for one in found if one.name == wanted]
    is_attribute = bool(found) and isinstance(found[0], XAttribute)
    return Sequence(found, "lazy", "XAttribute" if is_attribute else "XElement")


def cast_text(value: XElement | XAttribute) -> str:
    """What an explicit conversion of an element or attribute begins with."""
    return value.value if isinstance(value, XAttribute) else text_value(value)
