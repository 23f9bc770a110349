"""The check reads a claim that these tokens do not carry under that name (appid/azp, scope/scp)."""

from typing import Any

from console.core.compare import same_id
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import certain
from console.core.diagnosis.mends import with_claims
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.evidence import Evidence
from console.core.owner import Owner
from console.core.tokens.claim_families import look_alikes


def match(reading: Reading) -> Match | None:
    pair = _pair(reading)
    if pair is None:
        return None
    wanted, twin = pair
    return certain(
        f"The check reads {wanted}; the token carries {twin} = {reading.claims[twin]} instead.",
        wanted,
        twin,
        do=f"Have the check read {twin}.",
    )


def _pair(reading: Reading) -> tuple[str, str] | None:
    """(the name that is read, the name that the token uses); None when no demand is missed by its name alone."""
    if reading.token is None or reading.token.claims is None:
        return None
    for wanted, values in _demanded(reading):
        if wanted in reading.claims or wanted == "aud":
            continue
        for twin in look_alikes(wanted):
            if twin in reading.claims and _fits(reading.claims[twin], values):
                return wanted, twin
    return None


def _mended(reading: Reading) -> Evidence | None:
    """With the claim under the name that is read."""
    pair = _pair(reading)
    return with_claims(reading, **{pair[0]: reading.claims[pair[1]]}) if pair else None


def _demanded(reading: Reading) -> list[tuple[str, tuple[str, ...]]]:
    """Claims and accepted values of the policy that are not met, and of settings that name a claim to be read."""
    demanded = [(claim.name, claim.values) for claim in reading.policy.refused_claims()] if reading.policy else []
    for fact in ("required_claims", "claims_required"):
        stated = reading.fact(fact)
        if isinstance(stated, dict):
            demanded += [(str(name), _as_values(value)) for name, value in stated.items()]
        if isinstance(stated, list):
            demanded += [(name, ()) for name in stated if isinstance(name, str)]
    named = reading.fact("role_claim", "roles_claim", "scope_claim", "claim_name", "client_id_claim", "role_claim_type")
    return [*demanded, *([(named, ())] if isinstance(named, str) else [])]


def _as_values(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _fits(actual: Any, wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return True
    texts = actual if isinstance(actual, list) else str(actual).split()
    return any(same_id(str(text), value) for text in texts for value in wanted)


CAUSE = Cause(
    slug="claim-name-mismatch",
    stage=Stage.GATEWAY_POLICY,
    title="Claim has another name",
    what="The check reads a claim that these tokens do not carry under that name.",
    do="Have the check read the name that the token uses.",
    widens="have it take either name",
    who=Owner.API_OWNER,
    match=match,
    mend=_mended,
)
