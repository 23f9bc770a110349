"""Tokens for this application are signed with its own key, which the general key set does not contain."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_code, by_phrase
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if found := by_code("app-specific-signing-key")(reading):
        return found
    is_open = reading.signature.is_kid_known is False or reading.phrase("signing-key-retired") is not None
    return (
        by_phrase("app-specific-signing-key")(reading)
        if is_open or reading.evidence.signature == "unverifiable"
        else None
    )


CAUSE = Cause(
    slug="app-specific-signing-key",
    stage=Stage.SIGNATURE,
    title="Signed with a key of its own",
    what="Tokens of this application are signed with a key of its own, which the general key set does not hold.",
    do="Read the keys with ?appid= and the API's client id, or use a registration without own signing key.",
    who=Owner.API_OWNER,
    match=match,
    check="signature",
)
