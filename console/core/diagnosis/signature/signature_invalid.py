"""The key is known and right, the signature does not verify: altered token or foreign signer."""

from dataclasses import replace

from console.core.checks.claims import is_for_graph
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_kind, by_phrase, certain, possible
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

_SIGN_IN_AGAIN = "Sign in again; if it stays so, ask the provider which keys it publishes and signs with."


def match(reading: Reading) -> Match | None:
    if refused := by_kind("bad_signature")(reading):
        return replace(refused, do=_SIGN_IN_AGAIN, who=Owner.IDENTITY_PROVIDER)
    if reading.is_at_token_endpoint or reading.failed("algorithm"):
        return None
    if reading.token is not None and is_for_graph(reading.token):
        return (
            possible("Tokens for Microsoft Graph verify nowhere else.", "aud")
            if reading.evidence.signature == "invalid"
            else None
        )
    if reading.evidence.signature == "invalid":
        kid = (reading.token.header or {}).get("kid") if reading.token else None
        return certain(
            f"The key {kid or 'that was used'} is known, and it did not make this signature.", "signature invalid"
        )
    if reading.evidence.signature == "absent" and reading.token is not None and reading.token.claims is not None:
        return certain("The token has no signature.", "signature absent")
    return by_phrase("signature-invalid")(reading) if reading.evidence.signature != "valid" else None


CAUSE = Cause(
    slug="signature-invalid",
    stage=Stage.SIGNATURE,
    title="Signature does not verify",
    what="The signature does not verify: the token was changed, or another server signed it.",
    do="Get a new token and pass it on unchanged, byte for byte.",
    who=Owner.INTEGRATOR,
    match=match,
    check="signature",
)
