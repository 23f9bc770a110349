"""What a policy text leaves open and only the gateway's runtime knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, repr=False)
class Values:
    """Values that people filled in.

    `named_values` by name, without braces. `expressions` by their text after XML unescaping, `@(...)` or `@{...}`, to
    the text they give at run time. `variables` by name. `certificates` by id, as PEM text that may hold a private key.
    `fragments` by id, as policy text.
    """

    named_values: Mapping[str, str] = field(default_factory=dict)
    expressions: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    certificates: Mapping[str, str] = field(default_factory=dict)
    fragments: Mapping[str, str] = field(default_factory=dict)


NO_VALUES = Values()
