"""What a token endpoint answers (RFC 6749 sections 5.1 and 5.2), after its types were checked."""

from dataclasses import dataclass, field
from typing import Any

from console.core.credential import Secret


@dataclass(frozen=True, slots=True)
class TokenResponse:
    """`expires_in_s` is seconds from `obtained_at` (epoch seconds); None when the server did not say.

    `notes` are sentences on what in the answer is odd, though the token is good. `refresh_token` and `id_token` (OpenID
    Connect Core section 3.1.3.3) are None and `issued_token_type` (RFC 8693 section 2.2.1) is "" when the answer has
    none. `refresh_expires_in_s` is how long the refresh token lasts, where a provider says so beyond the standards.
    """

    access_token: Secret
    token_type: str
    expires_in_s: int | None
    obtained_at: int
    scope: str = ""
    notes: tuple[str, ...] = ()
    refresh_token: Secret | None = None
    id_token: Secret | None = None
    issued_token_type: str = ""
    refresh_expires_in_s: int | None = None

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Every secret that the answer brought, for redaction."""
        return tuple(one for one in (self.access_token, self.refresh_token, self.id_token) if one is not None)

    @property
    def expires_at(self) -> int | None:
        """Epoch seconds; None when nobody said."""
        return None if self.expires_in_s is None else self.obtained_at + self.expires_in_s

    @property
    def refresh_ends_at(self) -> int | None:
        """When the refresh token ends, in epoch seconds; None when nobody said."""
        return None if self.refresh_expires_in_s is None else self.obtained_at + self.refresh_expires_in_s


@dataclass(frozen=True, slots=True)
class TokenError:
    """The error body; `status` is the HTTP status. `codes` are the AADSTS numbers found, most specific last.

    `error` is "" when the answer was no RFC 6749 error at all; `kind` then says what it was:
    "oauth" (an RFC 6749 error body), "not_json", "not_a_token_response", "server_error", "throttled"; or why this
    console refused what came: "foreign_answer" (it does not belong to the request), "bad_id_token", "bad_signature",
    "device_code_expired", "secret_given_back"; or "not_begun": something is missing without which nothing can be asked.
    `status` is 0 for what came with a person's browser and not as an HTTP answer.
    `claims` is the claims request that a new sign-in is to fulfil, as the server wrote it, "" without one.
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
    claims: str = ""
    body: dict[str, Any] = field(default_factory=dict)
