"""A collection: its name and its steps, each a saved request with what is expected of and taken from its answer."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django import forms

from console.core.collections.collection import (
    MOST_STEPS,
    MOST_TEXT,
    Collection,
    CollectionStep,
    LinesRead,
    read_expects,
    read_takes,
)
from console.web.forms.base import TidyCharField, VersionedForm
from console.web.forms.lines import told

SPARE = 2  # empty steps behind the last
FIRST = 2
_MONO = {"class": "mono", "spellcheck": "false", "autocomplete": "off", "rows": 3}
_READS: tuple[tuple[str, Callable[[str], LinesRead]], ...] = (("expects", read_expects), ("takes", read_takes))


class CollectionForm(VersionedForm):
    """`requests` are the saved requests to choose from, (id, words) each. How many steps it has, what is sent tells."""

    missing = {"name": "Give the collection a name."}

    name = TidyCharField(max_length=100, is_name=True)
    stops_early = forms.BooleanField(required=False, label="Stop at the first step that is not as expected")

    def __init__(self, *args: Any, requests: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.data or self.initial
        filled = [number for number in range(1, MOST_STEPS + 1) if f"request_{number}" in given]
        wanted = max(filled, default=0) + (0 if self.is_bound else SPARE)
        self.slots = range(1, min(MOST_STEPS, max(wanted, FIRST)) + 1)
        for number in self.slots:
            self._add_step(number, requests)

    def _add_step(self, number: int, requests: Sequence[tuple[str, str]]) -> None:
        added: dict[str, forms.Field] = {
            "request": forms.ChoiceField(required=False, label="Saved request", choices=[("", "No step"), *requests]),
            "place": forms.IntegerField(required=False, label="Place", initial=number, min_value=1, max_value=99),
            "expects": TidyCharField(
                required=False,
                max_length=MOST_TEXT,
                label="Expected of the answer",
                widget=forms.Textarea(attrs={**_MONO, "placeholder": "status 200\n$.id exists"}),
            ),
            "takes": TidyCharField(
                required=False,
                max_length=MOST_TEXT,
                label="Values taken from it",
                widget=forms.Textarea(attrs={**_MONO, "placeholder": "orderId = $.id\netag = header ETag"}),
            ),
            "follows": forms.BooleanField(
                required=False, label="Wait for long work (202) to end: these lines are about its last answer"
            ),
        }
        for name, field in added.items():
            field.told_as = f"Step {number}, {str(field.label).lower()}"  # type: ignore[attr-defined]  # form_errors.html
            self.give_words(f"{name}_{number}", field)
            self.fields[f"{name}_{number}"] = field

    def rows(self) -> Iterator[dict[str, Any]]:
        """The fields of each step, for the template."""
        names = ("request", "place", "expects", "takes", "follows")
        for number in self.slots:
            yield {"number": number, **{name: self[f"{name}_{number}"] for name in names}}

    def clean(self) -> dict[str, Any]:
        for number in self.slots:
            for name, read in _READS:
                text = self.cleaned_data.get(f"{name}_{number}") or ""
                for problem in told(read(text).problems):
                    self.add_error(f"{name}_{number}", problem)
            has_lines = any((self.data.get(f"{name}_{number}") or "").strip() for name, _ in _READS)
            if has_lines and not self.data.get(f"request_{number}"):
                self.add_error(f"request_{number}", "Choose the request whose answer these lines are about.")
        return self.cleaned_data

    def steps(self) -> list[CollectionStep]:
        """In the order of their places; of two at one place the one that stood first."""
        data = self.cleaned_data
        chosen = [number for number in self.slots if data[f"request_{number}"]]
        chosen.sort(key=lambda number: (data[f"place_{number}"] or number, number))
        names = ("request", "expects", "takes", "follows")
        return [CollectionStep(*(data[f"{name}_{one}"] for name in names)) for one in chosen]


def initial_of(collection: Collection) -> dict[str, Any]:
    """What the form begins with."""
    found: dict[str, Any] = {
        "name": collection.name,
        "stops_early": collection.stops_early,
        "version": str(collection.version),
    }
    for number, step in enumerate(collection.steps, 1):
        found |= {f"request_{number}": step.request_id, f"place_{number}": number}
        found |= {f"expects_{number}": step.expects, f"takes_{number}": step.takes, f"follows_{number}": step.follows}
    return found
