"""A token for another one (RFC 8693): delegation, so that `act` tells who acts for whom, each link of the chain."""

from console.sandbox.providers.form import first
from console.sandbox.providers.oauth import errors
from console.sandbox.providers.oauth.errors import OAuthRefusal
from console.sandbox.providers.oauth.resources import known_audience
from console.sandbox.providers.oauth.rules import Granted, Minting, Part, TokenAsk
from console.sandbox.providers.oauth.token_state import live_access
from console.sandbox.providers.oauth.tokens import answer_body
from console.sandbox.state import Authorization

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange"
_TYPE = "urn:ietf:params:oauth:token-type:"
ACCESS_TOKEN, JWT = f"{_TYPE}access_token", f"{_TYPE}jwt"


def answer(ask: TokenAsk) -> Granted:
    subject = _subject(ask)
    if isinstance(subject, OAuthRefusal):
        return subject, ask.state
    actor = _actor(ask)
    if isinstance(actor, OAuthRefusal):
        return actor, ask.state
    audience = _audience(ask)
    if isinstance(audience, OAuthRefusal):
        return audience, ask.state
    granted = str(subject.get("scope", "")).split()
    scopes = first(ask.form, "scope").split() or granted
    if not set(scopes) <= set(granted):
        return OAuthRefusal("invalid_scope", "scope asks for more than the subject token has."), ask.state
    kept = [one for one in scopes if one not in ("openid", "offline_access")]
    authorization = Authorization(ask.rules.segment, ask.client.id, " ".join(kept))
    minting = Minting(ask.client, authorization, None, audience, ask.cnf, subject=_carried(subject, actor))
    return {**answer_body(ask, minting), "issued_token_type": ACCESS_TOKEN}, ask.state


def _subject(ask: TokenAsk) -> Part | OAuthRefusal:
    return _token(ask, "subject_token") or errors.missing("subject_token")


def _token(ask: TokenAsk, name: str) -> Part | OAuthRefusal | None:
    """The claims of a token in the form, None when it is not there."""
    text, kind = first(ask.form, name), first(ask.form, f"{name}_type")
    if not text:
        return OAuthRefusal("invalid_request", f"{name}_type was sent without {name}.") if kind else None
    if kind not in (ACCESS_TOKEN, JWT):
        return OAuthRefusal("invalid_request", f"{name}_type must be {ACCESS_TOKEN} or {JWT}.")
    claims = live_access(text, ask.visit)
    told = OAuthRefusal("invalid_request", f"{name} is no access token of this provider that is still good.")
    return told if claims is None else claims


def _actor(ask: TokenAsk) -> str | OAuthRefusal:
    """Who acts: the subject of an actor token, without one the client."""
    claims = _token(ask, "actor_token")
    if isinstance(claims, OAuthRefusal):
        return claims
    return str(claims["sub"]) if claims is not None else ask.client.id


def _audience(ask: TokenAsk) -> tuple[str, ...] | OAuthRefusal:
    """The clients and the resources that the new token is for."""
    wanted = first(ask.form, "requested_token_type")
    if wanted not in ("", ACCESS_TOKEN, JWT):
        return OAuthRefusal("invalid_request", f"requested_token_type must be {ACCESS_TOKEN} or {JWT}.")
    clients, resources = ask.form.get("audience", ()), ask.form.get("resource", ())
    named = (one for one in clients if ask.rules.client(ask.state, one) is None)
    unknown = [one for one in (*named, *resources) if known_audience(one, ask.visit) is None]
    if unknown:
        return OAuthRefusal("invalid_target", f"{unknown[0][:200]} is not known here.")
    return (*clients, *resources)


def _carried(subject: Part, actor: str) -> Part:
    """What goes on of the subject token; `act` nests the earlier actors (RFC 8693 section 4.1)."""
    earlier = {"act": subject["act"]} if isinstance(subject.get("act"), dict) else {}
    names = ("sub", "acr", "auth_time", "name", "preferred_username")
    kept = {name: subject[name] for name in names if name in subject}
    return {**kept, "act": {"sub": actor, **earlier}}
