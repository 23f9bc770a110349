"""What a token request is answered: access token, ID token, refresh token (RFC 6749 section 5.1, OpenID Connect)."""

from dataclasses import replace

from console.sandbox.ids import opaque
from console.sandbox.issued import new_family, rotate
from console.sandbox.providers.base import ProviderVisit
from console.sandbox.providers.minting import issue_token
from console.sandbox.providers.oauth.rules import Minting, Part, Rules, TokenAsk
from console.sandbox.state import Authorization, RefreshFamily, State

NO_FAMILY = "0"  # in a jti: what came without a refresh token belongs to no family


def answer_body(ask: TokenAsk, minting: Minting, *, refresh_token: str = "") -> Part:
    """The members of the answer, an ID token where openid was granted to a person."""
    visit, rules = ask.visit, ask.rules
    scopes = minting.authorization.scope.split()
    body: Part = {
        "access_token": access_token(visit, rules, minting),
        "token_type": "DPoP" if "jkt" in minting.cnf else "Bearer",
        "expires_in": rules.access_s,
        "scope": minting.authorization.scope,
    }
    if minting.person is not None and "openid" in scopes:
        header = {"kid": visit.keys.kid, "typ": "JWT"}
        body["id_token"] = issue_token(visit, header, _id_claims(visit, rules, minting))
    if refresh_token:
        body["refresh_token"] = refresh_token
        if rules.authorization_s:
            body["refresh_expires_in"] = rules.refresh_s
    return body


def access_token(visit: ProviderVisit, rules: Rules, minting: Minting) -> str:
    """Its jti begins with the family it came from, so that what is revoked together is known together."""
    own = {
        "iss": visit.issuer,
        "client_id": minting.client.id,
        "scope": minting.authorization.scope or None,
        "iat": visit.now,
        "exp": visit.now + rules.access_s,
        "jti": f"{minting.family or NO_FAMILY}.{opaque(visit.state.entropy, 'jti')}",
        "cnf": minting.cnf or None,
    }
    header = {"kid": visit.keys.kid, **({"typ": rules.access_type} if rules.access_type else {})}
    return issue_token(visit, header, {**own, **rules.access_claims(visit, minting)})


def _id_claims(visit: ProviderVisit, rules: Rules, minting: Minting) -> Part:
    authorization = minting.authorization
    own = {
        "iss": visit.issuer,
        "aud": minting.client.id,
        "iat": visit.now,
        "exp": visit.now + rules.access_s,
        "auth_time": authorization.at,
        "nonce": authorization.nonce or None,
        "acr": authorization.detail("acr") or None,
        "sid": authorization.detail("sid") or None,
        "jti": opaque(visit.state.entropy, "id jti"),
    }
    return {**own, **rules.id_claims(visit, minting)}


def person_answer(ask: TokenAsk, authorization: Authorization, *, family: RefreshFamily | None) -> tuple[Part, State]:
    """The answer about a person, with the next refresh token of a family or the first of a new one."""
    visit, rules = ask.visit, ask.rules
    state, refresh_token = ask.state, ""
    scopes = tuple(authorization.scope.split())
    if family is not None:
        refresh_token, state = rotate(state, family, now=visit.now, lifetime_s=rules.refresh_s)
    elif "refresh_token" in ask.client.grants and rules.gives_refresh(ask.client, scopes):
        kept = replace(authorization, details=(*authorization.details, *_bound(ask)))
        refresh_token, family, state = new_family(state, kept, now=visit.now, lifetime_s=rules.refresh_s)
    minting = Minting(
        client=ask.client,
        authorization=authorization,
        person=state.person(authorization.person_id),
        audience=tuple(authorization.detail("resource").split()),
        cnf=ask.cnf,
        family=family.id if family is not None else "",
    )
    return answer_body(ask, minting, refresh_token=refresh_token), state


def _bound(ask: TokenAsk) -> tuple[tuple[str, str], ...]:
    """Refresh tokens of a client that has no proof of itself are bound to its key (RFC 9449 section 5)."""
    return (("refresh_jkt", ask.cnf["jkt"]),) if ask.client.is_public and "jkt" in ask.cnf else ()
