"""Whether a token that this provider issued is still good, told from what was issued and revoked."""

from dataclasses import dataclass

from console.core.tokens.signature import SignatureState, verify
from console.core.tokens.times import epoch
from console.sandbox.issued import find_refresh, mark, marked
from console.sandbox.keys import own_keys
from console.sandbox.providers.base import ProviderVisit
from console.sandbox.providers.oauth.rules import Part, Rules
from console.sandbox.signed_text import read_jwt
from console.sandbox.state import RefreshFamily, State


@dataclass(frozen=True, slots=True)
class LiveRefresh:
    """A refresh token that would be taken."""

    family: RefreshFamily


def live_access(text: str, visit: ProviderVisit) -> Part | None:
    """The claims of an access token of this provider that is still good; None for any other text."""
    claims = own_access(text, visit)
    if claims is None or (epoch(claims.get("exp")) or 0) <= visit.now:
        return None
    return None if is_revoked(claims, visit.state, visit) else claims


def own_access(text: str, visit: ProviderVisit) -> Part | None:
    """The claims of an access token that this provider issued, however old: an ID token has no client_id."""
    read = read_jwt(text)
    if read is None:
        return None
    token, _, claims = read
    is_own = verify(token, own_keys(visit.keys), algorithms=("RS256",)).state is SignatureState.VALID
    is_access = claims.get("iss") in visit.issuers and isinstance(claims.get("client_id"), str)
    return claims if is_own and is_access and isinstance(claims.get("jti"), str) else None


def is_revoked(claims: Part, state: State, visit: ProviderVisit) -> bool:
    """Revoked by itself, or with the refresh tokens it came with."""
    family_id = claims["jti"].partition(".")[0]
    family = next((one for one in state.refresh_families if one.id == family_id), None)
    return (family is not None and family.is_revoked) or marked(state, _name(claims), now=visit.now) is not None


def live_refresh(text: str, visit: ProviderVisit, rules: Rules) -> LiveRefresh | None:
    family, unfit = find_refresh(visit.state, text, now=visit.now)
    if family is None or unfit is not None or family.authorization.provider != rules.segment:
        return None
    limit_s = rules.authorization_s
    if limit_s and visit.now > family.authorization.at + limit_s:
        return None
    return LiveRefresh(family)


def revoke_access(claims: Part, visit: ProviderVisit) -> State:
    ends = epoch(claims.get("exp")) or visit.now
    return mark(visit.state, _name(claims), now=visit.now, until=ends + 1)


def _name(claims: Part) -> str:
    return f"revoked {claims['jti']}"
