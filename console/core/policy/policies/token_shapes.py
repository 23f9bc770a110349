"""What the schemas of validate-jwt and validate-azure-ad-token share: the vendor's published ones of July 2025.

Its reference of 2026 adds validate-connectivity and demands one token source and whole keys. The order of children is
not checked: the vendor's own example departs from the schema's.
"""

from collections.abc import Iterator

from console.core.policy.policies.shapes import Attribute, Child, ElementShape, Kind, optional, problem
from console.core.policy.text.element import Element
from console.core.policy.text.problem import PolicyProblem
from console.core.policy.token.token_policy import OUTPUT_VARIABLE, source_of

_SOURCES = ("header-name", "query-parameter-name", "token-value")
COMMON = (
    Attribute("failed-validation-httpcode", Kind.INTEGER),
    Attribute("failed-validation-error-message"),
    *optional(*_SOURCES, "require-scheme"),
    Attribute(OUTPUT_VARIABLE, Kind.FILLED),
)
CLAIM = (Attribute("match", choices=("all", "any")), Attribute("separator"))
VALUES = (Child(ElementShape("value", has_text=True)),)


def one_source(element: Element) -> Iterator[PolicyProblem]:
    used = [name for name in _SOURCES if element.attribute(name) is not None]
    if len(used) == 1:
        return
    found = f"has {' and '.join(used)}" if used else "does not say where the token is"
    yield problem(
        element,
        "token-source",
        f"<{element.name}> {found}; it takes exactly one of {', '.join(_SOURCES)}.",
        "Keep the one that carries the token." if used else 'Write header-name="Authorization", or one of the others.',
    )


def reads(element: Element) -> tuple[str, ...]:
    """The header or query parameter in which a token policy looks for its token."""
    part = source_of(element).part
    return (part,) if part else ()
