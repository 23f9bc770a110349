"""A grant of two steps, shaped like the device flow (RFC 8628): a form, a person's turn, a form."""

import json

from console.core.credential import Secret
from console.core.exchange import Exchange
from console.core.grants.base import Ask, CameBack, Done, Grant, Kept, Move, Need, Post, Wait, done
from console.core.oauth.setting import Setting
from console.core.oauth.token_response import TokenError

INTERVAL_S = 5


def begin(ask: Ask) -> Move:
    endpoint = ask.place.device_authorization_endpoint
    form = (("scope", ask.scope), ("flavour", ask.settings["flavour"]))
    return Post(endpoint, form, auth_audience=endpoint)


def go_on(ask: Ask, kept: Kept, came_back: CameBack) -> Move:
    if not kept:
        return _shown_to_person(ask, came_back)
    if came_back is None:
        return _asked_again(ask, kept)
    ended = done(came_back, now=ask.fresh.now)
    is_pending = isinstance(ended.result, TokenError) and ended.result.error == "authorization_pending"
    return _wait(ask, kept["user_code"].reveal(), kept) if is_pending else ended


def _shown_to_person(ask: Ask, came_back: CameBack) -> Move:
    if not isinstance(came_back, Exchange) or came_back.response is None or came_back.response.status != 200:
        return done(came_back, now=ask.fresh.now)
    told = json.loads(came_back.response.body)
    kept = {"device_code": Secret(told["device_code"]), "user_code": Secret(told["user_code"])}
    return _wait(ask, told["user_code"], kept)


def _asked_again(ask: Ask, kept: Kept) -> Post:
    form = (("grant_type", GRANT.grant_type), ("device_code", kept["device_code"].reveal()))
    return Post(ask.place.token_endpoint, form, auth_audience=ask.place.token_endpoint)


def _wait(ask: Ask, user_code: str, kept: Kept) -> Wait:
    return Wait(user_code, f"{ask.place.issuer}/device", ask.fresh.now + 600, INTERVAL_S, kept)


def circle(ask: Ask, kept: Kept, came_back: CameBack) -> Move:
    """A broken grant, which asks for ever."""
    return begin(ask)


__all__ = ["GRANT", "Done"]
GRANT = Grant(
    code="toy_device",
    title="Toy device flow",
    grant_type="urn:ietf:params:oauth:grant-type:device_code",
    source="RFC 8628",
    needs=frozenset({Need.CLIENT_AUTH, Need.USER}),
    begin=begin,
    go_on=go_on,
    settings=(Setting("flavour", "Flavour", is_required=True),),
)
