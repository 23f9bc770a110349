"""A person's own name and password go through the client (RFC 6749 section 4.3): nobody should build it any more."""

from console.core.grants.base import Ask, CameBack, Done, Grant, Kept, Move, Need, Post, done
from console.core.grants.signed_in import with_identity
from console.core.oauth.arrow import METADATA, Arrow, Carried, FlowMoment, Party, asked, given
from console.core.oauth.id_token import refused
from console.core.oauth.setting import Setting


def begin(ask: Ask) -> Move:
    password = ask.given.get(Need.PASSWORD)
    if password is None:
        return Done(refused("not_begun", "The password is typed for each request and is not there."))
    endpoint = ask.place.token_endpoint
    form = (
        ("grant_type", GRANT.grant_type),
        ("username", ask.setting("username")),
        ("password", password.reveal()),
        *((("scope", ask.scope),) if ask.scope else ()),
    )
    return Post(endpoint, form, auth_audience=endpoint, secrets=(password,))


def go_on(ask: Ask, kept: Kept, came_back: CameBack) -> Done:  # noqa: ARG001 (a grant of one step keeps nothing)
    return with_identity(ask, done(came_back, now=ask.fresh.now))


ARROWS = (
    *METADATA,
    Arrow(
        FlowMoment.LINK,
        Party.PERSON,
        Party.CLIENT,
        "Types name and password",
        "{person} types name and password here",
        "This is what is wrong with it: the client sees the password.",
        Carried.PERSON,
    ),
    asked(
        "Name and password",
        "{client} hands both in",
        "No second factor can be asked for, and no consent.",
        carried=Carried.APPLICATION_FOR_PERSON,
    ),
    given("A token for the person", "The provider answers", "", carried=Carried.PERSON),
)

GRANT = Grant(
    code="password",
    title="Password (not to be used any more)",
    grant_type="password",
    source="RFC 6749 section 4.3, RFC 9700 section 2.4",
    needs=frozenset({Need.CLIENT_AUTH, Need.PASSWORD}),
    begin=begin,
    go_on=go_on,
    settings=(Setting("username", "User name", help="Of a test account; its password is typed for each request."),),
    warning="RFC 9700 section 2.4 forbids it: the client sees the password of its user, no second factor can be asked "
    "for, and people learn to type their password anywhere.",
    arrows=ARROWS,
)
