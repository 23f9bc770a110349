"""What grants of a person have in common: the identity that comes with the token, and an error that they bring back."""

from collections.abc import Mapping
from dataclasses import replace

from console.core.grants.base import Ask, Done
from console.core.oauth import id_token
from console.core.oauth.id_token import SignInAsked
from console.core.oauth.token_response import TokenError, TokenResponse
from console.core.whole_number import whole_number

NAMELESS = "openid was asked for, and the answer holds no ID token; who signed in is not known from it."


def with_identity(ask: Ask, ended: Done, *, nonce: str = "", code: str = "") -> Done:
    """The end, or why the ID token that came with it is not the answer to this sign-in.

    `nonce` and `code` are what was sent and redeemed, "" where there was none.
    """
    response = ended.result
    if not isinstance(response, TokenResponse):
        return ended
    if response.id_token is None:
        return Done(_noted(response, NAMELESS)) if "openid" in ask.scope.split() else ended
    text, max_age = response.id_token.reveal(), ask.setting("max_age")
    asked = SignInAsked(
        client_id=ask.client_id,
        issuers=ask.place.accepted_issuers or ((ask.place.issuer,) if ask.place.issuer else ()),
        nonce=nonce,
        access_token=response.access_token.reveal(),
        code=code,
        max_age_s=whole_number(max_age, digits=12),
    )
    refusal = id_token.refusal(text, asked, now=ask.fresh.now)
    return Done(refusal or _noted(response, id_token.acr_note(text, ask.setting("acr_values"))))


def answered_error(told: Mapping[str, str]) -> TokenError:
    """The error that a person came back with (RFC 6749 section 4.1.2.1)."""
    names = ("error", "error_description", "error_uri", "error_subcode", "claims")
    body = {name: told[name] for name in names if told.get(name)}
    description, claims = told.get("error_description", ""), told.get("claims", "")
    return TokenError(told.get("error", ""), description, 0, claims=claims, body=body)


def not_ours(ask: Ask, state: str, told: Mapping[str, str]) -> str:
    """Why what a person came back with is no answer to this request, as a sentence; "" when it is.

    `state` is what was sent with it, "" when nothing is known of it (RFC 6749 section 10.12, RFC 9207 section 2.4).
    """
    if not state or told.get("state") != state:
        return "The state that came back is not the one that was sent, so the answer belongs to another request."
    named, place = told.get("iss", ""), ask.place
    if not named:
        missing = "The provider promises to name itself in the answer (iss), and this answer names nobody."
        return missing if place.names_itself_in_answers else ""
    expected = (place.issuer,) if place.issuer else place.accepted_issuers
    if expected and named not in expected:
        return f"The answer is from another issuer: iss is {named[:200]}, and {expected[0]} was asked (RFC 9207)."
    return ""


def _noted(response: TokenResponse, note: str) -> TokenResponse:
    return replace(response, notes=(*response.notes, note)) if note else response
