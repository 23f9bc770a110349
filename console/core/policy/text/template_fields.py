"""Fields of a template that nobody has filled in: `{tenant-id}`, `${tenant}`, `#{tenant}#`, `<tenant>`, YOUR_TENANT_ID.

They are read as named values, `{{tenant-id}}`: no value, but something to be given. Only where a policy demands
something of the caller: elsewhere a text with braces may be meant as it stands. The marks of Terraform, Bicep and
release pipelines, `${tenant}` and `#{tenant}#`, mean nothing else in expressions and in what policies put into
variables and headers, so they are read there too.
"""

import operator
import re
from dataclasses import replace

from console.core.compare import is_guid
from console.core.policy.text.element import Element

_NAME = r"[A-Za-z][\w .:/'-]{0,79}?"
_MARKED = re.compile(
    rf"\$\{{\s*+(?P<dollar>{_NAME})\s*\}}|#\{{\s*+(?P<hash>{_NAME})\s*\}}#?|\$\((?P<devops>{_NAME})\)"
    rf"|(?<![{{$#])\{{\s*+(?P<brace>{_NAME})\s*\}}(?!\}})|(?<!\w)<\s*+(?P<angle>{_NAME})\s*>"
    r"|\[\s*+(?P<square>your[\w .-]{0,79}?)\s*\]|__(?P<under>[a-z][a-z0-9.-]*+(?:_[a-z0-9.-]++)*+)__"
    r"|%(?P<percent>[a-z][a-z0-9]*+(?:[_-][a-z0-9]++)++)%",
    re.I,
)
_SURE = re.compile(rf"\$\{{\s*+({_NAME})\s*\}}|#\{{\s*+({_NAME})\s*\}}#", re.I)
_BARE_WORD = re.compile(
    r"(?:your|insert|enter|add|put)[-_](?:[a-z0-9]+[-_])*(?:id|guid|tenant|tenantid|client|clientid|app|appid|api|domain"
    r"|name|uri|url|audience|org|organi[sz]ation|issuer|here)"
    r"|replace[-_]?(?:me|this|with[-_\w]*)|change[-_]?me|to[-_]?do|x{4,}(?:-x+)*|0{8}(?:-0{4}){3}-0{12}",
    re.I,
)
_UPPER_WORD = re.compile(r"(?!B2C_)[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)+")
_UPPER_PARTS = re.compile(r"[A-Z0-9]+(?:[_-][A-Z0-9]+)+")
_OF_SOMETHING = frozenset({"TENANT", "CLIENT", "APP", "APPLICATION", "API", "RESOURCE", "AUDIENCE"})
_IDENTIFYING = frozenset({"ID", "GUID", "URI", "AUDIENCE", "HERE"})
_LONGEST = 100  # characters: no field without marks is longer
_SEGMENTS = re.compile(r"([/?#&=]+)")
_OF_ENTRA = re.compile(
    r"https://(?:login\.microsoftonline\.(?:com|us)|login\.windows\.net|sts\.windows\.net|"
    r"login\.partner\.microsoftonline\.cn)/"
)
_NO_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_UPPER_HINT = re.compile(r"[A-Z0-9][_-][A-Z]")
_WORDS = ("your", "insert", "enter", "add", "put", "replace", "change", "todo", "to-do", "to_do", "xxxx", "00000000")
_SIGNS_OF_SOURCE = ("{", "&lt;", "$", "[", "__", "%")
_SIGNS = ("{", "<", "$", "[", "__", "%")
_POLICIES = frozenset({
    "validate-jwt", "validate-azure-ad-token", "check-header", "ip-filter", "validate-client-certificate",
})  # fmt: skip
_SETTING = frozenset({"set-variable", "set-header", "set-query-parameter", "when"})
_HOLES = ('$"', '$@"', '@$"')  # of a text in which ${name} is a dollar and the value of an expression
_AS_WRITTEN = frozenset({"failed-validation-error-message", "failed-check-error-message", "separator", "name", "id"})
_ID_CLAIMS = frozenset({"tid", "azp", "appid", "oid", "sub", "aud", "client_id", "cid"})


def may_hold_fields(source: str) -> bool:
    """Whether a document's text needs to be looked through for fields."""
    return any(sign in source for sign in _SIGNS_OF_SOURCE) or _hints(source)


def holds_field(text: str) -> bool:
    """Whether a text waits for what a template puts in: `${tenant}` or `#{tenant}#`, which mean nothing else."""
    return "{" in text and _SURE.search(text) is not None


def with_fields(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """The policies, the fields in what they demand of a call read as named values."""
    return tuple(map(_walked, elements))


def _hints(text: str) -> bool:
    """Whether a field without marks may stand in it."""
    lowered = text.lower()
    return any(word in lowered for word in _WORDS) or _UPPER_HINT.search(text) is not None


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
    attributes = tuple((name, _sure(value)) for name, value in element.attributes)
    children = tuple(
        replace(child, text=_sure(child.text)) if child.name == "value" and _has_sure(child.text) else child
        for child in element.children
    )
    if attributes == element.attributes and all(map(operator.is_, children, element.children)):
        return element
    return replace(element, attributes=attributes, children=children)


def _has_sure(text: str) -> bool:
    return "{" in text and ("${" in text or "#{" in text) and not any(one in text for one in _HOLES)


def _sure(text: str) -> str:
    return _SURE.sub(lambda found: _as_named(found[1] or found[2]), text) if _has_sure(text) else text


def _filled(element: Element, claim: str) -> Element:
    """`claim` is the name of the required claim that the element belongs to."""
    inner = (element.attribute("name") or "") if element.name == "claim" else claim
    attributes = tuple(
        (name, value if name in _AS_WRITTEN else _named(value, _kind(element.name, name, claim)))
        for name, value in element.attributes
    )
    children = tuple(_filled(child, inner) for child in element.children)
    text = _sure(element.text) if element.name == "key" else _named(element.text, _kind(element.name, "", claim))
    if (attributes, text, children) == (element.attributes, element.text, element.children):
        return element
    return replace(element, attributes=attributes, text=text, children=children)


def _kind(name: str, attribute: str, claim: str) -> str:
    """What belongs there: an `id` (a GUID), a `url`, an `audience`, or any text ("")."""
    if attribute in ("tenant-id", "certificate-id") or name == "application-id" or claim in _ID_CLAIMS - {"aud"}:
        return "id"
    if attribute == "url" or name == "issuer" or claim == "iss":
        return "url"
    return "audience" if name == "audience" or claim == "aud" else ""


def _named(text: str, kind: str) -> str:
    """The text with each field in it as a named value."""
    if not text or text.startswith("@"):
        return _sure(text)
    if any(sign in text for sign in _SIGNS):
        marked = _MARKED.sub(lambda found: _as_named(found[found.lastgroup or 0]), text)
        if marked != text:
            return marked
    if not kind or not _hints(text):
        return text
    is_entra = _OF_ENTRA.match(text) is not None
    parts = _SEGMENTS.split(text)
    return "".join(_as_named(one) if _is_bare(one, kind, is_entra=is_entra) else one for one in parts)


def _is_bare(word: str, kind: str, *, is_entra: bool) -> bool:
    """Whether a whole part of an address, or a whole text, is a field without marks around it."""
    if len(word) > _LONGEST:
        return False
    first = word.partition(".")[0] if kind == "url" else word
    if _BARE_WORD.fullmatch(word) or (
        first != word and _BARE_WORD.fullmatch(first) and first.lower().startswith("your")
    ):
        return True
    if is_guid(word):
        return False
    if kind == "id" or is_entra:
        return _UPPER_WORD.fullmatch(word) is not None
    return _is_upper_id(word)


def _is_upper_id(word: str) -> bool:
    """Whether it is written as TENANT_ID or MY-API-AUDIENCE is."""
    if word.startswith("B2C_") or _UPPER_PARTS.fullmatch(word) is None:
        return False
    *before, last = word.replace("-", "_").split("_")
    return last in _IDENTIFYING and not _OF_SOMETHING.isdisjoint(before)


def _as_named(field: str) -> str:
    return f"{{{{{_NO_NAME.sub('-', field.strip()).strip('-')}}}}}"
