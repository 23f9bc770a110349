"""The first line of an explanation: who answered what, because of what."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Answerer, Confidence
from console.core.issuers import host_of

_ANSWERERS = {
    Answerer.GATEWAY: "The gateway",
    Answerer.BACKEND: "The API",
    Answerer.IDENTITY_PROVIDER: "The identity provider",
    Answerer.PROXY: "A server in between",
}
# Where who answered is what the cause is about, "because" would say it twice.
_OF_THE_FAR_SIDE = {
    ("api-error", Answerer.BACKEND): "it failed itself, after the call was let through.",
    ("api-error", Answerer.PROXY): "it got no proper answer from the API behind it.",
    ("identity-provider-unavailable", Answerer.IDENTITY_PROVIDER): (
        "it cannot answer at the moment; nothing in the request is wrong."
    ),
}
_WITH_HOST = {  # what failed before any answer
    "connection-blocked": "{host} cannot be reached.",
    "call-timeout": "{host} was reached but did not answer in time.",
    "identity-provider-unavailable": "{host} gave no answer; nothing in the request is wrong.",
    "tls-untrusted-certificate": "The certificate of {host} is not trusted.",
    "scheme-mismatch": "Scheme and port of the address of {host} do not fit together.",
}


def headline(reading: Reading, cause: Cause, match: Match) -> str:
    """ "The gateway answered 401 because the token is for another API." when that is sure enough to say; what failed
    before any answer names the host. Else what the cause says by itself.
    """
    by, answered = reading.answer.answered_by, _answered(reading)
    if match.confidence is Confidence.POSSIBLE:
        return match.what or cause.what
    if by is Answerer.NOBODY and (told := _WITH_HOST.get(cause.slug)) and (host := _host(reading)):
        return told.format(host=host)
    if by not in _ANSWERERS or not answered:
        return match.what or cause.what
    if match.what:
        return f"{_ANSWERERS[by]} answered {answered}: {_inside(match.what)}"
    if told := _OF_THE_FAR_SIDE.get((cause.slug, by)):
        return f"{_ANSWERERS[by]} answered {answered}: {told}"
    return f"{_ANSWERERS[by]} answered {answered} because {_inside(cause.what)}"


def _answered(reading: Reading) -> str:
    """The status of a refusal; of a token endpoint's answer without one its code or error. "" when there is neither."""
    status = reading.answer.status
    if reading.answer.answered_by is Answerer.IDENTITY_PROVIDER:
        status = reading.evidence.http_status or status
        if status is None:
            return f"AADSTS{reading.codes[0]}" if reading.codes else reading.error
    return str(status) if status is not None and status >= 400 else ""


def _host(reading: Reading) -> str:
    request = reading.evidence.request
    return host_of(request.url) if request else reading.endpoint_host


def _inside(sentence: str) -> str:
    return f"{sentence[0].lower()}{sentence[1:]}"
