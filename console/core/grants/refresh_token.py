"""A new access token for a refresh token (RFC 6749 section 6); the provider may rotate it (RFC 9700 section 4.14.2)."""

from dataclasses import replace

from console.core.grants.base import Ask, CameBack, Done, Grant, Kept, Move, Need, Post, done
from console.core.oauth.arrow import METADATA, Carried, asked, given
from console.core.oauth.id_token import refused
from console.core.oauth.token_response import TokenResponse

_KEPT = "refresh_token"


def begin(ask: Ask) -> Move:
    """Asks for the same scope again; with several resources for none, since each token is for one."""
    token = ask.given.get(Need.REFRESH_TOKEN)
    if token is None:
        return Done(refused("not_begun", "There is no refresh token: sign in again."))
    endpoint, resources = ask.place.token_endpoint, ask.setting("resource").split()
    form = (
        ("grant_type", GRANT.grant_type),
        ("refresh_token", token.reveal()),
        *((("scope", ask.scope),) if ask.scope else ()),
        *((("resource", resources[0]),) if len(resources) == 1 else ()),
    )
    return Post(endpoint, form, auth_audience=endpoint, secrets=(token,), keep={_KEPT: token})


def go_on(ask: Ask, kept: Kept, came_back: CameBack) -> Done:
    """The answer; without a new refresh token in it the old one goes on (section 6), and is handed back as its own."""
    ended = done(came_back, now=ask.fresh.now)
    response = ended.result
    if not isinstance(response, TokenResponse) or response.refresh_token is not None:
        return ended
    return Done(replace(response, refresh_token=kept.get(_KEPT)))


ARROWS = (
    *METADATA,
    asked(
        "The refresh token",
        "{client} hands in the refresh token",
        "The person is not asked: they agreed when they signed in.",
        carried=Carried.APPLICATION_FOR_PERSON,
    ),
    given(
        "A new token for the person",
        "The provider answers",
        "Often with a new refresh token: from then on the old one is worth nothing, and using it again ends both.",
        carried=Carried.PERSON,
    ),
)

GRANT = Grant(
    code="refresh_token",
    title="Refresh token",
    grant_type="refresh_token",
    source="RFC 6749 section 6, RFC 9700 section 4.14",
    needs=frozenset({Need.CLIENT_AUTH, Need.USER, Need.REFRESH_TOKEN}),
    begin=begin,
    go_on=go_on,
    arrows=ARROWS,
)
