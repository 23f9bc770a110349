"""A bearer or basic header was sent to a URL that already carries its own signature."""

import re
from dataclasses import replace

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

SIGNED = re.compile(r"[?&](?:sig|signature|x-amz-signature|x-goog-signature)=", re.I)


def match(reading: Reading) -> Match | None:
    url = reading.evidence.request.url if reading.evidence.request else ""
    if not SIGNED.search(url) or reading.authorization is None or reading.answer.is_success:
        return None
    told = "The URL carries a signature, and the request an Authorization header besides."
    said = by_phrase("authorization-sent-to-presigned-url")(reading)
    return replace(said, why=told) if said else likely(told, "signed URL")


CAUSE = Cause(
    slug="authorization-sent-to-presigned-url",
    stage=Stage.API,
    title="Credential sent to a signed URL",
    what="A credential was sent to a URL that already carries its own signature.",
    do="Call that URL without the Authorization header.",
    who=Owner.INTEGRATOR,
    match=match,
)
