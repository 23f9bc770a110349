"""What a token endpoint answers (RFC 6749 sections 5.1 and 5.2), after its types were checked."""

from dataclasses import dataclass, field
from typing import Any

from console.core.credential import Secret


@dataclass(frozen=True, slots=True)
class TokenResponse:
    """`expires_in_s` is seconds from `obtained_at` (epoch seconds); None when the server did not say.

    `notes` are sentences on what in the answer is odd, though the token is good.
    """

    access_token: Secret
    token_type: str
    expires_in_s: int | None
    obtained_at: int
    scope: str = ""
    notes: tuple[str, ...] = ()

    @property
    def expires_at(self) -> int | None:
        """Epoch seconds; None when nobody said."""
        return None if self.expires_in_s is None else self.obtained_at + self.expires_in_s


@dataclass(frozen=True, slots=True)
class TokenError:
    """The error body; `status` is the HTTP status. `codes` are the AADSTS numbers found, most specific last.

    `error` is "" when the answer was no RFC 6749 error at all; `kind` then says what it was:
    "oauth" (an RFC 6749 error body), "not_json", "not_a_token_response", "server_error", "throttled".
    `body` is the parsed JSON object when there was one.
    """

    error: str
    error_description: str
    status: int
    kind: str = "oauth"
    codes: tuple[int, ...] = ()
    suberror: str = ""
    trace_id: str = ""
    correlation_id: str = ""
    timestamp: str = ""
    retry_after_s: int | None = None
    body: dict[str, Any] = field(default_factory=dict)
