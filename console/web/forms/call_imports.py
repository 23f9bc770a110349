"""Calls of another tool to be imported: a text or files, the profile they are for, and which of them."""

from typing import Any

from django import forms

from console.core.call_imports.model import MAX_BYTES, MAX_CALLS
from console.core.call_imports.read import MAX_FILES
from console.core.held import Held
from console.core.profile import Profile
from console.core.redaction.redact import redact_text
from console.services.call_imports import MAX_CARRIED
from console.web.forms.base import ConsoleForm

MAX_PASTED = 250_000


class MaskedTextarea(forms.Textarea):
    """What was typed stands there again where it was refused, its secrets masked: an import takes none of them."""

    def format_value(self, value: Any) -> str:
        return redact_text(str(value or ""))


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, as a list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MAX_FILES:
            raise forms.ValidationError(f"These are {len(given)} files; at most {MAX_FILES} are read at once.")
        return [super(FilesField, self).clean(one, initial) for one in given]


class _ForProfileForm(ConsoleForm):
    profile = forms.ChoiceField(label="Profile", required=False)

    def __init__(self, takers: list[Held[Profile]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["profile"]
        named = [(one.value.id, one.value.name) for one in takers]
        field.choices = [("", "choose a profile"), *named]  # type: ignore[attr-defined]  # of ChoiceField


class CallImportForm(_ForProfileForm):
    """Files or a text."""

    one_of = frozenset({"documents", "pasted"})

    documents = FilesField(
        label="Files",
        required=False,
        allow_empty_file=True,
        help_text=f"Up to {MAX_FILES} files of together {MAX_BYTES // 1024**2} MB; they can be dropped here.",
    )
    pasted = forms.CharField(
        label="Or paste",
        required=False,
        max_length=MAX_PASTED,
        strip=False,
        widget=MaskedTextarea(attrs={"rows": 6, "class": "mono", "spellcheck": "false", "autocomplete": "off"}),
    )
    field_order = ("documents", "pasted", "profile")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        given = [name for name in ("documents", "pasted") if data.get(name)]
        if not given and not self.errors:
            self.add_error("documents", "Choose a file, or paste a command or a collection.")
        if len(given) > 1:
            self.add_error(None, "Give one of the two: files or a text.")
        return data


class PickedCallsForm(_ForProfileForm):
    """Which calls of an import are kept, and with which profile. `shown` is the profile they were shown for."""

    missing = {"found": "Choose the file or paste the text again."}

    found = forms.CharField(max_length=MAX_CARRIED, strip=False, widget=forms.HiddenInput)
    shown = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    pick = forms.TypedMultipleChoiceField(
        label="Calls", required=False, coerce=int, choices=[(number, str(number)) for number in range(MAX_CALLS)]
    )
