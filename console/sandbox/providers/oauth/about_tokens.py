"""Introspection (RFC 7662) and revocation (RFC 7009): both tell and do the truth."""

from collections.abc import Callable
from dataclasses import replace

from console.core.exchange import Response
from console.sandbox.answers import json_response, text_response
from console.sandbox.issued import find_refresh, revoke
from console.sandbox.providers.base import ProviderVisit
from console.sandbox.providers.form import first, read_form, repeated
from console.sandbox.providers.oauth import errors
from console.sandbox.providers.oauth.client_auth import authenticate
from console.sandbox.providers.oauth.errors import OAuthRefusal
from console.sandbox.providers.oauth.rules import Part, Rules
from console.sandbox.providers.oauth.token_state import live_access, live_refresh, own_access, revoke_access
from console.sandbox.registered import OAuthClient
from console.sandbox.routes import Answered
from console.sandbox.state import State

INTROSPECTION_SCOPE = "idporten:token.introspection"


def introspect(visit: ProviderVisit, rules: Rules) -> Answered:
    """For a client that proves itself; 200 for every token, `active` false and nothing else for one that is no good."""
    return _asked(visit, rules, _introspect)


def revoke_token(visit: ProviderVisit, rules: Rules) -> Answered:
    """200 also for a token that nobody knows. With a refresh token goes all that came of it."""
    return _asked(visit, rules, _revoke)


_Answer = Callable[[str, OAuthClient, ProviderVisit, Rules], tuple[Response | OAuthRefusal, State]]


def _asked(visit: ProviderVisit, rules: Rules, answer: _Answer) -> Answered:
    form = read_form(visit.request)
    if name := repeated(form):
        return errors.answer(errors.twice(name), visit), visit.state
    proven = authenticate(form, visit, rules)
    if isinstance(proven, OAuthRefusal):
        return errors.answer(proven, visit), visit.state
    here = replace(visit, state=proven.state)
    if not first(form, "token"):
        return errors.answer(errors.missing("token"), here), here.state
    answered, after = answer(first(form, "token"), proven.client, here, rules)
    return (errors.answer(answered, here) if isinstance(answered, OAuthRefusal) else answered), after


def _introspect(
    token: str, client: OAuthClient, visit: ProviderVisit, rules: Rules
) -> tuple[Response | OAuthRefusal, State]:
    if rules.guards_introspection and INTROSPECTION_SCOPE not in client.scopes:
        text = f"The client is not registered for {INTROSPECTION_SCOPE}."
        return OAuthRefusal("access_denied", text, 403), visit.state
    return json_response(200, _told(token, visit, rules), now=visit.now), visit.state


def _told(token: str, visit: ProviderVisit, rules: Rules) -> Part:
    claims = live_access(token, visit)
    if claims is not None:
        kind = "DPoP" if "jkt" in claims.get("cnf", {}) else "Bearer"
        return {"active": True, **claims, "token_type": kind}
    found = live_refresh(token, visit, rules)
    if found is None:
        return {"active": False}
    family = found.family
    told = {"client_id": family.authorization.client_id, "scope": family.authorization.scope, "exp": family.until}
    return {"active": True, **told, "iss": visit.issuer, "token_type": "refresh_token"}


def _revoke(
    token: str, client: OAuthClient, visit: ProviderVisit, rules: Rules
) -> tuple[Response | OAuthRefusal, State]:
    done = text_response(200, "", now=visit.now)
    family, _ = find_refresh(visit.state, token, now=visit.now)
    if family is not None and family.authorization.provider == rules.segment:
        if family.authorization.client_id != client.id:
            return _not_yours(), visit.state
        return done, revoke(visit.state, family.id)
    claims = own_access(token, visit)
    if claims is None:
        return done, visit.state
    return (done, revoke_access(claims, visit)) if claims["client_id"] == client.id else (_not_yours(), visit.state)


def _not_yours() -> OAuthRefusal:
    return OAuthRefusal("invalid_request", "The token was issued to another client.")
