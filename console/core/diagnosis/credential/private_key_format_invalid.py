"""The private key cannot be loaded (escaped newlines, quotes, wrong PEM type); no request was sent."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import adding, by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import leaves
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if reading.token_error is not None or reading.answer.status is not None:
        return None
    escaped = any(isinstance(value, str) and "BEGIN" in value and "\\n" in value for _, value in leaves(reading))
    found = by_phrase("private-key-format-invalid")(reading)
    if found and escaped:
        return adding(found, "The key is kept with backslash-n in place of line breaks.")
    return found or (
        likely("The key is kept with backslash-n in place of line breaks.", "private key") if escaped else None
    )


CAUSE = Cause(
    slug="private-key-format-invalid",
    stage=Stage.CREDENTIAL,
    title="Private key cannot be loaded",
    what="The private key cannot be loaded, so no request was sent.",
    do="Enter the key as PEM with real line breaks, without quotation marks, from BEGIN to END.",
    who=Owner.INTEGRATOR,
    match=match,
)
