"""The gateway: policy elements it obeys, what is unwise in a policy, and behaviour that nobody has confirmed."""

from collections.abc import Iterator

from console.core.policy.engine.switches import SWITCHES, Switch
from console.core.policy.lint import EXPLAINED
from console.core.policy.lint.base import Explained
from console.core.policy.policies import POLICIES
from console.core.policy.policies.base import Policy
from console.core.policy.policies.shapes import Attribute, Child, ElementShape
from console.core.policy.text.document import SECTIONS
from console.core.reference.entry import EntryKind, Fact, FactLine, ReferenceEntry, fact, slug_of


def elements() -> tuple[ReferenceEntry, ...]:
    return tuple(map(_element, POLICIES))


def warnings() -> tuple[ReferenceEntry, ...]:
    return tuple(map(_warning, EXPLAINED.values()))


def readings() -> tuple[ReferenceEntry, ...]:
    return tuple(map(_reading, SWITCHES))


def _element(policy: Policy) -> ReferenceEntry:
    return ReferenceEntry(
        EntryKind.POLICIES,
        slug_of(policy.name),
        policy.name,
        policy.title,
        _does(policy),
        facts=(
            *fact("Element", f"<{policy.name}>", is_code=True),
            *fact("Does", _does(policy)),
            *fact("Sections", *(policy.sections if policy.sections != SECTIONS else ("all",))),
            *_attributes(policy.shape),
            *_children(policy.shape),
        ),
        sources=(policy.source,),
        group="Turns callers away or answers them"
        if policy.may_refuse or policy.answers or _judges(policy)
        else "Others",
    )


def _judges(policy: Policy) -> bool:
    return policy.name.startswith(("validate-", "check-"))


def _does(policy: Policy) -> str:
    if policy.answers:
        return "It ends every call that reaches it with an answer of its own."
    if policy.name in ("validate-jwt", "validate-azure-ad-token"):
        return "It turns a caller away for its token."
    if policy.may_refuse:
        return "It may turn a caller away for what it sends."
    if policy.run is None or policy.holds_policies:
        return "It steers which policies run."
    return "It turns nobody away."


def _attributes(shape: ElementShape | None) -> tuple[Fact, ...]:
    lines = tuple(FactLine(one.name, _wanted(one)) for one in shape.attributes) if shape else ()
    return (Fact("Attributes", lines, is_code=True),) if lines else ()


def _wanted(attribute: Attribute) -> str:
    kind = f"one of {', '.join(attribute.choices)}" if attribute.choices else attribute.kind.value
    return f"{kind}; required" if attribute.is_required else kind


def _children(shape: ElementShape | None) -> tuple[Fact, ...]:
    lines = tuple(_inside(shape)) if shape else ()
    return (Fact("Elements in it", lines, is_code=True),) if lines else ()


def _inside(shape: ElementShape) -> Iterator[FactLine]:
    if shape.holds_policies:
        yield FactLine("…", "policies")
    for child in shape.children:
        yield FactLine(f"<{child.shape.name}>", _how_often(child))


def _how_often(child: Child) -> str:
    if child.most == 1:
        return "exactly one" if child.least == 1 else "at most one"
    least = f"at least {child.least}" if child.least else "as many as you like"
    return least if child.most is None else f"{least}, at most {child.most}"


def _warning(told: Explained) -> ReferenceEntry:
    return ReferenceEntry(
        EntryKind.WARNINGS,
        slug_of(told.code),
        told.code,
        told.title,
        told.why,
        facts=(
            *fact("Why it matters", told.why),
            *fact("What to do", told.do),
            *fact("Who", f"{told.who.words[:1].upper()}{told.who.words[1:]}."),
            *fact("Weight", "It decides about everybody, or exposes a secret." if told.is_decisive else ""),
        ),
        sources=("A reviewer’s rule of this console",),
    )


def _reading(switch: Switch) -> ReferenceEntry:
    said = {choice.value: choice.label for choice in switch.choices}
    lines = tuple(
        FactLine(f"{switch.question} {label}.", "taken for likeliest" if value == switch.default else "")
        for value, label in said.items()
    )
    return ReferenceEntry(
        EntryKind.READINGS,
        slug_of(switch.name),
        switch.name,
        f"{switch.question} …",
        f"This console takes it that … {said[switch.default]}.",
        facts=(Fact("Either", lines),),
        sources=(switch.source,),
        is_confirmed=False,
    )
