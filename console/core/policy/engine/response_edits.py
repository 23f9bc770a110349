"""What set-status, set-header and set-body do to an answer: in return-response, and in the on-error section."""

from msgspec.structs import replace

from console.core.exchange import Header
from console.core.policy.engine.answers import GatewayAnswer
from console.core.policy.engine.exists_action import applied
from console.core.policy.text.document import Element
from console.core.policy.token.matching import is_placeholder
from console.core.whole_number import whole_number

EDITS = ("set-status", "set-header", "set-body")


def edited(answer: GatewayAnswer, element: Element) -> GatewayAnswer:
    """The answer after one of these elements; any other leaves it as it is. What nobody knows becomes None."""
    if element.name == "set-status":
        return replace(answer, status=_code(element), reason_phrase=_known(element.attribute("reason") or "") or "")
    if element.name == "set-body":
        return replace(answer, body=_body(element))
    if element.name == "set-header":
        return replace(answer, headers=_headers(answer.headers, element))
    return answer


def edited_by_all(answer: GatewayAnswer, parent: Element) -> GatewayAnswer:
    """The answer after all children of an element, in order."""
    for child in parent.children:
        answer = edited(answer, child)
    return answer


def _code(element: Element) -> int | None:
    text = (element.attribute("code") or "").strip()
    return whole_number(text, digits=3) if len(text) == 3 else None


def _body(element: Element) -> str | None:
    """A liquid template and a computed body are written at run time; a body of elements is not rebuilt here."""
    is_template = element.attribute("template") == "liquid" and ("{{" in element.text or "{%" in element.text)
    return None if element.children or is_template else _known(element.text)


def _known(text: str) -> str | None:
    return None if is_placeholder(text) else text


def _headers(headers: tuple[Header, ...], element: Element) -> tuple[Header, ...]:
    """A value that nobody knows stands as its expression, so that the header itself is not forgotten."""
    name = element.attribute("name") or ""
    before = tuple(value for key, value in headers if key.lower() == name.lower())
    others = tuple(pair for pair in headers if pair[0].lower() != name.lower())
    return others + tuple((name, " ".join(value.split())) for value in applied(element, before) if name)
