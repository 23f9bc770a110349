"""The token was signed with a key that the provider no longer publishes."""

from console.core.checks.claims import is_for_graph
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.key_facts import is_explained_otherwise
from console.core.diagnosis.matching import by_phrase, certain, likely, possible
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if (reading.token is not None and is_for_graph(reading.token)) or is_explained_otherwise(reading):
        return None
    kid = (reading.token.header or {}).get("kid") if reading.token else None
    if reading.signature.is_kid_known is False and reading.evidence.signature != "valid":
        source = reading.signature.source or "the key set that was read"
        return certain(f"The token names the key {kid}; {source} does not hold it.", f"kid {kid}")
    if reading.evidence.signature == "unverifiable" and reading.answer.status in {401, 403} and kid:
        make = possible if _fails_otherwise(reading) else likely
        return make(
            f"The key set that was read holds no usable key for this token; it names the key {kid}.", f"kid {kid}"
        )
    found = by_phrase("signing-key-retired")(reading)
    if found is None or reading.is_at_token_endpoint or reading.evidence.signature == "valid":
        return None
    return likely(found.why, *found.facts)


def _fails_otherwise(reading: Reading) -> bool:
    return any(finding.status == "fail" and check != "signature" for check, finding in reading.findings.items())


CAUSE = Cause(
    slug="signing-key-retired",
    stage=Stage.SIGNATURE,
    title="Signing key no longer published",
    what="The token was signed with a key that the provider does not publish.",
    do="Get a new token; if it stays so, compare the issuer of the token with the source of the keys.",
    who=Owner.INTEGRATOR,
    match=match,
    check="signature",
)
