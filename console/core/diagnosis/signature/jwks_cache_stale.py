"""The key set in use is older than the current keys; the provider publishes the kid, the API does not know it."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.key_facts import kid_is_unknown
from console.core.diagnosis.matching import by_phrase, certain, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if not kid_is_unknown(reading):
        return None
    verifies = reading.evidence.signature == "valid" or reading.signature.is_kid_known is True
    kid = (reading.token.header or {}).get("kid") if reading.token else None
    refused = reading.phrase("signing-key-retired")
    if verifies and refused:
        return certain(f"The provider publishes the key {kid}, yet the API says: {refused.words}", str(kid))
    found = by_phrase("jwks-cache-stale")(reading)
    return likely(found.why, *found.facts) if found else None


CAUSE = Cause(
    slug="jwks-cache-stale",
    stage=Stage.SIGNATURE,
    title="Old keys in use",
    what="The API checks with an older key set than the one the provider publishes.",
    do="Have the API read the key set again when it meets an unknown kid; until then, restart it.",
    who=Owner.API_OWNER,
    match=match,
    check="signature",
)
