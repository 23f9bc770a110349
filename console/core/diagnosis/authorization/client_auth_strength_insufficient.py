"""The API accepts only tokens obtained with a stronger client authentication (certificate instead of secret)."""

from dataclasses import replace
from typing import Any

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, certain
from console.core.diagnosis.mends import with_claims
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.evidence import Evidence
from console.core.owner import Owner

STRENGTH = {"0": "none", "1": "a client secret", "2": "a certificate"}


def match(reading: Reading) -> Match | None:
    name = "azpacr" if "azpacr" in reading.claims else "appidacr"
    used: Any = reading.claims.get(name)
    if used not in ("0", "1") or reading.is_at_token_endpoint:
        return None
    how = f"{name} is {used}: the client authenticated with {STRENGTH[used]}"
    for claim in reading.policy.refused_claims() if reading.policy else ():
        if claim.name == name and claim.values:
            return certain(f"{how}; the policy asks for {' or '.join(claim.values)}.", name)
    found = by_phrase("client-auth-strength-insufficient")(reading)
    return replace(found, why=f"{how}. {found.why}") if found else None


def _mended(reading: Reading) -> Evidence:
    """With a token that was asked for with a certificate."""
    return with_claims(reading, **{"azpacr" if "azpacr" in reading.claims else "appidacr": "2"})


CAUSE = Cause(
    slug="client-auth-strength-insufficient",
    stage=Stage.AUTHORIZATION,
    title="Stronger client authentication needed",
    what="The API accepts only tokens that were obtained with a stronger client authentication.",
    do="Obtain the token with a certificate instead of a client secret.",
    who=Owner.INTEGRATOR,
    match=match,
    mend=_mended,
)
