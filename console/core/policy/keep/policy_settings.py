"""What is kept with an Api's policy beside its text: values it leaves open, and the chosen switches."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from console.core.credential import Secret
from console.core.policy.text.values import Values

_FIELDS = {
    "named-value": "named_values",
    "expression": "expressions",
    "certificate": "certificates",
    "fragment": "fragments",
}


@dataclass(frozen=True, slots=True, repr=False)
class KeptValue:
    """One value. `kind` and `name` are those of `values.OpenValue`; a secret one is never given back to a browser."""

    kind: str
    name: str
    text: str
    is_secret: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.name


@dataclass(frozen=True, slots=True, repr=False)
class PolicySettings:
    """`switches` holds only what differs from the defaults."""

    values: tuple[KeptValue, ...] = ()
    switches: dict[str, str] = field(default_factory=dict)

    @property
    def secrets(self) -> tuple[Secret, ...]:
        return tuple(Secret(value.text) for value in self.values if value.is_secret)


def as_values(kept: Iterable[KeptValue]) -> Values:
    """The same for the evaluator; an empty text counts as not given."""
    found: dict[str, dict[str, str]] = {name: {} for name in _FIELDS.values()}
    secrets: set[str] = set()
    for value in kept:
        if value.text and value.kind in _FIELDS:
            found[_FIELDS[value.kind]][value.name] = value.text
            secrets |= {value.text} if value.is_secret else set()
    return Values(**found, secrets=frozenset(secrets))


def merged(kept: Iterable[KeptValue], typed: Iterable[KeptValue]) -> tuple[KeptValue, ...]:
    """What was kept, with what was typed in its place; an empty text that is typed leaves a kept secret as it is."""
    found = {value.key: value for value in kept}
    for value in typed:
        before = found.get(value.key)
        if value.text or before is None or not before.is_secret:
            found[value.key] = value
    return tuple(value for value in found.values() if value.text)
