"""The certificate or the registered key is past its validity."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_code, by_phrase, in_own_words, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if found := by_code("certificate-or-key-expired")(reading):
        return in_own_words(found, "The text says that it has expired.")
    if not reading.is_at_token_endpoint or reading.codes:
        return None
    if found := by_phrase("certificate-or-key-expired")(reading):
        return found
    end = reading.fact("certificate_not_after", "not_after")
    if isinstance(end, int) and reading.now is not None and end < reading.now and reading.token_error is not None:
        when = "the attempt was at" if reading.is_moment_told else "it is now"
        return likely(f"The certificate ended at {end}; {when} {reading.now}.", "not_after")
    return None


CAUSE = Cause(
    slug="certificate-or-key-expired",
    stage=Stage.CREDENTIAL,
    title="Certificate or key expired",
    what="The certificate or the registered key is past its validity.",
    do="Make a new key and certificate, register it on the client, and enter it here.",
    who=Owner.INTEGRATOR,
    match=match,
)
