"""Values of a policy with white space around them in its text: it is left out here, and that is not confirmed."""

from collections.abc import Iterator

from msgspec.structs import replace

from console.core.policy.engine.model import GatewayCheck, Outcome, Warned, unsettled
from console.core.policy.text.element import Element
from console.core.policy.token.outcome import Judgement

_LISTS = (
    ("audiences", "audience", "audience"),
    ("issuers", "issuer", "issuer"),
    ("client-application-ids", "application-id", "client-application"),
    ("backend-application-ids", "application-id", "backend-application"),
)


def with_padding(element: Element, judged: Judgement) -> Judgement:
    """The judgement of a token policy, with a word where a check passes by such a value alone. Rules are shared by
    elements that differ in nothing else, so this looks at the element itself.
    """
    if not element.holds_padding:
        return judged
    return replace(judged, warnings=(*judged.warnings, *_warnings(element, judged.checks)))


def _warnings(element: Element, checks: tuple[GatewayCheck, ...]) -> tuple[Warned, ...]:
    met = {check.check: _parts(check) for check in checks if check.outcome is Outcome.PASS}
    found = [*_of_lists(element, met), *_of_claims(element, met)]
    if not found:
        return ()
    names = ", ".join(dict.fromkeys(found))
    text = f"In the policy's text there is white space around what it wants ({names}); nobody has confirmed"
    return (unsettled(f"{text} that the gateway leaves it out."),)


def _parts(check: GatewayCheck) -> frozenset[str]:
    return frozenset((check.actual or "").split(", "))


def _of_lists(element: Element, met: dict[str, frozenset[str]]) -> Iterator[str]:
    for block, item, check in _LISTS:
        if check in met and (listed := element.child(block)) is not None:
            items = listed.all(item)
            padded, plain = _texts(items, is_padded=True), _texts(items, is_padded=False)
            if met[check] & padded and not met[check] & plain:
                yield item


def _of_claims(element: Element, met: dict[str, frozenset[str]]) -> Iterator[str]:
    block = element.child("required-claims")
    for claim in block.all("claim") if block is not None else ():
        name = claim.attribute("name") or ""
        texts = met.get(f"required-claim:{name}")
        if texts is None:
            continue
        values = claim.all("value")
        padded, plain = _texts(values, is_padded=True), _texts(values, is_padded=False)
        if texts & padded and not (claim.attribute("match") == "any" and texts & plain):
            yield f"claim {name}"


def _texts(items: tuple[Element, ...], *, is_padded: bool) -> frozenset[str]:
    return frozenset(item.text for item in items if item.is_padded is is_padded)
