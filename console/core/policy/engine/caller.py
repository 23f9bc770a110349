"""Who calls, from a token that a policy let pass."""

from msgspec import Struct

from console.core.policy.token.matching import claim_texts
from console.core.tokens.token import Token

_TEXTS = ("azp", "appid", "tid", "sub", "ver", "scp")


class CallerIdentity(Struct, frozen=True):
    """Who calls, from a token whose policy let it pass. Texts are "" and tuples empty when the token does not say."""

    client_id: str = ""
    tenant: str = ""
    subject: str = ""
    roles: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    version: str = ""


def identity_of(token: Token) -> CallerIdentity:
    """Who calls, in v2 words (azp) or v1 words (appid)."""
    claims = token.claims or {}
    found = [value if isinstance(value, str) else "" for value in map(claims.get, _TEXTS)]
    azp, appid, tenant, subject, version, scopes = found
    roles = claims.get("roles")
    of_roles = claim_texts(roles, separator=None) if roles is not None else ()
    return CallerIdentity(azp or appid, tenant, subject, of_roles, tuple(scopes.split()), version)
