"""Which provider an attempt was about, and the error of its that an answer holds."""

import re
from typing import Any

from console.core import providers
from console.core.evidence import Evidence
from console.core.providers import maskinporten
from console.core.providers.base import Provider
from console.core.providers.known_error import KnownError, find

_MASKINPORTEN_CODE = re.compile(r"\bMP-\d{3}\b")


def provider_in(evidence: Evidence, codes: tuple[int, ...]) -> Provider | None:
    """The provider that the profile names, else the one whose addresses these plainly are; None when nothing tells.

    `codes` are the numbers in the answer, which Entra alone gives.
    """
    named = evidence.profile.get("provider")
    found = next((one for one in providers.PROVIDERS if one.code == named), None)
    if found is None and codes:
        return providers.entra.PROVIDER
    if found is None and _MASKINPORTEN_CODE.search(" ".join(_error_texts(evidence))):
        return maskinporten.PROVIDER
    return found or providers.owner_of(*_addresses(evidence))


def error_in(evidence: Evidence, provider: Provider | None) -> KnownError | None:
    """The row of the provider's table that knows the answer of its token endpoint; None when none does."""
    if provider is None or evidence.token_error is None:
        return None
    error = evidence.token_error.get("error")
    return find(provider.errors, error=error if isinstance(error, str) else "", texts=_error_texts(evidence))


def _error_texts(evidence: Evidence) -> list[str]:
    told = evidence.token_error or {}
    return [value for name in ("error_description", "error_uri") if isinstance(value := told.get(name), str)]


def _addresses(evidence: Evidence) -> list[str]:
    """Where the token comes from, or was asked for; what the API accepts tells it where nothing else does."""
    claims: dict[str, Any] = evidence.token_claims or {}
    issuer, request, expected = claims.get("iss"), evidence.token_request, evidence.expectations
    return [
        request.endpoint if request else "",
        issuer if isinstance(issuer, str) else "",
        *(expected.issuers if expected else ()),
    ]
