"""Sends a token request that needs no MSAL: a form to a known endpoint (RFC 6749 section 3.2)."""

from collections.abc import Sequence
from urllib.parse import urlencode

from console.adapters.discovery import Sender
from console.core.exchange import Exchange, Header, Purpose, Request
from console.core.oauth.token_errors import read_token_response
from console.core.oauth.token_outcome import TokenOutcome
from console.core.oauth.token_response import TokenError, TokenResponse

_FORM = (("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json"))


def request_token(
    endpoint: str, form: Sequence[tuple[str, str]], *, transport: Sender, now: int, headers: tuple[Header, ...] = ()
) -> TokenOutcome:
    """What the endpoint answers to the form. `headers` may carry HTTP Basic client authentication.

    `now` (epoch seconds) becomes `obtained_at` and turns a Retry-After date into seconds.
    """
    request = Request("POST", endpoint, (*_FORM, *headers), urlencode(form).encode("ascii"))
    exchange = transport.send(request, purpose=Purpose.TOKEN)
    read = read_exchange(exchange, now=now)
    if read is None:
        return TokenOutcome(failure=exchange.failure, exchanges=(exchange,))
    if isinstance(read, TokenResponse):
        return TokenOutcome(response=read, exchanges=(exchange,))
    return TokenOutcome(error=read, exchanges=(exchange,))


def read_exchange(exchange: Exchange, *, now: int) -> TokenResponse | TokenError | None:
    """What a token exchange gave; None when it failed. An answer that broke off is never taken for a token."""
    response = exchange.response
    if response is None or exchange.failure is not None:
        return None
    return read_token_response(response.status, response.headers, response.body, now=now)
