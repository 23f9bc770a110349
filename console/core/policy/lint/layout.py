"""Where things stand in the text, and what is not in it."""

import re
from collections import Counter
from collections.abc import Iterator

from console.core.policy.engine.model import Warned
from console.core.policy.engine.runner import INBOUND_ONLY
from console.core.policy.lint.base import Ground, listed
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
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]")
_QUOTED = re.compile(r"^[\"'`“”‘’]|[\"'`“”‘’]$")


def hidden_scope(ground: Ground) -> Iterator[Warned]:
    for place in ground.places_in("inbound"):
        if place.name == "base":
            text = "Policies of parent scopes run here, too, but are not in this text."
            yield Warned("hidden-scope", text, place.path)


def hidden_fragment(ground: Ground) -> Iterator[Warned]:
    for place in ground.places:
        if place.name == "include-fragment":
            name = place.element.attribute("fragment-id") or "without a name"
            text = f"The policies of the fragment {listed([name])} are not in this text."
            yield Warned("hidden-fragment", text, place.path)


def wrong_section(ground: Ground) -> Iterator[Warned]:
    for place in ground.places:
        if place.section != "inbound" and place.name in INBOUND_ONLY:
            text = f"{place.name} is documented for the inbound section only; here it stands in {place.section}."
            yield Warned("wrong-section", text, place.path)


def element_order(ground: Ground) -> Iterator[Warned]:
    for policy in ground.token_policies:
        names = [child.name for child in policy.element.children if child.name in SEQUENCE]
        in_order = sorted(names, key=SEQUENCE.index)
        if policy.kind == JWT and names != in_order:
            found, published = listed(dict.fromkeys(names)), listed(dict.fromkeys(in_order))
            text = f"The elements stand as {found}; published is {published}."
            yield Warned("element-order", text, policy.path)


def duplicate_entry(ground: Ground) -> Iterator[Warned]:
    for policy in ground.token_policies:
        for name, values in policy.lists():
            if twice := [value for value, count in Counter(values).items() if count > 1 and is_literal(value)]:
                text = f"{listed(twice)} stands twice in {name}."
                yield Warned("duplicate-entry", text, policy.path)


def empty_entry(ground: Ground) -> Iterator[Warned]:
    for policy in ground.token_policies:
        for name, values in policy.lists():
            if "" in values and (any(values) or name.startswith("the claim")):
                text = f"An entry of {name} is empty."
                yield Warned("empty-entry", text, policy.path)


def hidden_characters(ground: Ground) -> Iterator[Warned]:
    for policy in ground.token_policies:
        if places := tuple(dict.fromkeys(name for name, value in _values_of(policy) if _hides(value))):
            text = f"A value in {listed(places)} has blanks at its ends, quotation marks or invisible characters."
            yield Warned("hidden-characters", text, policy.path)


def _values_of(policy: TokenPolicy) -> Iterator[tuple[str, str]]:
    yield from ((name, policy.attribute(name) or "") for name in _NAMED_ATTRIBUTES)
    yield from (("the name of a claim", claim.name) for claim in policy.claims)
    for name, values in policy.lists():
        yield from ((name, value) for value in values)


def _hides(value: str) -> bool:
    if not is_literal(value):
        return False
    return value != value.strip() or bool(_INVISIBLE.search(value) or _QUOTED.search(value))
