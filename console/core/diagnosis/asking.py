"""Texts that ask for what is missing: one for each person who has some of it. Redacted evidence in, plain text out."""

from dataclasses import dataclass

from console.core.diagnosis.base import Diagnosis, Missing
from console.core.diagnosis.ticket import about, ids
from console.core.evidence import Evidence
from console.core.owner import Owner
from console.core.redaction.redact import redact_text

CHECKED = "Suggested, to be checked before it is run"
NOTHING_SECRET = "Please send no token, secret or key: put *** in their place."


@dataclass(frozen=True, slots=True)
class AskText:
    """`text` is for whoever `who` is; it holds nothing secret."""

    who: Owner
    text: str


def asks(evidence: Evidence, diagnosis: Diagnosis) -> tuple[AskText, ...]:
    """In the order in which the parts are wanted; empty when nothing is."""
    people = dict.fromkeys(one.who for one in diagnosis.wanted)
    return tuple(AskText(who, _text(evidence, [one for one in diagnosis.wanted if one.who is who])) for who in people)


def _text(evidence: Evidence, wanted: list[Missing]) -> str:
    lines = [*about(evidence), "To tell why, this is still needed:"]
    for number, one in enumerate(wanted, start=1):
        lines += ["", f"{number}. {one.what[0].upper()}{one.what[1:]}.", f"   {one.why}"]
        lines += [f"   How: {one.how}"] if one.how else []
        lines += [f"   {CHECKED}:", f"   {one.command}"] if one.command else []
    lines += ["", NOTHING_SECRET]
    if found := ids(evidence):
        lines += ["", "To quote:", *(f"  {name}: {value}" for name, value in found)]
    return redact_text("\n".join(lines) + "\n")
