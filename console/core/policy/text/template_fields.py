"""Fields of a template that nobody has filled in: `{tenant-id}`, `${tenant}`, `#{tenant}#`, `<tenant>`, YOUR_TENANT_ID.

They are read as named values, `{{tenant-id}}`: no value, but something to be given. Only where a policy demands
something of the caller: elsewhere a text with braces may be meant as it stands. The marks of Terraform, Bicep and
release pipelines, `${tenant}` and `#{tenant}#`, mean nothing else in expressions and in what policies put into
variables and headers, so they are read there too.
"""

import operator
from dataclasses import replace

from console.core.policy.text.element import Element
from console.core.policy.text.template_words import has_sure, with_marked, with_named, with_sure

_POLICIES = frozenset({
    "validate-jwt", "validate-azure-ad-token", "check-header", "ip-filter", "validate-client-certificate",
})  # fmt: skip
_SETTING = frozenset({"set-variable", "set-header", "set-query-parameter", "when"})
_AS_WRITTEN = frozenset({"failed-validation-error-message", "failed-check-error-message", "separator", "id"})
_ID_CLAIMS = frozenset({"tid", "azp", "appid", "oid", "sub", "client_id", "cid"})


def with_fields(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """The policies, the fields in what they demand of a call read as named values."""
    return tuple(map(_walked, elements))


def _walked(element: Element) -> Element:
    if element.name in _POLICIES:
        return _filled(element, "")
    if element.name in _SETTING:
        element = _set_by(element)
    if not element.children:
        return element
    children = tuple(map(_walked, element.children))
    if all(map(operator.is_, children, element.children)):
        return element
    return replace(element, children=children)


def _set_by(element: Element) -> Element:
    """A condition, or what a policy sets, the fields in it read as named values."""
    attributes = tuple((name, with_sure(value)) for name, value in element.attributes)
    children = tuple(
        replace(child, text=with_sure(child.text)) if child.name == "value" and has_sure(child.text) else child
        for child in element.children
    )
    if attributes == element.attributes and all(map(operator.is_, children, element.children)):
        return element
    return replace(element, attributes=attributes, children=children)


def _filled(element: Element, claim: str) -> Element:
    """`claim` is the name of the required claim that the element belongs to."""
    inner = (element.attribute("name") or "") if element.name == "claim" else claim
    attributes = tuple(
        (name, value if name in _AS_WRITTEN else _read(value, element.name, name, claim))
        for name, value in element.attributes
    )
    children = tuple(_filled(child, inner) for child in element.children)
    text = _read(element.text, element.name, "", claim)
    if (attributes, text, children) == (element.attributes, element.text, element.children):
        return element
    return replace(element, attributes=attributes, text=text, children=children)


def _read(text: str, name: str, attribute: str, claim: str) -> str:
    if attribute == "name":  # of a claim or a header: any word may be one
        return with_marked(text, "")
    if name == "key" and not attribute and text.replace("_", "a").isalnum():  # a key may hold two underscores
        return text
    return with_named(text, _kind(name, attribute, claim), claim)


def _kind(name: str, attribute: str, claim: str) -> str:
    """What belongs there: see `template_words`."""
    if attribute == "tenant-id":
        return "tenant"
    if name == "application-id":
        return "client"
    if attribute == "certificate-id" or claim in _ID_CLAIMS:
        return "id"
    if attribute == "url" or name == "issuer" or claim == "iss":
        return "url"
    return "audience" if name == "audience" or claim == "aud" else ""
