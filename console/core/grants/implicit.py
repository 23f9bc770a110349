"""The token comes with the person's browser, in the address (RFC 6749 section 4.2), where much can read it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from console.core.credential import Secret
from console.core.grants.base import Ask, CameBack, Done, Grant, Kept, Move, Need, SendPerson, done
from console.core.grants.signed_in import answered_error, not_ours, with_identity
from console.core.oauth.arrow import Arrow, Carried, FlowMoment, Party
from console.core.oauth.granted import read_granted
from console.core.oauth.id_token import FOREIGN, refused
from console.core.oauth.setting import Setting
from console.core.whole_number import whole_number


def begin(ask: Ask) -> Move:
    """The answer comes behind the # of the address, which no server is told: a page of the console hands it on."""
    endpoint, fresh = ask.place.authorization_endpoint, ask.fresh
    if not endpoint:
        return Done(refused("not_begun", "This provider names no address where a person could sign in."))
    wants_identity = "openid" in ask.scope.split()
    form = (
        ("response_type", "id_token token" if wants_identity else "token"),
        ("client_id", ask.client_id),
        ("redirect_uri", ask.redirect_uri),
        *((("scope", ask.scope),) if ask.scope else ()),
        ("state", fresh.state),
        *((("nonce", fresh.nonce),) if wants_identity else ()),
        *((("resource", ask.setting("resource")),) if ask.setting("resource") else ()),
    )
    url = f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(form)}"
    return SendPerson(url, fresh.state, {"state": Secret(fresh.state), "nonce": Secret(fresh.nonce)})


def go_on(ask: Ask, kept: Kept, came_back: CameBack) -> Done:
    if not isinstance(came_back, Mapping):
        return done(None, now=ask.fresh.now)
    refusal = not_ours(ask, kept["state"].reveal() if "state" in kept else "", came_back)
    if refusal:
        return Done(refused(FOREIGN, refusal))
    if "error" in came_back:
        return Done(answered_error(came_back))
    granted = read_granted(_members(came_back), now=ask.fresh.now)
    if isinstance(granted, str):
        return Done(refused("not_a_token_response", granted))
    nonce = kept["nonce"].reveal() if "nonce" in kept and "openid" in ask.scope.split() else ""
    return with_identity(ask, Done(granted), nonce=nonce)


def _members(came_back: Mapping[str, str]) -> dict[str, Any]:
    """As an answer of a token endpoint would have them: an address holds nothing but texts, and no refresh token."""
    life = came_back.get("expires_in", "")
    seconds = whole_number(life, digits=11)
    members: dict[str, Any] = {**came_back, "expires_in": (life or None) if seconds is None else seconds}
    members.pop("refresh_token", None)
    return members


ARROWS = (
    Arrow(
        FlowMoment.LINK,
        Party.CLIENT,
        Party.PERSON,
        "Link with state",
        "The console prepares the link",
        "State stays here.",
    ),
    Arrow(
        FlowMoment.SIGN_IN,
        Party.PERSON,
        Party.PROVIDER,
        "Signs in and consents",
        "{person} signs in and consents",
        "Between browser and provider: the console sees nothing of it.",
        Carried.PERSON,
    ),
    Arrow(
        FlowMoment.SENT_BACK,
        Party.PROVIDER,
        Party.PERSON,
        "Sent back with the token itself",
        "The provider sends the browser back",
        "This is what is wrong with it: the token stands in the address, behind the #.",
        Carried.PERSON,
    ),
    Arrow(
        FlowMoment.CAME_BACK,
        Party.PERSON,
        Party.CLIENT,
        "Hands the token on",
        "The browser hands the token on",
        "No server is told what is behind the #: a script of the page reads it. Nothing proves who asked.",
        Carried.PERSON,
    ),
)

GRANT = Grant(
    code="implicit",
    title="Implicit (not to be used any more)",
    grant_type="implicit",
    source="RFC 6749 section 4.2, RFC 9700 section 2.1.2",
    needs=frozenset({Need.USER, Need.REDIRECT}),
    begin=begin,
    go_on=go_on,
    settings=(Setting("resource", "Resource", help="Where the provider asks for it.", is_required=False),),
    warning="RFC 9700 section 2.1.2 advises against it: the token stands in the address, where histories, logs and "
    "other pages can read it, and nothing binds it to who asked.",
    arrows=ARROWS,
)
