"""A client's own token (RFC 6749 section 4.4): no person, no refresh token."""

from console.sandbox.providers.form import first
from console.sandbox.providers.oauth.errors import OAuthRefusal
from console.sandbox.providers.oauth.resources import known_audience
from console.sandbox.providers.oauth.rules import Granted, Minting, TokenAsk
from console.sandbox.providers.oauth.tokens import answer_body
from console.sandbox.state import Authorization

OF_PEOPLE = frozenset({"openid", "profile", "email", "offline_access"})


def answer(ask: TokenAsk) -> Granted:
    scopes = first(ask.form, "scope").split() or [one for one in ask.client.scopes if one not in OF_PEOPLE]
    if foreign := [one for one in scopes if one not in ask.client.scopes or one in OF_PEOPLE]:
        return OAuthRefusal(
            "invalid_scope", f"The scope {' '.join(foreign)[:200]} is not allowed for this client."
        ), ask.state
    resources = ask.form.get("resource", ())
    if unknown := [one for one in resources if known_audience(one, ask.visit) is None]:
        return OAuthRefusal("invalid_target", f"The resource {unknown[0][:200]} is not known here."), ask.state
    authorization = Authorization(ask.rules.segment, ask.client.id, " ".join(dict.fromkeys(scopes)))
    return answer_body(ask, Minting(ask.client, authorization, None, resources, ask.cnf)), ask.state
