"""An API exchanges the token it was called with for one to another API, in the same person's name (Microsoft Entra).

It shares its grant_type with RFC 7523 section 2.1 and means something else: the assertion is a token that somebody
else got, whose audience is the API that asks, and `requested_token_use` says so.
"""

from console.core.grants.base import Ask, CameBack, Done, Grant, Kept, Move, Need, Post, done
from console.core.oauth.arrow import METADATA, Carried, asked, given
from console.core.oauth.id_token import refused
from console.core.oauth.setting import PASSED_ON


def begin(ask: Ask) -> Move:
    subject = ask.given.get(Need.SUBJECT_TOKEN)
    if subject is None:
        return Done(refused("not_begun", "There is no token of a person to act on behalf of: choose or paste one."))
    endpoint = ask.place.token_endpoint
    form = (
        ("grant_type", GRANT.grant_type),
        ("requested_token_use", "on_behalf_of"),
        ("assertion", subject.reveal()),
        ("scope", ask.scope),
        *((("claims", ask.setting("claims")),) if ask.setting("claims") else ()),
    )
    return Post(endpoint, form, auth_audience=endpoint, secrets=(subject,))


def go_on(ask: Ask, kept: Kept, came_back: CameBack) -> Done:  # noqa: ARG001 (a grant of one step keeps nothing)
    return done(came_back, now=ask.fresh.now)


ARROWS = (
    *METADATA,
    asked(
        "The caller's token as assertion",
        "{client} hands in the token it was called with",
        "Its audience is {client} itself, and the person in it is who the new token will be about.",
        carried=Carried.APPLICATION_FOR_PERSON,
    ),
    given(
        "A token for the next API",
        "The provider answers",
        "The person stays; the API changes, and {client} is who acts from now on.",
        carried=Carried.APPLICATION_FOR_PERSON,
    ),
)

GRANT = Grant(
    code="on_behalf_of",
    title="On behalf of: a token passed on",
    grant_type="urn:ietf:params:oauth:grant-type:jwt-bearer",
    source="Microsoft identity platform, OAuth 2.0 On-Behalf-Of flow",
    needs=frozenset({Need.CLIENT_AUTH, Need.SUBJECT_TOKEN}),
    begin=begin,
    go_on=go_on,
    settings=(PASSED_ON,),
    arrows=ARROWS,
)
