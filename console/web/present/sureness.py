"""How sure a cause is, in plain words, and what that rests on."""

from console.core.diagnosis.base import Diagnosis, RankedCause
from console.core.diagnosis.terms import Answerer, Basis, Confidence, Stage
from console.core.exchange import FailureKind

_WORDS_OF = {
    Answerer.GATEWAY: "the gateway’s own words",
    Answerer.BACKEND: "the API’s own words",
    Answerer.IDENTITY_PROVIDER: "the identity provider’s own words",
    Answerer.PROXY: "the words of the server between",
    Answerer.UNKNOWN: "the words of the answer or log",
}


def how_sure(diagnosis: Diagnosis, cause: RankedCause) -> str:
    """ "Certain: both sides were compared.", as one sentence."""
    basis = _basis(diagnosis, cause)
    if cause.confidence is Confidence.CERTAIN:
        return f"Certain: {basis}."
    if cause.confidence is Confidence.LIKELY:
        return f"Likely: {basis}; something else can look the same."
    return "Possible: nothing speaks against it, and nothing proves it."


def _basis(diagnosis: Diagnosis, cause: RankedCause) -> str:
    if diagnosis.sides is not None and cause.basis is Basis.FACTS:
        is_token = diagnosis.sides.expected_label == "accepted"
        return "what the token says was compared with what is accepted" if is_token else "both sides were compared"
    if diagnosis.answered_by is Answerer.CONSOLE:
        return "this console stopped it itself"
    if FailureKind.TOO_LARGE.value in cause.facts:
        return "this console itself cut the answer off there"
    if cause.basis is Basis.WORDS:
        return _words(diagnosis.answered_by, is_certain=cause.confidence is Confidence.CERTAIN)
    if cause.basis is Basis.OBSERVED:
        return "what people saw fits it"
    if cause.basis is Basis.BARE:
        what = "the token" if cause.stage is Stage.TOKEN_CONTENT else "the status or the error"
        return f"{what} alone points to it"
    fits = "fit nothing else" if cause.confidence is Confidence.CERTAIN else "fit it"
    return f"what was sent and what came back {fits}"


def _words(by: Answerer, *, is_certain: bool) -> str:
    if by not in _WORDS_OF:
        return "the connection itself failed there"
    return f"{_WORDS_OF[by]} {'say so' if is_certain else 'point to it'}"
