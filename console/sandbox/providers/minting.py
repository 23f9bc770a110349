"""Tokens that the played providers issue: by the workspace's key, changed where a fault says so."""

from typing import Any

from console.sandbox.idp.issue import compact
from console.sandbox.providers.base import ProviderVisit

Part = dict[str, Any]


def issue_token(visit: ProviderVisit, header: Part, claims: Part) -> str:
    """The signed token; claims that are None are left out."""
    if visit.fault is not None and visit.fault.on_claims is not None:
        header, claims = visit.fault.on_claims(header, claims, visit.now)
    kept = {name: value for name, value in claims.items() if value is not None}
    return compact({**header, "alg": "RS256"}, kept, visit.keys)
