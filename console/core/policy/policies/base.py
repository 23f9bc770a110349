"""What a policy is to this gateway: one entry with all that is known of it."""

from collections.abc import Callable
from dataclasses import dataclass

from console.core.policy.engine.model import Run
from console.core.policy.policies.shapes import ElementShape
from console.core.policy.text.document import SECTIONS
from console.core.policy.text.element import Element

REFERENCE = "Azure API Management policy reference, "
INBOUND = ("inbound",)


def looks_at_nothing(_: Element) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy element.

    `run` gives its step (path left empty) and the call as it goes on; None for what only steers, which the walk runs.
    `shape` is the gateway's schema of it, None when that is not known here. `sections` are those in which it is known
    to do what `run` does, `documented_in` those that the reference names for it where it does the same in all of them.
    `may_refuse`: it turns callers away for what they send, other than for their token.
    `answers`: it ends every call that reaches it. `reads` gives the parts of a call that it looks at, as `header:name`
    or `query:name` in lower case, a placeholder among them where only the gateway's runtime knows the name.
    """

    name: str
    title: str
    source: str
    run: Run | None
    shape: ElementShape | None = None
    sections: tuple[str, ...] = SECTIONS
    may_refuse: bool = False
    answers: bool = False
    reads: Callable[[Element], tuple[str, ...]] = looks_at_nothing
    documented_in: tuple[str, ...] = ()

    @property
    def belongs_in(self) -> tuple[str, ...]:
        """The sections in which a reviewer expects it."""
        return self.documented_in or self.sections

    @property
    def holds_policies(self) -> bool:
        """Whether what stands in it runs as if it stood in its place."""
        return self.shape is not None and self.shape.holds_policies
