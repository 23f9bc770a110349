"""What a provider's table says of an answer of its token endpoint."""

from console.core.providers.base import Provider
from console.core.providers.known_error import KnownError, find


def told(provider: Provider, error: str, description: str = "", uri: str = "") -> KnownError | None:
    return find(provider.errors, error=error, texts=(description, uri))


def cause(provider: Provider, error: str, description: str = "", uri: str = "") -> str | None:
    row = told(provider, error, description, uri)
    return row.cause if row else None
