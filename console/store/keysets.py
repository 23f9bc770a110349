"""Key sets fetched before. They are public and belong to nobody, so there is no actor."""

import hashlib
from dataclasses import dataclass

from console.models import KeySetCache
from console.store import json_text


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
    row = KeySetCache.objects.filter(url_digest=_digest(url)).first()
    if row is None:
        return None
    return KeySetText(
        json_text.load(row.text, str), json_text.load(row.source, str), row.fetched_at, json_text.load(row.issuer, str)
    )


def put(url: str, *, text: str, source: str, now: int, issuer: str = "") -> None:
    """Keeps a key set, with the issuer its metadata names, instead of the one before."""
    columns = {
        "url": json_text.dump(url),
        "source": json_text.dump(source),
        "text": json_text.dump(text),
        "issuer": json_text.dump(issuer),
        "fetched_at": now,
    }
    KeySetCache.objects.update_or_create(url_digest=_digest(url), defaults=columns)


def prune(*, before: int) -> int:
    """Deletes key sets fetched before `before` (epoch seconds); gives how many."""
    return KeySetCache.objects.filter(fetched_at__lt=before).delete()[0]


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
