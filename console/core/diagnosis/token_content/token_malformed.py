"""The text after the scheme is not a whole token: placeholder, unexpanded variable, truncated, object text."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.header_facts import is_no_token, scheme_fault, split_scheme
from console.core.diagnosis.matching import by_code, by_phrase, certain, likely
from console.core.diagnosis.mends import with_bearer, without_facts
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.evidence import Evidence
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    sent = reading.authorization
    if sent is not None and not scheme_fault(sent):
        scheme, rest = split_scheme(sent)
        if scheme.lower() == "bearer" and is_no_token(rest):
            return certain(f"After the word Bearer stands {rest[:80]}, which is no token.", "Authorization header")
        if scheme.lower() == "bearer" and (" " in rest or rest.endswith(("...", "…"))):
            return likely("The text after the word Bearer is broken by a blank or cut short.", "Authorization header")
    if reading.is_at_token_endpoint:
        return by_code("token-malformed")(reading)
    defects = reading.fact("token_defects", "defects")
    if isinstance(defects, list) and defects and reading.evidence.token_claims is None:
        return certain(f"The token cannot be read: {', '.join(map(str, defects))}.", *map(str, defects))
    if (sent is not None and scheme_fault(sent)) or (reading.token is not None and reading.token.claims is not None):
        return None
    return by_phrase("token-malformed")(reading)


def _mended(reading: Reading) -> Evidence | None:
    """With a token that can be read."""
    return (
        with_bearer(reading)
        if reading.authorization is not None
        else without_facts(reading, "token_defects", "defects")
    )


CAUSE = Cause(
    slug="token-malformed",
    stage=Stage.TOKEN_CONTENT,
    title="Not a whole token",
    what="What was sent is not a whole token.",
    do="Send the whole access token, from the first letter to the last, and nothing else.",
    who=Owner.INTEGRATOR,
    match=match,
    mend=_mended,
)
