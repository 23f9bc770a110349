"""exp has passed."""

from console.core.checks.wording import moment
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import adding, by_phrase, from_finding
from console.core.diagnosis.proof_facts import time_of_proof
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Basis, Confidence, Stage
from console.core.finding import Finding
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    failed = reading.failed("expiry")
    if failed and failed.what == "The token has expired.":
        return _at_moment(reading, failed) if reading.is_moment_told else _by_now(reading, failed)
    if reading.is_at_token_endpoint or reading.passes("expiry") or time_of_proof(reading):
        return None  # a proof that is too old says nothing of the token
    return by_phrase("token-expired")(reading)


def _at_moment(reading: Reading, failed: Finding) -> Match:
    logged = reading.logged
    if logged is None:
        return from_finding(failed)
    told = by_phrase("token-expired")(reading)
    when = f"The log writes the refusal at {logged.words}"
    if told is not None:
        return adding(told, f"{when}.")
    # A log and a token that stand in one text need not be of one call.
    why = f"{when}; nothing tells that it was of a call with this token."
    return adding(from_finding(failed, Confidence.LIKELY), why)


def _by_now(reading: Reading, failed: Finding) -> Match:
    """Of a token that has ended since: every token does, some time after the call of which somebody asks."""
    told = by_phrase("token-expired")(reading)
    if told is not None:
        return told
    told_when = "Nothing tells when the call was made"
    if reading.logged:
        told_when = f"The log writes the refusal at {reading.logged.words} and does not say in which time zone"
    why = f"exp is {moment(failed.actual)}. {told_when}: the token may have been valid then."
    do = "See whether the call was made after that. If so, get a new token; if not, this is not why it was refused."
    return Match(Confidence.LIKELY, why, (failed.what,), do, failed.who, Basis.BARE)


CAUSE = Cause(
    slug="token-expired",
    stage=Stage.TOKEN_CONTENT,
    title="Token expired",
    what="The token has expired.",
    do="Get a new token before the old one ends, also in long loops.",
    who=Owner.INTEGRATOR,
    match=match,
    check="expiry",
)
