"""Where a tenant's tokens come from, and whether its discovery document may be believed before a secret is sent."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from console.adapters.egress import Target, read_target
from console.core.exchange import Exchange, Failure, FailureKind
from console.core.oauth.discovery_issuer import issuer_problem
from console.core.oauth.metadata import Metadata, Unreadable, read_metadata
from console.core.oauth.token_errors import read_token_error
from console.core.oauth.token_response import TokenError

# Hosts of one cloud that name each other in their documents (MSAL authority.py; reference entra.md section 5.1).
_FAMILIES = (
    frozenset(
        {
            "login.microsoftonline.com",
            "login.microsoft.com",
            "login.windows.net",
            "sts.windows.net",
        }
    ),
    frozenset({"login.partner.microsoftonline.cn", "login.chinacloudapi.cn", "sts.chinacloudapi.cn"}),
    frozenset({"login.microsoftonline.us", "login-us.microsoftonline.com", "login.usgovcloudapi.net"}),
)


@dataclass(frozen=True, slots=True)
class Authority:
    """`url` is the true one, without slash or /v2.0 at its end; `shown_url` is what MSAL is told (always https)."""

    url: str

    @classmethod
    def of(cls, text: str) -> "Authority":
        return cls(text.strip().rstrip("/").removesuffix("/v2.0").rstrip("/"))

    @property
    def metadata_url(self) -> str:
        return f"{self.url}/v2.0/.well-known/openid-configuration"

    @property
    def shown_url(self) -> str:
        return self._swap(self.url, "http://", "https://")

    def true_url(self, shown: str) -> str:
        """A URL that MSAL uses, as it really is."""
        return self._swap(shown, "https://", "http://") if self.url.startswith("http://") else shown

    def shown_document(self, metadata: Metadata) -> str:
        """The members that MSAL reads, as JSON, with its own host as https and the endpoint it demands present."""
        authorization = metadata.authorization_endpoint or f"{self.url}/oauth2/v2.0/authorize"
        members = {
            "issuer": metadata.issuer,
            "token_endpoint": metadata.token_endpoint,
            "authorization_endpoint": authorization,
        }
        if not self.url.startswith("http://"):
            return json.dumps(members)
        return json.dumps({name: self._swap(value, "http://", "https://") for name, value in members.items()})

    def _swap(self, url: str, old: str, new: str) -> str:
        """Another scheme, for URLs of this authority's own host and port only."""
        same_place = urlsplit(url).netloc.lower() == urlsplit(self.url).netloc.lower()
        return new + url.removeprefix(old) if same_place and url.startswith(old) else url


def destination_problem(place: Authority, *, may_be_http: bool) -> Failure | None:
    """Why no credential is sent to this authority; None when it may be."""
    target = read_target(place.url)
    if isinstance(target, Failure):
        return target
    if target.scheme == "http" and not may_be_http:
        detail = "The authority is plain http; a credential is sent over https only. Write it with https."
        return Failure(FailureKind.BLOCKED_ADDRESS, detail, "scheme")
    return None


def metadata_problem(exchange: Exchange, place: Authority, *, now: int) -> Metadata | Failure | TokenError:
    """The discovery document when it can be believed; else why not, or the error the provider gave in its place.

    An unknown tenant is told here (400 with AADSTS90002), not at the token endpoint.
    """
    response = exchange.response
    if response is None or exchange.failure is not None:
        return exchange.failure or Failure(FailureKind.BAD_HTTP, "There was no answer.", "metadata")
    if response.status >= 400:
        error = read_token_error(response.status, response.headers, response.body, now=now)
        if error.error or error.kind in ("throttled", "server_error"):
            return error
    read = read_metadata(response)
    if isinstance(read, Unreadable):
        return Failure(FailureKind.BAD_HTTP, read.detail, "metadata")
    return _place_problem(read, place) or read


def _place_problem(metadata: Metadata, place: Authority) -> Failure | None:
    own, endpoint = read_target(place.url), metadata.token_endpoint
    if isinstance(own, Failure):
        return own
    if not endpoint:
        detail = "The discovery document names no token_endpoint, so there is nowhere to ask for a token."
        return Failure(FailureKind.BAD_HTTP, detail, "metadata")
    there = read_target(endpoint)
    if isinstance(there, Failure):
        detail = f"The token_endpoint of the discovery document is not a usable URL. {there.detail}"
        return _refused(detail, "token_endpoint")
    if not _is_same_place(own, there):
        detail = (
            f"The discovery document at {own.origin} names a token endpoint at another place ({there.origin}), so "
            "the credential was not sent."
        )
        return _refused(detail, "token_endpoint")
    if problem := issuer_problem(place.url, metadata.issuer):
        detail = (
            f"The discovery document at {own.origin} is not believed, so the credential was not sent: {problem}. "
            "Both must be the same, character for character (RFC 8414 section 3.3)."
        )
        return _refused(detail, "issuer")
    return None


def _refused(detail: str, rule: str) -> Failure:
    return Failure(FailureKind.BLOCKED_ADDRESS, detail, rule)


def _is_same_place(own: Target, there: Target) -> bool:
    if own.origin == there.origin:
        return True
    is_usual = all(target.scheme == "https" and target.port == 443 for target in (own, there))
    return is_usual and any({own.host, there.host} <= family for family in _FAMILIES)
