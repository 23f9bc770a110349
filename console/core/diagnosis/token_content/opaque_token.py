"""The access token is opaque or encrypted and cannot be read as a signed JWT."""

import re

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.header_facts import split_scheme
from console.core.diagnosis.matching import by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

OPAQUE = re.compile(r"[A-Za-z0-9_~+/=-]{16,}|(?!eyJ)[A-Za-z0-9_-]{2,16}\.[A-Za-z0-9_~+/=-]{16,}")  # or after a mark


def match(reading: Reading) -> Match | None:
    if reading.is_at_token_endpoint:
        return None
    header = reading.token.header if reading.token else None
    if header and "enc" in header:
        return likely("The header of the token names an encryption (enc): it is a JWE, not a signed token.", "enc")
    kind = reading.fact("token_kind")
    if kind in ("opaque", "jwe"):
        return likely(f"The token is {'opaque' if kind == 'opaque' else 'encrypted'}.", str(kind))
    found = by_phrase("opaque-token")(reading)
    if found and reading.token is None:
        return found
    scheme, rest = split_scheme(reading.authorization or "")
    is_refused = reading.answer.status in {401, 403}
    if scheme.lower() == "bearer" and OPAQUE.fullmatch(rest) and reading.token is None and is_refused:
        return likely(
            "The text after the word Bearer is not of three parts, so it is no signed token.", "Authorization header"
        )
    return None


CAUSE = Cause(
    slug="opaque-token",
    stage=Stage.TOKEN_CONTENT,
    title="Token cannot be read",
    what="The access token is opaque or encrypted, and the API expects a signed one it can read.",
    do="Request a token for your own API (with its audience or scope), so that the provider issues a signed one.",
    who=Owner.INTEGRATOR,
    match=match,
)
