"""All that one token request left behind, as it may be kept."""

from dataclasses import dataclass, field
from typing import Any

from console.core.exchange import Exchange, Failure, Purpose
from console.core.grants.base import SendPerson, Wait
from console.core.oauth.token_response import TokenError, TokenResponse


@dataclass(frozen=True, slots=True)
class TokenResult:
    """`outcome` is the token, an answer that gives none, why there was no usable answer, or what a person is to do
    first. Token and kept values alone are secret: everything else is redacted.

    `endpoint` is where the token was asked for, `steps` the exchanges in order, client assertions decoded. `facts` are
    what evidence may say of the credential that was used.
    """

    outcome: TokenResponse | TokenError | Failure | Wait | SendPerson
    endpoint: str
    steps: tuple[Exchange, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def response(self) -> TokenResponse | None:
        return self.outcome if isinstance(self.outcome, TokenResponse) else None

    @property
    def error(self) -> TokenError | None:
        return self.outcome if isinstance(self.outcome, TokenError) else None

    @property
    def failure(self) -> Failure | None:
        return self.outcome if isinstance(self.outcome, Failure) else None

    @property
    def posted(self) -> Exchange | None:
        """The last request to a token endpoint; None when none was sent."""
        return next((step for step in reversed(self.steps) if step.purpose is Purpose.TOKEN), None)
