"""Why an attempt failed: causes of the taxonomy, ranked, from the evidence alone."""

from collections.abc import Callable, Iterator

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
from console.core.diagnosis.certainty import open_to, settled
from console.core.diagnosis.codes import CodeExplanation, explain_code
from console.core.diagnosis.intake import read_evidence
from console.core.diagnosis.matching import (
    Matcher,
    by_known_error,
    by_message,
    by_open_message,
    by_prose,
    by_sentence,
    by_word,
    weakened,
    within_words,
)
from console.core.diagnosis.missing import missing_evidence
from console.core.diagnosis.ranking import TOKEN_JUDGED, rank, unmatched
from console.core.diagnosis.reading import Reading, read
from console.core.diagnosis.reasons import by_reason
from console.core.diagnosis.seen import seen_for
from console.core.diagnosis.sides import sides_of
from console.core.diagnosis.stages import in_their_stage, may_mean_twins
from console.core.diagnosis.terms import Confidence, Stage
from console.core.evidence import Evidence

__all__ = [
    "ABOUT_TOKEN",
    "CATALOGUE_VERSION",
    "CAUSES",
    "CodeExplanation",
    "cause_by_slug",
    "cause_title",
    "explain",
    "explain_code",
    "read_evidence",
]

Causes = tuple[Cause, ...]
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


def cause_title(slug: str) -> str:
    """The cause in a few words; "" for "" and for one that the catalogue does not know."""
    cause = _BY_SLUG.get(slug)
    return cause.title if cause is not None else ""


def explain(evidence: Evidence, causes: tuple[Cause, ...] = CAUSES) -> Diagnosis:
    """The diagnosis of one attempt; never raises. No causes: nothing is wrong, or `missing` names what would decide."""
    reading = read(evidence)
    causes = open_to(reading, causes)
    found = _matched(causes, _match, reading)
    # What is less sure is asked where nothing surer is known.
    for told, spoken in _less_sure(reading, causes):
        if any(match.confidence is not Confidence.POSSIBLE for _, match in found):
            break
        found = _with_surer(found, _matched(spoken, _by(told), reading))
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


def _less_sure(reading: Reading, causes: tuple[Cause, ...]) -> Iterator[tuple[Callable[[str], Matcher], Causes]]:
    """What else tells causes, the surest first, each with those that it may tell; without what has nothing to say."""
    is_spoken = may_mean_twins(reading)
    if is_spoken or reading.known is not None:
        yield by_known_error, causes
    if is_spoken or reading.messages:
        yield by_open_message, causes
    if is_spoken or reading.sentences:
        yield by_sentence, _speakable(reading, causes)
    if is_spoken or reading.messages:
        yield by_word, causes
    if reading.prose.said:
        yield by_prose, _tellable(reading, causes)


def _with_surer(found: Found, more: Found) -> Found:
    """What was found, of which nothing is sure, and what is surer than all of it: anything where nothing was found."""
    known = {cause.slug for cause, _ in found}
    fresh = [(cause, match) for cause, match in more if cause.slug not in known]
    return [*found, *(pair for pair in fresh if not found or pair[1].confidence is not Confidence.POSSIBLE)]


def _matched(causes: tuple[Cause, ...], told: Teller, reading: Reading) -> Found:
    """The causes that are told, without those that whoever speaks cannot speak of."""
    pairs = [(cause, match) for cause in causes if (match := told(cause, reading))]
    return in_their_stage(reading, pairs, {cause.slug: cause for cause in causes})


def _by(told: Callable[[str], Matcher]) -> Teller:
    return lambda cause, reading: told(cause.slug)(reading)


def _speakable(reading: Reading, causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """Those that a sentence may be about: a token endpoint speaks of no header of a call, and of no subscription."""
    if reading.token_error is None or reading.error == "invalid_request":  # RFC 6750 has that one too
        return causes
    not_spoken = {Stage.GATEWAY_POLICY, Stage.SUBSCRIPTION}
    return tuple(
        cause for cause in causes if cause.stage not in not_spoken and cause.slug != "authorization-response-invalid"
    )


def _tellable(reading: Reading, causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """Those that people may tell of: not what a check finds in order."""
    return tuple(cause for cause in causes if not (cause.check and reading.passes(cause.check)))


def _suspects(reading: Reading, causes: tuple[Cause, ...], found: set[str]) -> Found:
    """Causes that would apply if what the policy leaves open were refused: possible, never more."""
    suspecting = reading.suspecting
    if suspecting is None:
        return []
    more = [cause for cause in causes if cause.stage in TOKEN_JUDGED and cause.slug not in found]
    return [(cause, weakened(match)) for cause in more if (match := _match(cause, suspecting))]


def _printed(cause: Cause, reading: Reading) -> Match | None:
    """What a known message tells; only as possible where a check finds in order what the message refuses."""
    told = by_message(cause.slug)(reading) if reading.messages else None
    return weakened(told) if told and cause.check and reading.passes(cause.check) else told


def _match(cause: Cause, reading: Reading) -> Match | None:
    try:
        told = cause.match(reading) or _printed(cause, reading)
        told = within_words(reading, cause.slug, told) if told else None
        is_open = told is None or told.confidence is Confidence.POSSIBLE
        reason = by_reason(cause, reading) if is_open else None
        return within_words(reading, cause.slug, reason) if reason else told
    except Exception:  # noqa: BLE001 the entry runner: a bug in one cause must not hide the others
        return None
