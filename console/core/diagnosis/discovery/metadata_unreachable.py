"""The API or gateway cannot download the discovery document or key set."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_phrase
from console.core.diagnosis.metadata_facts import host_answered
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if reading.signature.reason in {"keys-unavailable", "unreachable"}:
        source = reading.signature.source or "their address"
        return answered(f"The keys could not be read from {source}.", "keys-unavailable")
    found = by_phrase("metadata-unreachable")(reading)
    return None if reading.phrase("metadata-url-invalid") or host_answered(reading) else found


CAUSE = Cause(
    slug="metadata-unreachable",
    stage=Stage.DISCOVERY,
    title="Metadata or keys out of reach",
    what="The metadata or the keys of the identity provider could not be downloaded.",
    do="Let the API or the gateway reach the metadata address: check its name resolution, proxy, firewall and "
    "trusted certificates.",
    who=Owner.NETWORK,
    match=match,
)
