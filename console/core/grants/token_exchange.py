"""One token is exchanged for another, for another audience or with another reach (RFC 8693)."""

from dataclasses import replace

from console.core.grants.base import Ask, CameBack, Done, Grant, Kept, Move, Need, Post, done
from console.core.oauth.arrow import METADATA, Carried, asked, given
from console.core.oauth.id_token import refused
from console.core.oauth.setting import PASSED_ON, Setting
from console.core.oauth.token_response import TokenResponse

TYPE = "urn:ietf:params:oauth:token-type:"
_TYPES = tuple(
    (f"{TYPE}{code}", title)
    for code, title in (
        ("access_token", "Access token"),
        ("jwt", "JWT"),
        ("id_token", "ID token"),
        ("refresh_token", "Refresh token"),
        ("saml2", "SAML 2.0 assertion"),
    )
)


def begin(ask: Ask) -> Move:
    subject = ask.given.get(Need.SUBJECT_TOKEN)
    if subject is None:
        return Done(refused("not_begun", "There is no token to exchange: choose or paste one."))
    endpoint = ask.place.token_endpoint
    form = (
        ("grant_type", GRANT.grant_type),
        ("subject_token", subject.reveal()),
        ("subject_token_type", ask.setting("subject_token_type") or f"{TYPE}access_token"),
        *(("audience", one) for one in ask.setting("audience").split()),
        *(("resource", one) for one in ask.setting("resource").split()),
        *((("scope", ask.scope),) if ask.scope else ()),
        *((("requested_token_type", wanted),) if (wanted := ask.setting("requested_token_type")) else ()),
    )
    return Post(endpoint, form, auth_audience=endpoint, secrets=(subject,))


def go_on(ask: Ask, kept: Kept, came_back: CameBack) -> Done:  # noqa: ARG001 (a grant of one step keeps nothing)
    """The answer must say what sort of token it is (section 2.2.1); one that does not is taken, and noted."""
    ended = done(came_back, now=ask.fresh.now)
    response = ended.result
    if not isinstance(response, TokenResponse) or response.issued_token_type:
        return ended
    note = "The answer has no issued_token_type, which RFC 8693 section 2.2.1 requires."
    return Done(replace(response, notes=(*response.notes, note)))


ARROWS = (
    *METADATA,
    asked(
        "A token, and for whom the next",
        "{client} hands in a token to be exchanged",
        "subject_token is whom the new token will be about, audience or resource whom it is for.",
        carried=Carried.APPLICATION_FOR_PERSON,
    ),
    given(
        "A token for another audience",
        "The provider answers",
        "Some servers write who acts into it (act), others do not (RFC 8693 section 4.1).",
        carried=Carried.APPLICATION_FOR_PERSON,
    ),
)

GRANT = Grant(
    code="token_exchange",
    title="Token exchange",
    grant_type="urn:ietf:params:oauth:grant-type:token-exchange",
    source="RFC 8693",
    needs=frozenset({Need.CLIENT_AUTH, Need.SUBJECT_TOKEN}),
    begin=begin,
    go_on=go_on,
    settings=(
        PASSED_ON,
        Setting(
            "audience",
            "Audience",
            help="Who the new token is for, as the provider names it, for example dev-gcp:team:app.",
            is_required=False,
            max_length=500,
        ),
        Setting(
            "resource",
            "Resource",
            help="The address of the API that the token is for, where the provider asks for it (RFC 8707).",
            is_required=False,
            max_length=500,
        ),
        Setting(
            "subject_token_type",
            "Type of the token that is exchanged",
            choices=_TYPES,
            is_required=False,
        ),
        Setting(
            "requested_token_type",
            "Type of token wanted",
            choices=_TYPES,
            is_required=False,
        ),
    ),
    arrows=ARROWS,
)
