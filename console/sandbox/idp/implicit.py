"""Tokens in the answer of the authorization endpoint (RFC 6749 section 4.2), for gateways that still document it."""

import base64
import hashlib
from dataclasses import replace

from console.sandbox.faults.base import ENTRA
from console.sandbox.idp import issue
from console.sandbox.idp.client_auth import Authenticated
from console.sandbox.idp.granted import EntraIssuing, Granted, for_person
from console.sandbox.idp.sign_in_request import SignInRequest
from console.sandbox.routes import Visit
from console.sandbox.state import Authorization, State
from console.sandbox.urls import TenantUrls


def tokens(visit: Visit, asked: SignInRequest, authorization: Authorization, state: State) -> dict[str, str]:
    """What the address carries: an access token, an ID token or both, never a refresh token."""
    kinds = asked["response_type"].split()
    version = 2 if "/oauth2/v2.0/" in visit.address.path else 1
    issuing = EntraIssuing(TenantUrls(visit.address.base, state.tenant_id), visit.keys, visit.now, version)
    granted = for_person(authorization, asked.wanted, Authenticated(asked.client, proof="0"), state, issuing)
    fault = visit.fault_of(ENTRA)
    if fault is not None and fault.on_issue is not None:
        granted = replace(granted, token=fault.on_issue(granted.token))
    access_token = issue.sign(granted.token, visit.keys)
    values = {}
    if "token" in kinds:
        lifetime = str(issue.LIFETIME_S - 1)
        values = {
            "access_token": access_token,
            "token_type": "Bearer",
            "expires_in": lifetime,
            "scope": granted.scope,
        }
    if "id_token" in kinds and granted.id_token is not None:
        values["id_token"] = _identity(granted, access_token if "token" in kinds else "", visit)
    return values


def _identity(granted: Granted, access_token: str, visit: Visit) -> str:
    """The ID token, bound to the access token beside it (OpenID Connect Core section 3.2.2.10)."""
    token = granted.id_token
    if token is None:
        return ""
    if access_token:
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        at_hash = base64.urlsafe_b64encode(half).rstrip(b"=").decode()
        token = replace(token, claims={**token.claims, "at_hash": at_hash})
    return issue.sign(token, visit.keys)
