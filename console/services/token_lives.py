"""How long a token lives, where the answer that brought it does not say."""

from dataclasses import replace

from console.core.oauth.token_response import TokenResponse
from console.core.tokens.times import epoch
from console.core.tokens.token import Token


def with_own_life(response: TokenResponse, token: Token) -> TokenResponse:
    """The answer with the life that the token itself tells, where the answer tells none."""
    ends_at = epoch((token.claims or {}).get("exp"))
    if response.expires_in_s is not None or ends_at is None:
        return response
    return replace(response, expires_in_s=max(0, ends_at - response.obtained_at))
