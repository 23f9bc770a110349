"""An application asks for a token in its own name (RFC 6749 section 4.4)."""

from console.core.grants.base import Ask, CameBack, Done, Grant, Kept, Need, Post, done
from console.core.oauth.arrow import METADATA, Carried, asked, given


def begin(ask: Ask) -> Post:
    endpoint = ask.place.token_endpoint
    form = (("grant_type", GRANT.grant_type), *((("scope", ask.scope),) if ask.scope else ()))
    return Post(endpoint, form, auth_audience=endpoint)


def go_on(ask: Ask, kept: Kept, came_back: CameBack) -> Done:  # noqa: ARG001 (a grant of one step keeps nothing)
    return done(came_back, now=ask.fresh.now)


GRANT = Grant(
    code="client_credentials",
    title="Client credentials",
    grant_type="client_credentials",
    source="RFC 6749 section 4.4",
    needs=frozenset({Need.CLIENT_AUTH}),
    begin=begin,
    go_on=go_on,
    arrows=(
        *METADATA,
        asked(
            "Proof of the client, and a scope",
            "{client} asks for a token in its own name",
            "Nobody signs in: the client proves itself by its credential and says what the token shall be good for.",
            carried=Carried.APPLICATION,
        ),
        given(
            "A token of the application",
            "The provider answers",
            "There is no refresh token: the client asks again when the token ends (RFC 6749 section 4.4.3).",
            carried=Carried.APPLICATION,
        ),
    ),
)
