"""One authorization server, settled: where it is reached, before anything is asked of it (RFC 8414 section 2)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """All addresses are absolute URLs; "" means that the server has no such endpoint, or that it is not known.

    `issuer` is "" when only the metadata tells it; `accepted_issuers` are the exact `iss` of tokens from here, of which
    one server may have several. `msal_authority`, without slash or /v2.0 at its end, is set where MSAL shall send.
    With `names_itself_in_answers` every authorization response carries `iss` (RFC 9207 section 3), and one without it
    is refused; with `requires_pushed_requests` no others are taken (RFC 9126 section 5).
    """

    issuer: str
    metadata_url: str
    token_endpoint: str
    jwks_uri: str = ""
    authorization_endpoint: str = ""
    device_authorization_endpoint: str = ""
    introspection_endpoint: str = ""
    revocation_endpoint: str = ""
    end_session_endpoint: str = ""
    pushed_authorization_request_endpoint: str = ""
    accepted_issuers: tuple[str, ...] = ()
    msal_authority: str = ""
    names_itself_in_answers: bool = False
    requires_pushed_requests: bool = False

    @property
    def proven_at(self) -> tuple[str, ...]:
        """Where a client proves itself: its credential goes to each of them."""
        named = (
            self.token_endpoint,
            self.device_authorization_endpoint,
            self.pushed_authorization_request_endpoint,
            self.introspection_endpoint,
            self.revocation_endpoint,
        )
        return tuple(filter(None, named))
