"""Who calls, from a token that a policy let pass."""

from console.core.policy.engine.model import CallerIdentity
from console.core.policy.token.matching import claim_texts
from console.core.tokens.token import Token


def identity_of(token: Token) -> CallerIdentity:
    """Who calls, in v2 words (azp) or v1 words (appid)."""
    claims = token.claims or {}
    roles, scopes = claims.get("roles"), token.text_claim("scp")
    return CallerIdentity(
        client_id=token.text_claim("azp") or token.text_claim("appid") or "",
        tenant=token.text_claim("tid") or "",
        subject=token.text_claim("sub") or "",
        roles=claim_texts(roles, separator=None) if roles is not None else (),
        scopes=tuple(scopes.split()) if scopes else (),
        version=token.text_claim("ver") or "",
    )
