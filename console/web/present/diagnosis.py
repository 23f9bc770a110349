"""A diagnosis in words: who answered, the first cause, the others, what is not known."""

from dataclasses import dataclass
from typing import Any

from console.core.diagnosis import CAUSES
from console.core.diagnosis.asking import AskText, asks
from console.core.diagnosis.base import Diagnosis, RankedCause
from console.core.diagnosis.beyond_sides import beyond_sides
from console.core.diagnosis.terms import Answerer, Confidence
from console.core.diagnosis.ticket import ticket_text
from console.core.evidence import Evidence
from console.core.owner import Owner
from console.web.present.known_advice import advice, advised
from console.web.present.missing import missing_view, text_view
from console.web.present.next_steps import next_steps
from console.web.present.reference import cause_url, code_links
from console.web.present.sides import sides_view
from console.web.present.situation import Situation
from console.web.present.sureness import how_sure
from console.web.present.who import ANYBODY, Reader, who_acts

_LET_IN = frozenset(cause.slug for cause in CAUSES if cause.is_let_in)
ANSWERED = {
    Answerer.GATEWAY: "The gateway answered",
    Answerer.BACKEND: "The API answered",
    Answerer.IDENTITY_PROVIDER: "The identity provider answered",
    Answerer.PROXY: "A proxy in between answered",
    Answerer.CONSOLE: "This console did not send it",
    Answerer.NOBODY: "Nobody answered",
}
TEXT_FOR = {
    Owner.INTEGRATOR: "Text for a ticket",
    Owner.API_OWNER: "Text for the API’s owner",
    Owner.IDENTITY_PROVIDER: "Text for the identity provider’s support",
    Owner.NETWORK: "Text for the network’s people",
    Owner.END_USER: "Text for the person who signs in",
    Owner.CONSOLE_ADMIN: "Text for the console’s administrator",
}
GOING_ON = "Accepted: the API works on it."
UNREAD = "The status says that it worked. The body could not be read, so whether it holds an error is not known."
LATER = "The call was accepted, but the work behind it did not succeed: see its last answer."


@dataclass(frozen=True, slots=True)
class Telling:
    """Around a diagnosis: what it was made of (None: nobody kept that), to whom it is told, and in which situation, for
    what can be done about it on the spot (None: nothing can). `strip` is who talked to whom (strip_view).
    """

    evidence: Evidence | None = None
    reader: Reader = ANYBODY
    here: Situation | None = None
    strip: dict[str, Any] | None = None


BARE = Telling()


def diagnosis_view(
    diagnosis: Diagnosis,
    *,
    succeeded: bool,
    is_going_on: bool = False,
    has_failed_later: bool = False,
    is_unread: bool = False,
    telling: Telling = BARE,
) -> dict[str, Any]:
    """What card.html needs. Without a cause the title says whether all is well or too little is known.

    `is_going_on`: the answer was 202 and the work behind it is not finished; `has_failed_later`: it ended badly.
    `is_unread`: what the body of the answer says is not known.
    """
    good = UNREAD if is_unread else "It worked: nothing to explain."
    good = GOING_ON if is_going_on else LATER if has_failed_later else good
    is_good = succeeded and (is_going_on or not is_unread)
    primary = diagnosis.primary
    is_well = succeeded and primary is None
    return {
        "tone": _tone(primary, succeeded=is_good, has_failed_later=has_failed_later),
        **_answerer(diagnosis),
        "unread": diagnosis.unread,
        "title": good if succeeded else "What is known does not decide the cause.",
        "strip": telling.strip,
        "primary": _primary(diagnosis, primary, telling) if primary else None,
        **_handed_on(diagnosis, telling),
        "others": [_cause(cause, telling.reader) for cause in diagnosis.causes[1:]],
        "others_title": _others_title(diagnosis.causes[1:]),
        "wanted": missing_view(() if is_well else diagnosis.wanted, () if is_well else _asks(diagnosis, telling)),
        "version": diagnosis.catalogue_version,
    }


def _tone(primary: RankedCause | None, *, succeeded: bool, has_failed_later: bool) -> str:
    if has_failed_later:
        return "fail"
    if primary is None:
        return "pass" if succeeded else "unknown"
    return "warning" if primary.cause in _LET_IN else "fail"


def _answerer(diagnosis: Diagnosis) -> dict[str, str]:
    """Who answered and how that is known, where no cause says it; nothing where nobody knows."""
    if diagnosis.primary is not None or diagnosis.answered_by is Answerer.UNKNOWN:
        return {"answered_by": "", "how_known": ""}
    return {"answered_by": ANSWERED[diagnosis.answered_by], "how_known": diagnosis.how_known}


def _handed_on(diagnosis: Diagnosis, telling: Telling) -> dict[str, Any]:
    """The text for whoever must act, where nothing else on the page shows it; None without one."""
    primary, evidence = diagnosis.primary, telling.evidence
    if primary is None or evidence is None or telling.here is None or telling.here.is_history:
        return {"ticket": None}
    text = ticket_text(evidence, advised(diagnosis, telling.here))
    return {"ticket": text_view(_text_for(primary.owner, telling.reader), text, "ticket")}


def _text_for(owner: Owner, reader: Reader) -> str:
    return f"Text for {reader.administrator}" if owner is Owner.TENANT_ADMIN else TEXT_FOR[owner]


def _asks(diagnosis: Diagnosis, telling: Telling) -> tuple[AskText, ...]:
    return asks(telling.evidence, diagnosis) if telling.evidence is not None else ()


def _primary(diagnosis: Diagnosis, cause: RankedCause, telling: Telling) -> dict[str, Any]:
    sides, here, reader = diagnosis.sides, telling.here, telling.reader
    return {
        **_cause(cause, reader),
        "do": advice(cause, here) if here else cause.do,
        "steps": next_steps(cause, here) if here else [],
        "command": cause.command,
        "sides": sides_view(sides, reader),
        "why": beyond_sides(cause.why, sides),
        "confidence": how_sure(diagnosis, cause),
        "quotes": [{"place": one.place, "text": one.text} for one in diagnosis.seen],
        "how_known": _how_known(diagnosis, cause),
    }


def _how_known(diagnosis: Diagnosis, cause: RankedCause) -> str:
    """How it is known who answered, and who, where the headline does not say that."""
    if diagnosis.answered_by in (Answerer.UNKNOWN, Answerer.IDENTITY_PROVIDER):  # whoever gives tokens is no riddle
        return ""
    by = ANSWERED[diagnosis.answered_by]
    parts = "" if cause.what.startswith(by) else f"{by}.", _untold(diagnosis.how_known, cause.why)
    return " ".join(part for part in parts if part)


def _untold(text: str, why: str) -> str:
    """The text, "" where the reason says all of it already."""
    sentences = (one.strip(" .").lower() for one in text.split(". "))
    return "" if all(one in why.lower() for one in sentences) else text


def _cause(cause: RankedCause, reader: Reader) -> dict[str, Any]:
    return {
        "what": cause.what,
        "why": cause.why,
        "do": cause.do,
        "who": who_acts(cause.owner, reader),
        "confidence": "It goes away with the first." if cause.follows else SURENESS[cause.confidence],
        "slug": cause.cause,
        "url": cause_url(cause.cause),
        "codes": code_links(cause.facts),
    }


SURENESS = {
    Confidence.CERTAIN: "Certain by itself; the first comes before it.",
    Confidence.LIKELY: "Likely.",
    Confidence.POSSIBLE: "Possible, no more.",
}


def _others_title(others: tuple[RankedCause, ...]) -> str:
    """ "1 more that follows from it"."""
    after = sum(one.follows for one in others)
    count = len(others) - after
    follows = f"{after} more that follow{'s' if after == 1 else ''} from it" if after else ""
    further = f"{count} further cause{'' if count == 1 else 's'} to look at" if count else ""
    return " and ".join(filter(None, (further, follows)))
