"""Why an attempt failed: causes of the taxonomy, ranked, from the evidence alone."""

from collections.abc import Callable

from console.core.diagnosis import (
    api,
    authorization,
    credential,
    discovery,
    gateway_policy,
    network,
    signature,
    subscription,
    token_content,
    token_request,
)
from console.core.diagnosis.base import Cause, Diagnosis, Found, Match, RankedCause
from console.core.diagnosis.certainty import settled
from console.core.diagnosis.codes import CodeExplanation, explain_code
from console.core.diagnosis.intake import read_evidence
from console.core.diagnosis.matching import Matcher, by_known_error, by_message, by_open_message, by_sentence, weakened
from console.core.diagnosis.missing import missing_evidence
from console.core.diagnosis.ranking import TOKEN_JUDGED, rank, unmatched
from console.core.diagnosis.reading import Reading, read
from console.core.diagnosis.reasons import by_reason
from console.core.diagnosis.seen import seen_for
from console.core.diagnosis.sides import sides_of
from console.core.diagnosis.stages import in_their_stage
from console.core.diagnosis.terms import Confidence, Stage
from console.core.evidence import Evidence

__all__ = [
    "ABOUT_TOKEN",
    "CATALOGUE_VERSION",
    "CAUSES",
    "CodeExplanation",
    "cause_by_slug",
    "explain",
    "explain_code",
    "read_evidence",
]

Teller = Callable[[Cause, Reading], Match | None]
CATALOGUE_VERSION = "2"

CAUSES: tuple[Cause, ...] = (
    *network.CAUSES,
    *discovery.CAUSES,
    *credential.CAUSES,
    *token_request.CAUSES,
    *token_content.CAUSES,
    *signature.CAUSES,
    *gateway_policy.CAUSES,
    *subscription.CAUSES,
    *authorization.CAUSES,
    *api.CAUSES,
)


ABOUT_TOKEN = tuple(cause for cause in CAUSES if cause.stage in TOKEN_JUDGED)  # what a token can be refused for
_BY_SLUG = {cause.slug: cause for cause in CAUSES}


def cause_by_slug(slug: str) -> RankedCause | None:
    """What the catalogue says of a cause that was found before, without the sentences for that one attempt.

    None for "" and for one that the catalogue no longer knows.
    """
    cause = _BY_SLUG.get(slug)
    return unmatched(cause) if cause is not None else None


def explain(evidence: Evidence, causes: tuple[Cause, ...] = CAUSES) -> Diagnosis:
    """The diagnosis of one attempt; never raises. No causes: nothing is wrong, or `missing` names what would decide."""
    reading = read(evidence)
    found = _matched(causes, _match, reading)
    for told in (by_known_error, by_open_message):  # what is less sure is asked where nothing surer is known
        found = found or _matched(causes, _by(told), reading)
    found = found or _matched(_speakable(reading, causes), _by(by_sentence), reading)
    found = [*found, *_suspects(reading, causes, {cause.slug for cause, _ in found})]
    ranked = rank(reading, settled(reading, found))
    return Diagnosis(
        answered_by=reading.answer.answered_by,
        how_known=reading.answer.how_known,
        causes=ranked,
        wanted=missing_evidence(reading, ranked),
        catalogue_version=CATALOGUE_VERSION,
        unread=reading.unread,
        sides=sides_of(reading, _BY_SLUG[ranked[0].cause]) if ranked and ranked[0].cause in _BY_SLUG else None,
        seen=seen_for(reading.evidence, ranked[0]) if ranked else (),
    )


def _matched(causes: tuple[Cause, ...], told: Teller, reading: Reading) -> Found:
    """The causes that are told, without those that whoever speaks cannot speak of."""
    pairs = [(cause, match) for cause in causes if (match := told(cause, reading))]
    return in_their_stage(reading, pairs, {cause.slug: cause for cause in causes})


def _by(told: Callable[[str], Matcher]) -> Teller:
    return lambda cause, reading: told(cause.slug)(reading)


def _speakable(reading: Reading, causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """Those that a sentence may be about: a token endpoint speaks of no header of a call, and of no subscription."""
    if reading.token_error is None:
        return causes
    return tuple(cause for cause in causes if cause.stage not in {Stage.GATEWAY_POLICY, Stage.SUBSCRIPTION})


def _suspects(reading: Reading, causes: tuple[Cause, ...], found: set[str]) -> Found:
    """Causes that would apply if what the policy leaves open were refused: possible, never more."""
    suspecting = reading.suspecting
    if suspecting is None:
        return []
    more = [cause for cause in causes if cause.stage in TOKEN_JUDGED and cause.slug not in found]
    return [(cause, weakened(match)) for cause in more if (match := _match(cause, suspecting))]


def _match(cause: Cause, reading: Reading) -> Match | None:
    try:
        told = cause.match(reading) or by_message(cause.slug)(reading)
        is_open = told is None or told.confidence is Confidence.POSSIBLE
        return (by_reason(cause, reading) or told) if is_open else told
    except Exception:  # noqa: BLE001 the entry runner: a bug in one cause must not hide the others
        return None
