"""What one look at a run gave."""

from dataclasses import dataclass
from typing import Any

from console.core.exchange import Exchange
from console.core.redaction.redact import Redactor
from console.core.runs.base import RunFacts


@dataclass(frozen=True, slots=True)
class Looked:
    """`came` is what the run's kind decides from, `shown` what went over the wire, redacted, to keep and to show.

    `came` is None where its person ended the run.
    `told` is what the kind keeps of this step beside that, as JSON, redacted; "" for nothing.
    `hiding` masks what is the far side's own in where the run stands then; () where that is in words of ours.
    """

    came: Any
    shown: tuple[Exchange, ...]
    facts: RunFacts
    told: str = ""
    hiding: tuple[Redactor, ...] = ()
