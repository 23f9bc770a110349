"""The configured metadata URL is wrong: policy, version or path missing, document answers 404."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, likely
from console.core.diagnosis.metadata_facts import host_answered
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    request = reading.evidence.request
    if request and ".well-known/" in request.url and reading.answer.status == 404:
        return likely(f"{request.url} was answered 404.", "404")
    if found := by_phrase("metadata-url-invalid")(reading):
        return found
    if told := host_answered(reading):
        return likely(told, "metadata address", who=Owner.API_OWNER)
    url = reading.fact("metadata", "metadata_url")
    if isinstance(url, str) and reading.phrase("metadata-unreachable") and _lacks_document(url):
        return likely(f"{url} does not end with /.well-known/openid-configuration.", "metadata address")
    return None


def _lacks_document(url: str) -> bool:
    return ".well-known/" not in url and "federationmetadata" not in url.lower()


CAUSE = Cause(
    slug="metadata-url-invalid",
    stage=Stage.DISCOVERY,
    title="Metadata address wrong",
    what="The configured metadata address leads to no document.",
    do="Correct the metadata address: the whole issuer must be part of it, as tokens name it.",
    who=Owner.API_OWNER,
    match=match,
)
