"""Questions about a token's claims that several checks and causes ask."""

from typing import Any

from console.core.compare import is_graph, is_guid, numeric_date, role_set, scope_set
from console.core.issuers import read_issuer
from console.core.tokens.token import Token

_ID_TOKEN_MARKS = ("nonce", "at_hash", "c_hash", "s_hash")
_PERMISSIONS = ("scp", "scope", "roles")


def is_for_graph(token: Token) -> bool:
    return any(is_graph(audience) for audience in token.audiences or ())


def id_token_mark(token: Token) -> str | None:
    """The claim that marks an OpenID Connect ID token (OIDC Core section 2); None when nothing does."""
    claims = token.claims or {}
    if claims.get("typ") == "ID" or claims.get("token_use") == "id":
        return "typ" if claims.get("typ") == "ID" else "token_use"
    if any(name in claims for name in _PERMISSIONS):
        return None
    return next((name for name in _ID_TOKEN_MARKS if name in claims), None)


def is_refresh_token(token: Token) -> bool:
    """True for providers that issue refresh tokens as JWT and say so (Keycloak: typ Refresh or Offline)."""
    return (token.claims or {}).get("typ") in ("Refresh", "Offline")


def token_version(token: Token) -> str | None:
    """ "1.0" or "2.0" by `ver`, else by the form of an Entra issuer; None when nothing tells."""
    version = token.text_claim("ver")
    if version is not None:
        return version
    issuer = token.text_claim("iss")
    form = read_issuer(issuer) if issuer else None
    return form.version if form and form.provider in {"entra", "sandbox"} and form.version else None


def authorized_party(token: Token) -> tuple[str, Any] | None:
    """The claim that names the calling client, and its value: azp (v2, OIDC), appid (v1), client_id (RFC
    9068)."""
    claims = token.claims or {}
    names = ("appid", "azp", "client_id") if token_version(token) == "1.0" else ("azp", "appid", "client_id")
    return next(((name, claims[name]) for name in names if name in claims), None)


def scopes(token: Token) -> frozenset[str] | None:
    """Delegated scopes from scp (Entra) or scope (RFC 9068 section 2.2.3); None when absent or of a wrong
    type."""
    claims = token.claims or {}
    for name in ("scp", "scope"):
        if name in claims:
            return scope_set(claims[name])
    return None


def roles(token: Token) -> frozenset[str] | None:
    return role_set((token.claims or {}).get("roles"))


def is_app_only(token: Token) -> bool:
    """True when no person stands behind the token: idtyp says app, or there are no delegated scopes (entra.md
    3.6)."""
    claims = token.claims or {}
    if "idtyp" in claims:
        return bool(claims["idtyp"] == "app")
    if "scp" in claims:
        return False
    return "scope" not in claims or claims.get("sub") == claims.get("oid")


def tenant_of(token: Token) -> str | None:
    """The tenant by `tid`, else by the issuer; None when neither names one."""
    tenant = token.text_claim("tid")
    if tenant is not None:
        return tenant
    issuer = token.text_claim("iss")
    named = read_issuer(issuer).tenant if issuer else ""
    return named if is_guid(named) else None


def time_claim(token: Token, name: str) -> float | None:
    """A NumericDate claim in epoch seconds; None when absent or no number."""
    return numeric_date((token.claims or {}).get(name))


def are_groups_left_out(token: Token) -> bool:
    """True when Entra gave a reference in place of the groups, because there are too many."""
    claims = token.claims or {}
    if "groups" in claims:
        return False
    names = claims.get("_claim_names")
    return (isinstance(names, dict) and "groups" in names) or claims.get("hasgroups") in (True, "true")
