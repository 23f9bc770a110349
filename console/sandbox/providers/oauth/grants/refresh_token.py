"""A refresh token for new tokens (RFC 6749 section 6): each is good once, one that comes twice ends its family."""

from dataclasses import replace

from console.sandbox.issued import Unfit, find_refresh, revoke
from console.sandbox.providers.form import first
from console.sandbox.providers.oauth import errors
from console.sandbox.providers.oauth.errors import OAuthRefusal
from console.sandbox.providers.oauth.rules import Granted, TokenAsk
from console.sandbox.providers.oauth.tokens import person_answer
from console.sandbox.state import Authorization

_WHY = {
    Unfit.EXPIRED: "The refresh token has expired.",
    Unfit.REVOKED: "The refresh token was revoked.",
}


def answer(ask: TokenAsk) -> Granted:
    text = first(ask.form, "refresh_token")
    if not text:
        return errors.missing("refresh_token"), ask.state
    family, unfit = find_refresh(ask.state, text, now=ask.visit.now)
    if family is None or family.authorization.provider != ask.rules.segment:
        return errors.bad_grant("The refresh token is not known here."), ask.state
    if family.authorization.client_id != ask.client.id:
        return errors.bad_grant("The refresh token was given to another client."), ask.state
    if unfit is Unfit.USED:
        told = errors.bad_grant("Refresh token reuse was detected: it had been redeemed before.")
        return told, revoke(ask.state, family.id)
    if unfit is not None:
        return errors.bad_grant(_WHY.get(unfit, "The refresh token is not known here.")), ask.state
    authorization = _narrowed(ask, family.authorization)
    if isinstance(authorization, OAuthRefusal):
        return authorization, ask.state
    return person_answer(ask, authorization, family=family)


def _narrowed(ask: TokenAsk, authorization: Authorization) -> Authorization | OAuthRefusal:
    limit_s = ask.rules.authorization_s
    if limit_s and ask.visit.now > authorization.at + limit_s:
        return errors.bad_grant("The refresh token has expired with its authorization: the person must sign in again.")
    bound = authorization.detail("refresh_jkt")
    if bound and ask.cnf.get("jkt") != bound:
        return errors.bad_grant("The refresh token is bound to another DPoP key.")
    granted = authorization.scope.split()
    wanted = first(ask.form, "scope").split() or granted
    if not set(wanted) <= set(granted):
        return OAuthRefusal("invalid_scope", "scope asks for more than was granted.")
    return replace(authorization, scope=" ".join(wanted))
