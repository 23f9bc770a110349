"""An authorization server and its habits."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where one tenant of a provider is reached. All absolute URLs without trailing slash, except `issuers`.

    `authority` is what MSAL is given; `issuers` maps a token version ("1.0", "2.0") to the exact `iss` of its tokens.
    """

    authority: str
    metadata_url: str
    token_endpoint: str
    jwks_uri: str
    issuers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Provider:
    """`endpoints(base, tenant)` derives the URLs; `base` is the cloud's login host or the sandbox's base URL.

    `clouds` maps a cloud code to (title, base URL); it is empty when there is only one base, given by the deployment.
    """

    code: str
    title: str
    clouds: dict[str, tuple[str, str]]
    endpoints: Callable[[str, str], Endpoints]

    def destination(self, base: str, tenant: str) -> str:
        """What a credential is bound to: the origin and tenant it may be sent to. Another value discards it."""
        return f"{self.code} {self.endpoints(base, tenant).token_endpoint}"
