"""What the gateway says of a required claim when it refuses: the claim and the value its policy wants.

`Claim value mismatch: scp=Orders.Read.` states the policy's demand (seen on real gateways; the value is the policy's,
not the token's). It is taken as what the policy decided, where the policy itself is not at hand. Claims come last of
all that a token policy looks at, so the rest of the token has passed.
"""

import re
from typing import Any

from msgspec.structs import replace

from console.core.evidence import Evidence, EvidenceCheck, EvidenceClaim, EvidenceDemand, EvidencePolicy, EvidenceStep

_MISMATCH = re.compile(r"Claim value mismatch:\s{0,3}([A-Za-z][\w.:/-]{0,100})=([^\r\n\"'<>]{1,400})", re.IGNORECASE)
_BEFORE = ("token-present", "well-formed", "signature", "expiry", "not-before", "audience", "issuer")
_REASON = "TokenClaimValueNotAllowed"


def with_refusal(evidence: Evidence, said: str) -> Evidence:
    """The evidence, with the policy's decision where the gateway has told it and nothing else of the policy is known.

    The token must bear it out: a claim that is there and does not hold the value, or one that is not there.
    """
    if evidence.policy is not None or evidence.policy_xml or evidence.token_claims is None:
        return evidence
    found = _MISMATCH.search(said)
    if found is None:
        return evidence
    name, value = found[1], _value(found[2])
    actual = evidence.token_claims.get(name)
    if not value or value in _texts(actual):
        return evidence
    claim = EvidenceClaim(name, (value,))
    shown = None if actual is None else ", ".join(_texts(actual))
    check = EvidenceCheck(f"required-claim:{name}", "fail", found[0].strip(), value, shown, _REASON)
    step = EvidenceStep(
        "validate-jwt",
        "",
        "reject",
        checks=(check,),
        passed=_BEFORE,
        demand=EvidenceDemand("validate-jwt", claims=(claim,)),
    )
    return replace(evidence, policy=EvidencePolicy("reject", _REASON, steps=(step,)))


def _value(text: str) -> str:
    """Without the full stop that ends the sentence, and what follows it."""
    return text.partition(". ")[0].strip().removesuffix(".").strip().rstrip("\\,;")


def _texts(actual: Any) -> list[str]:
    return [str(one) for one in (actual if isinstance(actual, list) else [] if actual is None else [actual])]
