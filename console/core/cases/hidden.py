"""What is hidden in a case, for who makes and who reads it: how many values of each kind, and which pseudonyms."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from console.core.evidence import Evidence
from console.core.exchange import Exchange
from console.core.redaction.names import MASK, TOKEN
from console.core.redaction.personal import PSEUDONYMS

MAX_SHOWN = 20  # pseudonyms that a page lists


@dataclass(frozen=True, slots=True)
class Hidden:
    """`tokens` and `secrets` are places where one stood. `pseudonyms` are each with the number of its places, the most
    frequent first, MAX_SHOWN at most; `persons` how many there are."""

    tokens: int = 0
    secrets: int = 0
    persons: int = 0
    pseudonyms: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        return self.tokens + self.secrets + self.persons


def hidden_in(evidence: Iterable[Evidence | None], exchanges: Iterable[Exchange]) -> Hidden:
    """Counted in what is left. What stands in an exchange and in the evidence of it is one value."""
    texts = [text for one in exchanges for text in _of_exchange(one)]
    told = [text for one in evidence if one is not None for text in _texts(msgspec.to_builtins(one))]
    persons = Counter(found for text in (*told, *texts) for found in PSEUDONYMS.findall(text))
    return Hidden(
        tokens=max(_count(told, TOKEN), _count(texts, TOKEN)),
        secrets=max(_count(told, MASK), _count(texts, MASK)),
        persons=len(persons),
        pseudonyms=tuple(persons.most_common(MAX_SHOWN)),
    )


def _count(texts: list[str], mask: str) -> int:
    return sum(text.count(mask) for text in texts)


def _of_exchange(exchange: Exchange) -> list[str]:
    request, response = exchange.request, exchange.response
    headers = (*request.headers, *(response.headers if response else ()))
    bodies = (request.body, response.body if response else b"")
    return [request.url, *(value for _, value in headers), *(one.decode("utf-8", "replace") for one in bodies)]


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []
