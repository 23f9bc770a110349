"""An OpenAPI document to be imported: a file, a text or an address; and the search among operations."""

from typing import Any
from urllib.parse import urlencode

from django import forms

from console.core.openapi.model import MAX_BYTES
from console.web.forms.apis import base_url_of
from console.web.forms.base import ConsoleForm, TidyCharField
from console.web.forms.filters import FilterForm

MAX_PASTED = 250_000


class OperationFilterForm(FilterForm):
    """The search among an API's operations. A `tag` that is there and empty is for operations without one."""

    q = TidyCharField(label="Words", max_length=200, required=False)
    tag = TidyCharField(max_length=80, required=False, widget=forms.HiddenInput)
    profile = forms.UUIDField(label="Profile", required=False)

    def tag_chosen(self) -> str | None:
        """None for any."""
        return self.chosen("tag") if "tag" in self.data and "tag" not in self.errors else None

    def query(self, **other: Any) -> str:
        """As of any filter; an empty `tag` stays, and None in its place takes it away."""
        parts = {"tag": self.tag_chosen()} | other
        tag = parts.pop("tag")
        query = super().query(tag="", **parts)
        return query if tag is None else "&".join(filter(None, (query, urlencode({"tag": tag}))))


class DocumentForm(ConsoleForm):
    """Exactly one of the three is given."""

    one_of = frozenset({"document", "address", "text"})

    document = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput,
        help_text=f"JSON or YAML, up to {MAX_BYTES // 1024**2} MB; it can be dropped here.",
    )
    address = TidyCharField(
        required=False,
        max_length=2_000,
        widget=forms.TextInput(attrs={"class": "mono", "spellcheck": "false", "autocomplete": "off"}),
        help_text="The console fetches it once, without token or key.",
    )
    text = forms.CharField(
        label="Or its text",
        required=False,
        max_length=MAX_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "mono", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        given = [name for name in ("document", "address", "text") if data.get(name)]
        if not given and not self.errors:
            self.add_error("document", "Choose a file, give an address, or paste the text.")
        if len(given) > 1:
            self.add_error(None, "Give one of the three: a file, an address or a text.")
        return data


class NewFromDocumentForm(DocumentForm):
    """A new API: what is typed counts before what the document says."""

    name = TidyCharField(max_length=200, required=False, is_name=True, help_text="Empty: the title of the document.")
    base_url = TidyCharField(
        max_length=500, required=False, label="Base URL", help_text="Empty: the first server that the document names."
    )

    def clean_base_url(self) -> str:
        typed = self.cleaned_data["base_url"]
        return base_url_of(typed) if typed else ""
