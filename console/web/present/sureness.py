"""How sure a cause is, in plain words, and what that rests on."""

from console.core.diagnosis.base import Diagnosis, RankedCause
from console.core.diagnosis.terms import Answerer, Confidence

_WORDS_OF = {
    Answerer.GATEWAY: "the gateway’s own words say so",
    Answerer.BACKEND: "the API’s own words say so",
    Answerer.IDENTITY_PROVIDER: "the identity provider’s own words say so",
    Answerer.PROXY: "the words of the server between say so",
    Answerer.UNKNOWN: "the words of the answer or log say so",
}


def how_sure(diagnosis: Diagnosis, cause: RankedCause) -> str:
    """ "Certain: both sides were compared.", as one sentence."""
    basis = _basis(diagnosis, cause)
    if cause.confidence is Confidence.CERTAIN:
        return f"Certain: {basis}."
    if cause.confidence is Confidence.LIKELY:
        return f"Likely: {basis}, but something else can look the same."
    return "Possible: nothing speaks against it, and nothing proves it."


def _basis(diagnosis: Diagnosis, cause: RankedCause) -> str:
    if diagnosis.sides is not None:
        return "what the token says was compared with what is accepted"
    if diagnosis.answered_by is Answerer.CONSOLE:
        return "this console stopped it itself"
    is_quoted = bool(diagnosis.seen) or any(mark in cause.why for mark in ('"', "“"))
    if is_quoted and diagnosis.answered_by in _WORDS_OF:
        return _WORDS_OF[diagnosis.answered_by]
    if diagnosis.answered_by is Answerer.NOBODY:
        return "the connection itself failed there"
    fits = "fit nothing else" if cause.confidence is Confidence.CERTAIN else "fit it"
    return f"what was sent and what came back {fits}"
