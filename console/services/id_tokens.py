"""The signature of an ID token, before the answer that holds it is taken (OpenID Connect Core section 3.1.3.7)."""

from dataclasses import replace

from console.adapters.discovery import Sender
from console.core.api import Expectation
from console.core.oauth.id_token import refused
from console.core.oauth.place import Place
from console.core.oauth.token_response import TokenError, TokenResponse
from console.core.tokens.parse import parse
from console.core.tokens.signature import SignatureState
from console.services import keys


def checked(
    response: TokenResponse, place: Place, *, is_direct: bool, transport: Sender, now: int
) -> TokenResponse | TokenError:
    """The answer, or why it is not taken. Keys that cannot be had are noted and no refusal: item 6 of that section lets
    the connection to the token endpoint stand for the signature, because the ID token came from there directly.
    Of one that did not (`is_direct`), but by somebody's browser, the signature is all that there is (section 3.2.2.11).
    """
    if response.id_token is None:
        return response
    token = parse(response.id_token.reveal())
    found = keys.check_signature(token, Expectation(), place.metadata_url, transport=transport, now=now)
    if found.state in (SignatureState.INVALID, SignatureState.ABSENT):
        return refused("bad_signature", f"The ID token is not the provider's. {found.detail}")
    if found.state is SignatureState.VALID:
        return response
    if not is_direct:
        why = "The ID token came by a browser, so that nothing but its signature says whose it is."
        return refused("bad_signature", f"{why} It could not be checked. {found.detail}")
    note = f"The signature of the ID token could not be checked. {found.detail}"
    return replace(response, notes=(*response.notes, note))
