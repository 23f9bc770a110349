"""A web server or proxy in front of the API removes the Authorization header that the client did send."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.header_facts import is_bearer_with_token
from console.core.diagnosis.matching import by_phrase, likely, weakened
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.finding import Status
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    return _by_answer(reading) or _by_configuration(reading)


def _by_configuration(reading: Reading) -> Match | None:
    """What a proxy is told to do with the header; whether the call was refused for it, only an answer tells."""
    said = reading.phrase("authorization-header-stripped")
    if said is None or said.where != "said" or reading.answer.status not in {401, 403, None}:
        return None
    found = by_phrase("authorization-header-stripped")(reading)
    return weakened(found) if found and reading.answer.status is None else found


def _by_answer(reading: Reading) -> Match | None:
    if reading.answer.status not in {401, 403} or reading.fact("hops", "redirects") or not _was_sent(reading):
        return None
    missing = reading.phrase("authorization-header-missing")
    if missing and not reading.phrase("bearer-scheme-malformed"):
        told = likely(f"The request carried a token, yet the far side says: {missing.words}", "Authorization was sent")
        # A token that is not accepted can leave its caller nameless too.
        is_refused = any(finding.status is Status.FAIL for finding in reading.findings.values())
        return weakened(told) if is_refused else told
    return by_phrase("authorization-header-stripped")(reading)


def _was_sent(reading: Reading) -> bool:
    sent = reading.authorization
    return sent is not None and (is_bearer_with_token(sent) or not sent.lower().startswith(("bearer", "basic")))


CAUSE = Cause(
    slug="authorization-header-stripped",
    stage=Stage.NETWORK,
    title="Token removed on the way",
    what="Something in front of the API removed the Authorization header.",
    do="Have the web server or proxy in front of the API pass the Authorization header on.",
    who=Owner.API_OWNER,
    match=match,
)
