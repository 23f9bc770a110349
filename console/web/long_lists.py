"""A list that may be long: so many rows of it at a time, and those that hold the words looked for.

Both stand in the address, so Back and a kept address work, with scripts and without.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest

from console.core.whole_number import whole_number
from console.web.forms.base import TidyCharField
from console.web.forms.filters import FilterForm

T = TypeVar("T")
AT_ONCE = 50
FEW = 20  # so many are looked through by eye


class LookForm(FilterForm):
    q = TidyCharField(label="Find in this list", max_length=200, required=False)


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    """What is shown of a list of `total`: `rows`, of `count` that hold the words.

    `url` is the list's own address: a refused form shows it at another. `before` and `more` are the addresses of the
    pages beside it, "" where there is none; `shown` tells where it is.
    """

    url: str
    form: LookForm
    rows: tuple[T, ...]
    total: int
    count: int
    shown: str
    before: str
    more: str

    @property
    def words(self) -> str:
        return self.form.chosen("q")

    @property
    def is_looked_for(self) -> bool:
        """Whether there is a place to look for words: a short list is seen whole."""
        return self.total > FEW or bool(self.words or self.form.errors)


def list_page(
    request: HttpRequest,
    rows: Sequence[T],
    text_of: Callable[[T], str],
    *,
    url: str,
    holding: Callable[[T], bool] | None = None,
) -> ListPage[T]:
    """Of all `rows` those to be shown: each word looked for stands somewhere in `text_of` a row, in whatever case.

    `url` is the address of the list. `holding` picks a row that has to be among them, wherever the address begins.
    """
    form = LookForm(request.GET)
    words = form.chosen("q").casefold().split()
    found = [row for row in rows if _holds(text_of(row), words)] if words else rows
    start = whole_number(request.GET.get("from", ""), digits=6) or 0
    if holding is not None:
        start = next((place for place, row in enumerate(found) if holding(row)), start)
    start = min(start, max(len(found) - 1, 0)) // AT_ONCE * AT_ONCE
    shown = tuple(found[start : start + AT_ONCE])
    beside = [f"{url}?{form.query(**{'from': place})}" for place in (start - AT_ONCE, start + AT_ONCE)]
    return ListPage(
        url,
        form,
        shown,
        total=len(rows),
        count=len(found),
        shown=f"{start + 1:,} to {start + len(shown):,} of {len(found):,}" if shown else "",
        before=beside[0] if start else "",
        more=beside[1] if start + AT_ONCE < len(found) else "",
    )


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)
