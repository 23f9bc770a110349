"""A place as MSAL is told of it, and whether its discovery document may be followed before a secret is sent."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from console.adapters.egress import Target, read_target
from console.core.exchange import Exchange, Failure, FailureKind
from console.core.oauth.metadata import Metadata, UnreadableDocument, read_metadata
from console.core.oauth.place import Place
from console.core.oauth.token_errors import read_token_error
from console.core.oauth.token_response import TokenError

Believes = Callable[[Metadata, Place], Failure | None]


@dataclass(frozen=True, slots=True)
class Authority:
    """`url` is the place's true one; `shown_url` is what MSAL is told (always https)."""

    place: Place

    @property
    def url(self) -> str:
        return self.place.msal_authority

    @property
    def metadata_url(self) -> str:
        return self.place.metadata_url

    @property
    def shown_url(self) -> str:
        return self._swap(self.url, "http://", "https://")

    def true_url(self, shown: str) -> str:
        """A URL that MSAL uses, as it really is."""
        return self._swap(shown, "https://", "http://") if self.url.startswith("http://") else shown

    def shown_document(self, metadata: Metadata) -> str:
        """The members that MSAL reads, as JSON, with its own host as https and the endpoint it demands present."""
        authorization = metadata.authorization_endpoint or self.place.authorization_endpoint
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


def metadata_problem(exchange: Exchange, authority: Authority, believes: Believes) -> Metadata | Failure | TokenError:
    """The discovery document when it can be believed; else why not, or the error the provider gave in its place.

    An unknown tenant is told here (400 with AADSTS90002), not at the token endpoint.
    """
    response = exchange.response
    if response is None or exchange.failure is not None:
        return exchange.failure or Failure(FailureKind.BAD_HTTP, "There was no answer.", "metadata")
    if response.status >= 400:
        error = read_token_error(response.status, response.headers, response.body)
        if error.error or error.kind in ("throttled", "server_error"):
            return error
    read = read_metadata(response)
    if isinstance(read, UnreadableDocument):
        return Failure(FailureKind.BAD_HTTP, read.detail, "metadata")
    return disbelief(read, authority.place, believes) or read


def disbelief(metadata: Metadata, place: Place, believes: Believes) -> Failure | None:
    """What the guard and then the provider say; the provider judges URLs that can be read in one way only."""
    if not metadata.token_endpoint:
        detail = "The discovery document names no token_endpoint, so there is nowhere to ask for a token."
        return Failure(FailureKind.BAD_HTTP, detail, "metadata")
    own, there = read_target(place.token_endpoint), read_target(metadata.token_endpoint)
    if isinstance(own, Failure):
        return own
    if isinstance(there, Failure):
        detail = f"The token_endpoint of the discovery document is not a usable URL. {there.detail}"
        return Failure(FailureKind.BLOCKED_ADDRESS, detail, "token_endpoint")
    plain = replace(metadata, token_endpoint=_written(there))
    return believes(plain, replace(place, token_endpoint=_written(own)))


def _written(target: Target) -> str:
    return f"{target.origin}{target.path}"
