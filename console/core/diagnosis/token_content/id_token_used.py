"""An ID token was sent where an access token is needed."""

from console.core.checks.claims import id_token_mark
from console.core.checks.wording import listed
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_code, certain, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if found := by_code("id-token-used")(reading):
        return found
    mark = id_token_mark(reading.token) if reading.token else None
    if mark is None or reading.token is None or (reading.passes("audience") and not _lacks_permission(reading)):
        return None
    aud = listed(reading.token.audiences or ())
    why = f"The token carries {mark} and neither scopes nor roles; aud is {aud}"
    if reading.expectation.audiences:
        return certain(f"{why}; this API accepts {listed(reading.expectation.audiences)}.", mark)
    return likely(f"{why}, the client itself.", mark)


def _lacks_permission(reading: Reading) -> bool:
    return bool(reading.failed("roles") or reading.failed("scopes"))


CAUSE = Cause(
    slug="id-token-used",
    stage=Stage.TOKEN_CONTENT,
    title="ID token instead of access token",
    what="An ID token was sent where an access token is needed.",
    do="Send the access token of the same answer.",
    who=Owner.INTEGRATOR,
    match=match,
    check="token_type",
)
