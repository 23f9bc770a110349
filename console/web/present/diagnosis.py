"""A diagnosis in words: who answered, the first cause, the others, what is not known."""

from typing import Any

from console.core.diagnosis.base import Diagnosis, RankedCause
from console.core.diagnosis.terms import Answerer, Confidence
from console.core.owner import Owner
from console.web.present import words
from console.web.present.known_advice import advice
from console.web.present.next_steps import Situation, next_steps

ANSWERED = {
    Answerer.GATEWAY: "The gateway answered",
    Answerer.BACKEND: "The API behind the gateway answered",
    Answerer.IDENTITY_PROVIDER: "The identity provider answered",
    Answerer.PROXY: "A proxy in between answered",
    Answerer.CONSOLE: "This console did not send it",
    Answerer.NOBODY: "Nobody answered",
    Answerer.UNKNOWN: "It is not known who answered",
}
CONFIDENCE = {
    Confidence.CERTAIN: "certain",
    Confidence.LIKELY: "likely",
    Confidence.POSSIBLE: "possible",
}
TEXT_FOR = {
    Owner.INTEGRATOR: "Text for a ticket",
    Owner.API_OWNER: "Text for the API’s owner",
    Owner.TENANT_ADMIN: "Text for the tenant’s administrator",
    Owner.IDENTITY_PROVIDER: "Text for the identity provider’s support",
    Owner.NETWORK: "Text for the network’s people",
    Owner.END_USER: "Text for the person who signs in",
    Owner.CONSOLE_ADMIN: "Text for the console’s administrator",
}
GOING_ON = "Accepted: the API works on it."
LATER = "The call was accepted, but the work behind it did not succeed: see its last answer."


def diagnosis_view(
    diagnosis: Diagnosis,
    *,
    succeeded: bool,
    is_going_on: bool = False,
    has_failed_later: bool = False,
    here: Situation | None = None,
    ticket: str = "",
) -> dict[str, Any]:
    """What diagnosis.html needs. Without a cause the title says whether all is well or too little is known.

    `is_going_on`: the answer was 202 and the work behind it is not finished; `has_failed_later`: it ended badly.
    `here`: where it happened, for what can be done about it on the spot. `ticket`: the text to hand on.
    """
    good = GOING_ON if is_going_on else LATER if has_failed_later else "It worked: nothing to explain."
    primary = diagnosis.primary
    return {
        "tone": "fail" if primary or has_failed_later else "pass" if succeeded else "unknown",
        **_answerer(diagnosis),
        "unread": diagnosis.unread,
        "title": good if succeeded else "What is known does not decide the cause.",
        "primary": _cause(primary, here) if primary else None,
        "ticket": ticket if primary else "",
        "ticket_for": TEXT_FOR[primary.owner] if primary else "",
        "others": [_cause(cause) for cause in diagnosis.causes[1:]],
        "missing": () if succeeded and primary is None else diagnosis.missing,
        "version": diagnosis.catalogue_version,
    }


def _answerer(diagnosis: Diagnosis) -> dict[str, str]:
    """Who answered and how that is known, as far as the headline leaves it open: no fact stands twice in the card."""
    by, primary = ANSWERED[diagnosis.answered_by], diagnosis.primary
    if primary is None:
        return {"answered_by": by, "how_known": diagnosis.how_known}
    if diagnosis.answered_by is Answerer.UNKNOWN:
        return {"answered_by": "", "how_known": ""}
    is_said = primary.what.startswith(by)
    return {"answered_by": "" if is_said else by, "how_known": diagnosis.how_known}


def _cause(cause: RankedCause, here: Situation | None = None) -> dict[str, Any]:
    return {
        "what": cause.what,
        "why": cause.why,
        "do": advice(cause, here) if here else cause.do,
        "actions": next_steps(cause, here) if here else [],
        "who": words.owner(cause.owner),
        "facts": cause.facts,
        "confidence": "follows from the first" if cause.follows else CONFIDENCE[cause.confidence],
        "stage": cause.stage.value.replace("-", " ").capitalize(),
        "slug": cause.cause,
    }
