"""What a repair is: one or more changes that, made together, let a refused call pass."""

from dataclasses import dataclass, field
from typing import Literal

from console.core.owner import Owner
from console.core.policy.engine.model import Verdict

Side = Literal["client", "api", "both"]


@dataclass(frozen=True, slots=True)
class RepairChange:
    """One thing to do. `kind` is a stable slug; `title` an order in a few words, `what` the same as one sentence.

    `why` is the failure that it answers, with both sides of the mismatch. `weakness` says how the gateway protects the
    API less afterwards; "" when it does not. `is_removal`: a rule goes away or is relaxed for everybody, which is never
    offered where the caller, or an edit that weakens nothing, can do instead. No text holds a token, a key, or the
    value of a named value: that stands as its name in double braces.
    """

    side: Literal["client", "api"]
    kind: str
    title: str
    what: str
    why: str
    who: Owner
    weakness: str = ""
    is_removal: bool = False


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a comparison. `mark` is "+", "-" or " "; line numbers count from 1, None where a side has no line."""

    mark: Literal["+", "-", " "]
    text: str
    old_line: int | None = None
    new_line: int | None = None


@dataclass(frozen=True, slots=True)
class RepairProposal:
    """The smallest set of changes of its kind that was seen to work: the policy was evaluated again with it.

    `side` is "both" only when neither side can repair the call alone. `kind`, `title`, `what`, `why` and `who` are
    those of the only change, or of all of them joined (`who` is that of the first; a part of a change that somebody
    else decides is in `changes` and `what` alone). `policy_text` is the whole new
    policy, None when the policy stays as it is; `diff` compares it with the old one, secrets in the text covered.
    `verdict` is what the gateway then decides: allow, or undecided (`is_provisional`) when nothing fails any more but a
    value is still missing.
    """

    side: Side
    kind: str
    title: str
    what: str
    why: str
    who: Owner
    is_weaker: bool
    weakness: str
    changes: tuple[RepairChange, ...]
    policy_text: str | None = field(repr=False)
    diff: tuple[DiffLine, ...] = field(repr=False)
    verdict: Verdict
    is_provisional: bool

    @property
    def diff_text(self) -> str:
        """The comparison as people paste it into a ticket; "" when the policy stays as it is."""
        return "\n".join(f"{line.mark}{line.text}" for line in self.diff)
