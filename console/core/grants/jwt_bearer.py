"""A JWT that the client signed is the grant itself (RFC 7523 section 2.1), in the general form or in Maskinporten's.

Maskinporten reads scope and resource inside the assertion, no field but two, and refuses claims that it does not
document; `aud` is its issuer as the one value, with its slash. Who else is asked: aud is the issuer where it is known.
"""

from typing import Any

from console.core.credential import Secret
from console.core.grants.base import Ask, CameBack, Done, Form, Grant, Kept, Move, Need, Post, done
from console.core.json import strict as strict_json
from console.core.json.text import json_text
from console.core.oauth.arrow import METADATA, Carried, asked, given
from console.core.oauth.assertion_form import SCOPE_INSIDE
from console.core.oauth.id_token import refused
from console.core.oauth.setting import Setting

LIFETIME_S = 100  # Maskinporten and TokenX take 120 at most, which leaves room for clocks
_DETAILS = "authorization_details"


def begin(ask: Ask) -> Move:
    if ask.sign is None:
        return Done(refused("not_begun", "This grant is signed, and the profile has no key to sign with."))
    details = _details(ask)
    if details is None:
        words = "The authorization_details of the profile are no JSON array of objects (RFC 9396 section 2)."
        return Done(refused("not_begun", words))
    is_inside = ask.setting("assertion_form") == SCOPE_INSIDE
    claims = {
        **_usual(ask),
        **(_inside(ask, details) if is_inside else {"sub": ask.setting("subject") or ask.client_id}),
    }
    assertion = Secret(ask.sign(claims))
    fields = () if is_inside else _fields(ask, details)
    form = (("grant_type", GRANT.grant_type), ("assertion", assertion.reveal()), *fields)
    return Post(ask.place.token_endpoint, form, secrets=(assertion,))


def go_on(ask: Ask, kept: Kept, came_back: CameBack) -> Done:  # noqa: ARG001 (a grant of one step keeps nothing)
    return done(came_back, now=ask.fresh.now)


def _usual(ask: Ask) -> dict[str, Any]:
    place, now = ask.place, ask.fresh.now
    audience = ask.setting("assertion_audience") or place.issuer or place.token_endpoint
    return {"aud": audience, "iss": ask.client_id, "iat": now, "exp": now + LIFETIME_S, "jti": ask.fresh.jti}


def _inside(ask: Ask, details: list[Any]) -> dict[str, Any]:
    resources = ask.setting("resource").split()
    told: dict[str, Any] = {
        "scope": ask.scope,
        "sub": ask.setting("subject"),
        "resource": resources,
        "consumer_org": ask.setting("consumer_org"),
        "pid": ask.setting("pid"),
        _DETAILS: details,
    }
    return {name: value for name, value in told.items() if value}


def _fields(ask: Ask, details: list[Any]) -> Form:
    return (
        *((("scope", ask.scope),) if ask.scope else ()),
        *(("resource", one) for one in ask.setting("resource").split()),
        *(((_DETAILS, json_text(details)),) if details else ()),
    )


def _details(ask: Ask) -> list[Any] | None:
    """The objects of authorization_details, [] when there are none; None when they cannot be read."""
    text = ask.setting(_DETAILS)
    if not text:
        return []
    read = strict_json.read(text.encode())
    is_list = read.is_json and isinstance(read.value, list) and all(isinstance(one, dict) for one in read.value)
    return read.value if is_list else None


ARROWS = (
    *METADATA,
    asked(
        "A signed JWT: the grant itself",
        "{client} hands in a JWT that it signed",
        "The JWT is grant and proof in one: nothing else proves the client. It is good once, for two minutes at most.",
        carried=Carried.APPLICATION,
    ),
    given(
        "A token of the application",
        "The provider answers",
        "It has checked signature, audience, times, and that the JWT was not used before.",
        carried=Carried.APPLICATION,
    ),
)

GRANT = Grant(
    code="jwt_bearer",
    title="Signed JWT as grant",
    grant_type="urn:ietf:params:oauth:grant-type:jwt-bearer",
    source="RFC 7523 section 2.1",
    needs=frozenset({Need.SIGNING_KEY}),
    begin=begin,
    go_on=go_on,
    settings=(
        Setting(
            "assertion_form",
            "Form of the assertion",
            choices=((SCOPE_INSIDE, "Scope inside, no subject (Maskinporten, Google)"),),
            is_required=False,
        ),
        Setting(
            "assertion_audience",
            "Audience of the assertion",
            help="Empty: the provider's issuer, or its token endpoint where the issuer is not known.",
            is_required=False,
            max_length=500,
        ),
        Setting("subject", "Subject", help="Who the token is about; empty: the client itself.", is_required=False),
        Setting(
            "resource",
            "Resource",
            help="The API that the token is for; it becomes the audience of the token.",
            is_required=False,
            max_length=500,
        ),
        Setting(
            "consumer_org",
            "Customer's organisation number",
            help="Nine digits, where the customer has delegated the scope to you as supplier.",
            is_required=False,
        ),
        Setting(
            "pid",
            "Person number",
            help="Only for scopes that restrict a token to one person; it is no sign-in.",
            is_required=False,
        ),
        Setting(
            _DETAILS,
            "Authorization details",
            help="A JSON array (RFC 9396), for a system user or a consent.",
            is_required=False,
            max_length=2000,
        ),
    ),
    arrows=ARROWS,
)
