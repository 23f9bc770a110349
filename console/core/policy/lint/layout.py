"""Where things stand in the text, and what is not in it."""

import re
from collections import Counter
from collections.abc import Iterator

from console.core.json.text import UNSEEN
from console.core.policy.lint.base import Ground, Remark, listed, rule
from console.core.policy.lint.places import CONTAINERS, texts_of
from console.core.policy.policies import BY_NAME
from console.core.policy.text.expressions import NAMED_VALUE
from console.core.policy.text.template_blocks import DIRECTIVE
from console.core.policy.token.matching import is_literal
from console.core.policy.token.token_policy import JWT, TokenPolicy

SEQUENCE = (
    "openid-config",
    "issuer-signing-tokens",
    "issuer-signing-keys",
    "decryption-keys",
    "audiences",
    "issuers",
    "required-claims",
)
_NAMED_ATTRIBUTES = ("header-name", "query-parameter-name", "require-scheme", "tenant-id", "authentication-endpoint")
_INVISIBLE = re.compile(f"[\t\n]|{UNSEEN.pattern}")
_QUOTED = re.compile(r"^[\"'`“”‘’]|[\"'`“”‘’]$")


@rule(
    "hidden-scope",
    "Policies of parent scopes",
    why="The base element runs policies of the global, product or API scope, which may refuse a call, too.",
    do="Paste the effective policy of the operation to see all of them.",
    is_commonplace=True,
)
def hidden_scope(ground: Ground) -> Iterator[Remark]:
    for place in ground.places_in("inbound"):
        if place.name == "base":
            text = "Policies of parent scopes run here, too, but are not in this text."
            yield Remark(text, place.path)


@rule(
    "hidden-fragment",
    "Policies in a fragment",
    why="A fragment may hold a token policy or refuse a call, and its text is not here.",
    do="Add the fragment's text.",
    is_decisive=True,
)
def hidden_fragment(ground: Ground) -> Iterator[Remark]:
    for place in ground.places:
        if place.name == "include-fragment":
            name = place.element.attribute("fragment-id") or "without a name"
            text = f"The policies of the fragment {listed([name])} are not in this text."
            yield Remark(text, place.path)


@rule(
    "wrong-section",
    "Policy in the wrong section",
    why="Elsewhere than documented it comes too late to keep a caller out, or the gateway does not store it.",
    do="Move it to a section that it is documented for.",
)
def wrong_section(ground: Ground) -> Iterator[Remark]:
    for place in ground.places:
        policy = BY_NAME.get(place.name)
        if policy is not None and place.section not in policy.belongs_in:
            where = listed(policy.belongs_in)
            sections = "section" if len(policy.belongs_in) == 1 else "sections"
            text = f"{place.name} is documented for the {where} {sections} only; here it stands in {place.section}."
            yield Remark(text, place.path)


@rule(
    "unknown-attribute",
    "Attribute not known",
    why="An attribute that the gateway does not know is a misspelling, or newer than what is known here.",
    do="Check the spelling in the vendor's reference.",
)
def unknown_attribute(ground: Ground) -> Iterator[Remark]:
    """Of policies whose attributes are not all published in a schema: those of the others are refused."""
    for place in ground.places:
        policy = BY_NAME.get(place.name)
        if policy is None or policy.shape is None or not policy.shape.takes_more:
            continue
        known = {attribute.name for attribute in policy.shape.attributes}
        if unknown := [name for name, _ in place.element.attributes if name not in known]:
            yield Remark(f"{place.name} has {listed(unknown)}, which is not known here.", place.path)


@rule(
    "element-order",
    "Elements in another order than published",
    why="The published schema wants one order, and the gateway may refuse to store the policy.",
    do="Put the elements into the published order.",
)
def element_order(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        names = [child.name for child in policy.element.children if child.name in SEQUENCE]
        in_order = sorted(names, key=SEQUENCE.index)
        if policy.kind == JWT and names != in_order:
            found, published = listed(dict.fromkeys(names)), listed(dict.fromkeys(in_order))
            text = f"The elements stand as {found}; published is {published}."
            yield Remark(text, policy.path)


@rule(
    "duplicate-entry",
    "Value listed twice",
    why="It has no effect, but the second was perhaps meant to be another value.",
    do="Remove or correct the second one.",
)
def duplicate_entry(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        for name, values in policy.lists():
            if twice := [value for value, count in Counter(values).items() if count > 1 and is_literal(value)]:
                text = f"{listed(twice)} stands twice in {name}."
                yield Remark(text, policy.path)


@rule(
    "empty-entry",
    "Empty value",
    why="A value was left out, or a named value that is empty was put in.",
    do="Fill in the value or remove the element.",
)
def empty_entry(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        for name, values in policy.lists():
            if "" in values and (any(values) or name.startswith("the claim")):
                text = f"An entry of {name} is empty."
                yield Remark(text, policy.path)


@rule(
    "hidden-characters",
    "Invisible characters in a value",
    why="The gateway compares every character, and what cannot be seen comes along when values are copied.",
    do="Type the value again by hand.",
)
def hidden_characters(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        if places := tuple(dict.fromkeys(name for name, value in _values_of(policy) if _hides(value))):
            text = f"A value in {listed(places)} has blanks at its ends, quotation marks or invisible characters."
            yield Remark(text, policy.path)


def _values_of(policy: TokenPolicy) -> Iterator[tuple[str, str]]:
    yield from ((name, policy.attribute(name) or "") for name in _NAMED_ATTRIBUTES)
    yield from (("the name of a claim", claim.name) for claim in policy.claims)
    for name, values in policy.lists():
        yield from ((name, value) for value in values)


def _hides(value: str) -> bool:
    if not is_literal(value):
        return False
    return value != value.strip() or bool(_INVISIBLE.search(value) or _QUOTED.search(value))


@rule(
    "template-field",
    "Field of a template not filled in",
    why="The gateway takes the field for a value, so no token ever fits it.",
    do="Put the real value in its place, or a named value.",
    is_decisive=True,
)
def template_field(ground: Ground) -> Iterator[Remark]:
    """Fields are read as named values (`text/template_fields`): those that the text does not write as such."""
    written = {found[1] for found in NAMED_VALUE.finditer(ground.document.source)}
    for place in ground.places:
        named = (found[1] for text in texts_of(place) for found in NAMED_VALUE.finditer(text))
        fields = tuple(dict.fromkeys(name for name in named if name not in written))
        if fields and place.name not in CONTAINERS:
            yield Remark(f"The text still holds {listed(fields)} where a value of your own belongs.", place.path)
    if "%{" in ground.document.source and DIRECTIVE.search(ground.document.source):
        yield Remark(
            "Parts that the template leaves in or out by a condition, %{ if … }, are judged as being there.", ""
        )
