"""Fetches an issuer's discovery document and key set through the guard. Nothing is cached here."""

from dataclasses import dataclass
from typing import Protocol

from console.core.exchange import Exchange, Purpose, Request
from console.core.oauth.metadata import Metadata, UnreadableDocument, read_key_document, read_metadata

_ACCEPT = (("Accept", "application/json"),)


class Sender(Protocol):
    """What sends a request; `Transport` is one."""

    def send(self, request: Request, *, purpose: Purpose = ...) -> Exchange: ...


@dataclass(frozen=True, slots=True)
class FetchedMetadata:
    """`value` is None when there is no usable document; `problem` then says why. `exchange` is the step."""

    value: Metadata | None
    problem: str
    exchange: Exchange


@dataclass(frozen=True, slots=True)
class FetchedKeys:
    """`text` is the key set as published, None when there is none; `problem` then says why.

    `exchange` is None when the address was missing, so that nothing was sent.
    """

    text: str | None
    problem: str
    exchange: Exchange | None


def fetch_metadata(url: str, transport: Sender) -> FetchedMetadata:
    """The discovery document at a URL."""
    exchange = transport.send(Request("GET", url, _ACCEPT), purpose=Purpose.METADATA)
    if exchange.response is None or exchange.failure is not None:
        return FetchedMetadata(None, _failed("discovery document", exchange), exchange)
    read = read_metadata(exchange.response)
    if isinstance(read, UnreadableDocument):
        return FetchedMetadata(None, read.detail, exchange)
    return FetchedMetadata(read, "", exchange)


def fetch_keys(jwks_uri: str, transport: Sender) -> FetchedKeys:
    """The key set at a URL, as text: `core.tokens.keys` judges its keys."""
    if not jwks_uri:
        return FetchedKeys(None, "The discovery document names no jwks_uri, so there is no key set to fetch.", None)
    exchange = transport.send(Request("GET", jwks_uri, _ACCEPT), purpose=Purpose.KEYS)
    if exchange.response is None or exchange.failure is not None:
        return FetchedKeys(None, _failed("key set", exchange), exchange)
    read = read_key_document(exchange.response)
    if isinstance(read, UnreadableDocument):
        return FetchedKeys(None, read.detail, exchange)
    return FetchedKeys(read, "", exchange)


def _failed(what: str, exchange: Exchange) -> str:
    reason = exchange.failure.detail if exchange.failure else "There was no answer."
    return f"The {what} could not be fetched. {reason}"
