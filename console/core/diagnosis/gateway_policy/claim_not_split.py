"""A multi-valued claim is compared as one string, or with the wrong separator or match rule."""

import re
from typing import Any

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import certain, possible
from console.core.diagnosis.mends import with_claims
from console.core.diagnosis.policy_decision import parts_of
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.evidence import Evidence, EvidenceClaim
from console.core.owner import Owner

SEVERAL = re.compile(r"[,;]\s*|\s+")


def match(reading: Reading) -> Match | None:
    if reading.policy is None or reading.answer.is_success:
        return None
    for claim in reading.policy.refused_claims():
        actual = reading.claims.get(claim.name)
        if actual is not None and claim.values and claim.name != "aud" and (found := _judged(claim, actual)):
            return found
    return None


def _judged(claim: EvidenceClaim, actual: Any) -> Match | None:
    have = _gateway_values(claim, actual)
    if have is None:
        return None
    split_have, split_want = parts_of(sorted(have)), parts_of(list(claim.values))
    why = (
        f"{claim.name} in the token is {' | '.join(sorted(have))}; the policy compares with {' | '.join(claim.values)}"
    )
    if any(SEVERAL.search(value) for value in claim.values) and split_want & split_have:
        return certain(f"{why}, which lists several values in one element.", claim.name)
    if split_have != have and (set(claim.values) & split_have):
        return certain(f"{why} without the separator that would split it.", claim.name)
    if claim.match != "any" and set(claim.values) & have and len(claim.values) > 1:
        return possible(f"{why}, and match all asks for all of them.", claim.name)
    return None


def _gateway_values(claim: EvidenceClaim, actual: Any) -> set[str] | None:
    """The values as the gateway sees them (apim.md section 1.8); None for a type it does not compare here."""
    texts = actual if isinstance(actual, list) else [actual]
    if not all(isinstance(text, str) for text in texts):
        return None
    if claim.separator:
        return {part for text in texts for part in text.split(claim.separator)}
    return set(texts)


def _mended(reading: Reading) -> Evidence | None:
    """With claims that hold the wanted values, one by one."""
    refused = list(reading.policy.refused_claims()) if reading.policy else []
    split = {claim.name: list(claim.values) for claim in refused if claim.name in reading.claims}
    return with_claims(reading, **split) if split else None


CAUSE = Cause(
    slug="claim-not-split",
    stage=Stage.GATEWAY_POLICY,
    title="Several values compared as one",
    what="A claim with several values is compared as one text, or with the wrong rule.",
    do='Give the claim a separator (a blank for scp), one element per value, and match="any" where one is enough.',
    who=Owner.API_OWNER,
    match=match,
    mend=_mended,
)
