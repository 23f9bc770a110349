"""A log export to be sorted, and by which columns, where nobody could know them."""

from typing import Any

from django import forms

from console.core.triage import NAMES
from console.web.forms.base import ConsoleForm

MAX_UPLOAD = 20 * 1024 * 1024  # bytes as they are sent, gzipped or not
LABELS = {
    "status": "Status", "time": "Time", "reason": "Reason", "message": "Message", "api": "API",
    "operation": "Operation", "method": "Method", "url": "Address", "caller": "Caller",
    "backend_status": "Status of the backend", "source": "Source of the error", "challenge": "WWW-Authenticate",
}  # fmt: skip
FORM_ID = "triage-form"
_MOST_HEADERS = 100


class AddToCaseForm(ConsoleForm):
    note = forms.CharField(max_length=4000)


class TriageForm(ConsoleForm):
    """`headers` are the columns of the file that was read before: which says what may be chosen among them."""

    export = forms.FileField(
        label="Log export",
        allow_empty_file=True,
        widget=forms.FileInput,
        help_text="CSV, JSON, JSON lines or an access log, up to 20 MB, gzipped or not; it can be dropped here.",
    )

    def __init__(self, *args: Any, headers: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", "as recognised"), *((one, one) for one in headers[:_MOST_HEADERS])]
        for name, label in LABELS.items():
            given = self.data.get(name, "")
            choices = offered if not given or given in headers else [*offered, (given, given)]
            widget = forms.Select(attrs={"form": FORM_ID})  # they stand in the result, beside the form
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices, widget=widget)

    def chosen(self) -> dict[str, str]:
        """Which column says what, by the person's word; names that were left as recognised are absent."""
        return {name: column for name in NAMES if (column := self.cleaned_data.get(name))}

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in LABELS]
