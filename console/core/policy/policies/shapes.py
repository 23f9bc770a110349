"""The words in which each policy describes its element: attributes, children, how many of each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from console.core.policy.text.element import Element
from console.core.policy.text.problem import PolicyProblem


class Kind(Enum):
    """What an attribute's value must be, in the words of a message. A value only known at run time is any of them."""

    TEXT = "a text"
    FILLED = "a text that is not empty"
    INTEGER = "a whole number, such as 60"
    POSITIVE = "a whole number above 0"
    COUNT = "a whole number, 0 or more"
    BOOLEAN = "true or false"
    DATE_TIME = "a date with a time, such as 2026-01-31T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Attribute:
    """`choices`: nothing else is allowed; then `kind` does not matter."""

    name: str
    kind: Kind = Kind.TEXT
    is_required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Child:
    """How often a child stands in its parent; `most` None: as often as one likes."""

    shape: "ElementShape"
    least: int = 0
    most: int | None = None


Rule = Callable[[Element], Iterable[PolicyProblem]]


@dataclass(frozen=True, slots=True)
class ElementShape:
    """An element of the gateway's schema.

    `holds_policies`: its children are policies, checked by their own shapes. `is_mixed`: any content at all.
    `has_text`: it holds text and no children. `takes_more`: the vendor adds attributes as it likes, so one that is not
    listed is worth a word and no refusal. `rules` are what a table cannot say.
    """

    name: str
    attributes: tuple[Attribute, ...] = ()
    children: tuple[Child, ...] = ()
    holds_policies: bool = False
    is_mixed: bool = False
    has_text: bool = False
    rules: tuple[Rule, ...] = ()
    takes_more: bool = False


def required(*names: str) -> tuple[Attribute, ...]:
    return tuple(Attribute(name, is_required=True) for name in names)


def optional(*names: str, kind: Kind = Kind.TEXT) -> tuple[Attribute, ...]:
    return tuple(Attribute(name, kind) for name in names)


def listed(name: str, item: str, *, least: int = 0, attributes: tuple[Attribute, ...] = ()) -> ElementShape:
    """A list of texts, such as audiences of audience."""
    return ElementShape(name, attributes, (Child(ElementShape(item, has_text=True), least),))


def policy(
    name: str,
    *attributes: Attribute,
    children: tuple[Child, ...] = (),
    rules: tuple[Rule, ...] = (),
    holds_policies: bool = False,
    is_mixed: bool = False,
    takes_more: bool = False,
) -> ElementShape:
    """A policy: each may have an id."""
    return ElementShape(
        name,
        (Attribute("id"), *attributes),
        children,
        holds_policies=holds_policies,
        is_mixed=is_mixed,
        rules=rules,
        takes_more=takes_more,
    )


EXISTS_ACTION = Attribute("exists-action", choices=("override", "append", "skip", "delete"))


def problem(element: Element, code: str, what: str, do: str) -> PolicyProblem:
    return PolicyProblem(code, what, do, element.line)


# What several policies may hold to write an answer.
SET_HEADER = policy(
    "set-header", *required("name"), EXISTS_ACTION, children=(Child(ElementShape("value", has_text=True)),)
)
SET_STATUS = policy("set-status", Attribute("code", Kind.POSITIVE, is_required=True), Attribute("reason"))
SET_BODY = policy(
    "set-body",
    Attribute("template", choices=("none", "liquid")),
    Attribute("xsi-nil", choices=("blank", "null")),
    *optional("parse-date", "html-decode-expression", kind=Kind.BOOLEAN),
    is_mixed=True,
)
