"""A diagnosis in words: who answered, the first cause, the others, what is not known."""

from typing import Any

from console.core.diagnosis.base import Answerer, Confidence, Diagnosis, RankedCause
from console.web.present import words

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


GOING_ON = "Accepted: the API works on it."
LATER = "The call was accepted, but the work behind it did not succeed: see its last answer."


def diagnosis_view(
    diagnosis: Diagnosis, *, succeeded: bool, is_going_on: bool = False, has_failed_later: bool = False
) -> dict[str, Any]:
    """What diagnosis.html needs. Without a cause the title says whether all is well or too little is known.

    `is_going_on`: the answer was 202 and the work behind it is not finished; `has_failed_later`: it ended badly.
    """
    good = GOING_ON if is_going_on else LATER if has_failed_later else "It worked: nothing to explain."
    primary = diagnosis.primary
    return {
        "tone": "fail" if primary or has_failed_later else "pass" if succeeded else "unknown",
        "answered_by": ANSWERED[diagnosis.answered_by],
        "how_known": diagnosis.how_known,
        "title": good if succeeded else "What is known does not decide the cause.",
        "primary": _cause(primary) if primary else None,
        "others": [_cause(cause) for cause in diagnosis.causes[1:]],
        "missing": () if succeeded and primary is None else diagnosis.missing,
        "version": diagnosis.catalogue_version,
    }


def _cause(cause: RankedCause) -> dict[str, Any]:
    return {
        "what": cause.what,
        "why": cause.why,
        "do": cause.do,
        "who": words.owner(cause.who),
        "facts": cause.facts,
        "confidence": CONFIDENCE[cause.confidence],
        "stage": cause.stage.value.replace("-", " ").capitalize(),
        "slug": cause.cause,
    }
