"""What the API demands: stated by its owner, and written in the gateway's policy."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from console.core.api import Expectation
from console.core.diagnosis.policy_text import PolicyText, issuer_of_metadata


def with_metadata(stated: Expectation, extra: Mapping[str, Any]) -> Expectation:
    """Stated demands; a metadata address that was stated beside them implies the issuer when none is listed."""
    expectations = extra.get("expectations")
    url = expectations.get("metadata") if isinstance(expectations, dict) else None
    implied = issuer_of_metadata(url) if isinstance(url, str) else None
    return replace(stated, issuers=(implied,)) if implied and not stated.issuers else stated


def demanded_by(policy: PolicyText) -> Expectation:
    claims = {claim.name: claim.values for claim in policy.claims}
    clients = policy.client_ids or claims.get("azp") or claims.get("appid") or ()
    return Expectation(
        audiences=policy.audiences or claims.get("aud", ()),
        issuers=policy.issuers,
        authorized_parties=clients,
        roles=claims.get("roles", ()),
        scopes=claims.get("scp") or claims.get("scope") or (),
        tenant=policy.tenant if policy.tenant and "/" not in policy.tenant else None,
        leeway_s=policy.skew_s,
    )


def merged(demanded: Expectation, stated: Expectation) -> Expectation:
    names = Expectation.__dataclass_fields__
    return Expectation(**{name: getattr(demanded, name) or getattr(stated, name) for name in names})
