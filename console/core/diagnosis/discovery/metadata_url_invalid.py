"""The configured metadata URL is wrong: policy, version or path missing, document answers 404."""

import re

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

_ANSWERED = re.compile(r"\b404\b|not ?found\b|\bhtml\b|unexpected token '?<|\b(?:400|401|403|405|410)\b", re.I)


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


def host_answered(reading: Reading) -> str:
    """What tells that the metadata's host is there and answered something else (404, a page); "" when nothing does."""
    said = reading.phrase("metadata-unreachable")
    found = _ANSWERED.search(said.words) if said else None
    return f'The address answered, but not with the document: "{said.words}"' if said and found else ""


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
