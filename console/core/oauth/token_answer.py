"""What an exchange with a token endpoint gave: a token, an error, or why there was no answer (RFC 6749 section 5)."""

from console.core.exchange import Exchange, Failure, FailureKind
from console.core.oauth.token_errors import read_token_response
from console.core.oauth.token_response import TokenError, TokenResponse


def read_answer(exchange: Exchange, *, now: int) -> TokenResponse | TokenError | Failure:
    """An answer that broke off is never taken for a token. `now` (epoch seconds) becomes `obtained_at`."""
    response = exchange.response
    if response is None or exchange.failure is not None:
        return exchange.failure or Failure(FailureKind.BAD_HTTP, "There was no answer.")
    return read_token_response(response.status, response.headers, response.body, now=now)
