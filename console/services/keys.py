"""Signing keys of an issuer: metadata and key set through the guard, stored, refreshed for an unknown kid."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.adapters import discovery
from console.adapters.discovery import Sender
from console.core.api import Expectation
from console.core.tokens.keys import KeySet, read_jwks
from console.core.tokens.signature import NOT_CHECKED, SignatureResult
from console.core.tokens.token import Token, TokenKind
from console.core.tokens.verified import verified
from console.store import keysets

FRESH_FOR_S = 600
REFRESH_AT_MOST_EVERY_S = 30


@dataclass(frozen=True, slots=True)
class FoundKeys:
    """`keyset` is None when the keys could not be read; `problem` then says why. `fetched_at` is epoch seconds.

    `issuer` is the name the metadata gives, "" when it is not known.
    """

    keyset: KeySet | None
    source: str
    fetched_at: int | None
    problem: str = ""
    issuer: str = ""


def stored(metadata_url: str) -> FoundKeys | None:
    """Keys fetched before, without any network; None when there are none."""
    return stored_all((metadata_url,)).get(metadata_url)


def stored_all(metadata_urls: Iterable[str]) -> dict[str, FoundKeys]:
    """Keys fetched before, by URL, without any network; those of which there are none are left out."""
    return {
        url: FoundKeys(read_jwks(row.text), row.source, row.fetched_at, issuer=row.issuer)
        for url, row in keysets.get_all(metadata_urls).items()
    }


def find(metadata_url: str, *, transport: Sender, now: int) -> FoundKeys:
    """The issuer's keys, from the store while fresh, else fetched; an outage keeps the old ones and says so."""
    old = stored(metadata_url)
    if old is not None and old.fetched_at is not None and now - old.fetched_at < FRESH_FOR_S:
        return old
    return _fetch(metadata_url, transport=transport, now=now, old=old)


def refresh(metadata_url: str, *, transport: Sender, now: int) -> FoundKeys:
    """The issuer's keys fetched now, whatever is stored; an outage gives `problem` and keeps the old ones stored."""
    return _fetch(metadata_url, transport=transport, now=now, old=None)


def check_signature(
    token: Token, expectation: Expectation, metadata_url: str, *, transport: Sender | None, now: int
) -> SignatureResult:
    """Verifies against the keys of `metadata_url`, as whoever expects that of a token would.

    An unknown kid causes one refresh, at most every 30 seconds.

    Without a transport only keys fetched before are used, and nothing leaves.
    """
    if not metadata_url or token.kind not in (TokenKind.JWS, TokenKind.UNSECURED):
        return NOT_CHECKED
    if transport is None:
        kept = stored(metadata_url)
        return _verify(token, expectation, kept) if kept else NOT_CHECKED
    found = find(metadata_url, transport=transport, now=now)
    result = _verify(token, expectation, found)
    is_old = found.fetched_at is not None and now - found.fetched_at >= REFRESH_AT_MOST_EVERY_S
    if result.is_kid_known is False and is_old:
        return _verify(token, expectation, _fetch(metadata_url, transport=transport, now=now, old=found))
    return result


def _verify(token: Token, expectation: Expectation, found: FoundKeys) -> SignatureResult:
    return verified(token, expectation, found.keyset, source=found.source, problem=found.problem)


def _fetch(metadata_url: str, *, transport: Sender, now: int, old: FoundKeys | None) -> FoundKeys:
    metadata = discovery.fetch_metadata(metadata_url, transport)
    if metadata.value is None:
        return old or FoundKeys(None, metadata_url, None, metadata.problem)
    keys = discovery.fetch_keys(metadata.value.jwks_uri, transport)
    if keys.text is None:
        return old or FoundKeys(None, metadata.value.jwks_uri, None, keys.problem)
    issuer, source = metadata.value.issuer, metadata.value.jwks_uri
    keysets.put(metadata_url, text=keys.text, source=source, now=now, issuer=issuer)
    return FoundKeys(read_jwks(keys.text), source, now, issuer=issuer)
