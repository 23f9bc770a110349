"""Key sets fetched before. They are public and belong to nobody, so there is no actor."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from console.models import KeySetCache
from console.store import json_text, rows, statements

_FIND = f"""
    SELECT url_digest, text, source, fetched_at, issuer FROM {statements.table(KeySetCache)} WHERE url_digest IN
"""  # noqa: S608 (the name of a table)


@dataclass(frozen=True, slots=True)
class KeySetText:
    """`text` as the issuer sent it, `source` the key set's own URL, `fetched_at` epoch seconds.

    `issuer` is the name in the metadata, "" when it gave none or was fetched before issuers were kept.
    """

    text: str
    source: str
    fetched_at: int
    issuer: str = ""


def get(url: str) -> KeySetText | None:
    """The key set behind a metadata URL; None when none was fetched yet."""
    return get_all((url,)).get(url)


def get_all(urls: Iterable[str]) -> dict[str, KeySetText]:
    """The key sets behind these metadata URLs, by URL; those of which nothing was fetched yet are left out."""
    by_digest = {_digest(url): url for url in urls}
    if not by_digest:
        return {}
    places = ", ".join(["%s"] * len(by_digest))
    found = statements.asked(f"{_FIND} ({places})", *by_digest)
    return {by_digest[digest]: _to_text(*columns) for digest, *columns in found}


def put(url: str, *, text: str, source: str, now: int, issuer: str = "") -> None:
    """Keeps a key set, with the issuer its metadata names, instead of the one before."""
    columns = {
        "source": json_text.dump(source),
        "text": json_text.dump(text),
        "issuer": json_text.dump(issuer),
        "fetched_at": now,
    }
    KeySetCache.objects.bulk_create(
        [KeySetCache(url_digest=_digest(url), **columns)],
        update_conflicts=True,
        unique_fields=["url_digest"],
        update_fields=list(columns),
    )


def prune(*, before: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` key sets fetched before `before` (epoch seconds); gives how many."""
    return rows.delete_some(KeySetCache.objects.filter(fetched_at__lt=before), limit)


def _to_text(text: str, source: str, fetched_at: int, issuer: str) -> KeySetText:
    """Of the columns as _FIND asks for them."""
    return KeySetText(json_text.load(text, str), json_text.load(source, str), fetched_at, json_text.load(issuer, str))


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
