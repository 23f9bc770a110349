"""A HAR file: every token and every failed exchange of its entries."""

from console.core.paste.har import read_archive, read_entries
from console.core.paste.recognisers.base import Paste, PastedKind, RecognisedPaste
from console.core.paste.recognisers.collecting import Collector


def har(paste: Paste) -> RecognisedPaste | None:
    """Every entry is read; what is listed is bounded, and a note says how much was left out."""
    entries = read_archive(paste.text)
    if entries is None:
        return None
    collector = Collector()
    for seen in read_entries(entries):
        collector.exchange(seen)
    pasted = collector.found(PastedKind.HAR)
    tokens, failed = len(pasted.items), sum(exchange.count for exchange in pasted.exchanges)
    note = f"A HAR file with {_count(len(entries), 'exchange')}: {_count(tokens, 'token')}, {failed:,} failed."
    return collector.found(PastedKind.HAR, note)


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"
