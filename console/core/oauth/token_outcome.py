"""All that one token request left behind."""

from dataclasses import dataclass

from console.core.exchange import Exchange, Failure
from console.core.oauth.token_response import TokenError, TokenResponse


@dataclass(frozen=True, slots=True)
class TokenOutcome:
    """Exactly one of `response`, `error` and `failure` is set once a request was made.

    `error` is an answer that gives no token, `failure` says why there was no (usable) answer. `exchanges` are the
    steps in order, with true URLs and with the secrets that were sent: redact them before they are kept.
    """

    response: TokenResponse | None = None
    error: TokenError | None = None
    failure: Failure | None = None
    exchanges: tuple[Exchange, ...] = ()
