"""The form of an explanation."""

from dataclasses import dataclass

from console.core.owner import Owner


@dataclass(frozen=True, slots=True)
class Explained:
    """A warning code in people's words: one sentence each for why it matters and what to do, and who must act."""

    title: str
    why: str
    do: str
    who: Owner
