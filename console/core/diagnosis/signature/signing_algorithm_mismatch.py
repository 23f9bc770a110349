"""The token's algorithm is not the one the verifier is set up for (HS256 against RS256)."""

import re

from console.core.diagnosis.assertion_facts import header as assertion_header
from console.core.diagnosis.assertion_facts import is_signed_with_secret
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, certain, from_finding, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

ALGORITHM = re.compile(r"\b(?:HS|RS|PS|ES)(?:256|384|512)\b|\bEdDSA\b")
PROOF = re.compile(r"signature|algorithm|\bkeys?\b|\bkid\b|signed", re.I)  # a refusal for who signed names one


def match(reading: Reading) -> Match | None:
    if reading.is_at_token_endpoint:
        return _of_assertion(reading)
    if failed := reading.failed("algorithm"):
        return from_finding(failed)
    actual = (reading.token.header or {}).get("alg") if reading.token else None
    found = by_phrase("signing-algorithm-mismatch")(reading)
    stated = [name for name in ALGORITHM.findall(str(reading.extra.get("expectations", ""))) if name]
    if isinstance(actual, str) and stated and actual not in stated and (found or reading.answer.status in {401, 403}):
        return certain(f"alg is {actual}; this API is set up for {stated[0]}.", f"alg {actual}")
    if reading.signature.reason == "algorithm-not-allowed":
        return certain(f"alg is {actual}, which the key set does not serve.", f"alg {actual}")
    return found


def _of_assertion(reading: Reading) -> Match | None:
    is_refused = reading.error in {"invalid_client", "invalid_grant", "invalid_request"} and reading.token_error
    if not is_refused or not is_signed_with_secret(reading) or not PROOF.search(reading.description):
        return None
    alg = f"alg {assertion_header(reading)['alg']}"
    told = f"The assertion has {alg}, so a secret signed it; the provider verifies it with the client's public key."
    do = "Sign the assertion with the client's private key, by RS256 or what else the provider takes."
    return likely(told, alg, do=do, who=Owner.INTEGRATOR)


CAUSE = Cause(
    slug="signing-algorithm-mismatch",
    stage=Stage.SIGNATURE,
    title="Algorithms differ",
    what="The token is signed with another algorithm than the verifier is set up for.",
    do="Set the verifier up for the provider's algorithm and keys.",
    who=Owner.API_OWNER,
    match=match,
    check="algorithm",
)
