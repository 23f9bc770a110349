"""What is asked for in a case, what is added to it, whom it is handed to, and files of cases."""

from typing import Any

import msgspec
from django import forms

from console.core.cases.added import read_added
from console.core.cases.file_format import MAX_UPLOAD
from console.core.diagnosis import read_evidence
from console.core.diagnosis.base import Missing
from console.core.evidence import Evidence
from console.store.case_evidence import AskRecord
from console.web.forms.base import ConsoleForm, TidyCharField
from console.web.forms.inspection import MAX_PASTE, decoded

MAX_FILE = 2 * 1024 * 1024  # bytes of a file of evidence
MAX_HELD = 400_000  # bytes of evidence that a page holds while it is looked at
NOTHING_READ = (
    "Nothing in it can be kept: it is empty, too large, or a secret by itself. "
    "Add the answer, the request, a decoded token, a policy or lines of a log."
)
NO_LONGER = "What the page held could not be read any more. Add it again."
TOO_MUCH = "This is more than one piece may be. Add the part of it that tells of this one failure."
NO_TEXT = "This file is no text: it has bytes that no text has. Add what it says as text."
NOTHING_GIVEN = "Paste something, or choose a file."
MB = 1024 * 1024
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class AskForm(ConsoleForm):
    """`wanted` are the things that are missing, chosen by their words."""

    wanted = forms.MultipleChoiceField(
        label="What is missing", required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    other = TidyCharField(
        label="Or something else",
        required=False,
        max_length=300,
        may_hold_secret=True,  # masked when it is kept
        help_text="In your own words. Never ask for a secret, a key or a whole token.",
    )

    def __init__(self, *args: Any, missing: tuple[Missing, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.what, f"{one.what[:1].upper()}{one.what[1:]}") for one in missing]
        self.fields["wanted"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["wanted"]

    def clean(self) -> None:
        values = self.cleaned_data
        if not self.errors and not values.get("wanted") and not values.get("other"):
            self.add_error("other", "Choose something that is missing, or write what else you need.")

    def chosen(self) -> list[str]:
        return list(self.cleaned_data.get("wanted") or [])


class AddForm(ConsoleForm):
    """`held` is evidence that the page showed before: it comes back masked and is masked again."""

    one_of = frozenset({"text", "upload"})

    text = forms.CharField(
        label="Paste it here",
        required=False,
        strip=False,
        max_length=MAX_PASTE,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off", "class": "token"}),
        help_text="An answer with its headers, a request, a token, a policy, lines of a log, JSON; a time with its "
        "zone; “valid” or “invalid” for a signature that you had checked. You see what is hidden before it is added.",
    )
    upload = forms.FileField(
        label="Or a file",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput,
        help_text=f"A HAR file, a log, a policy or JSON of up to {MAX_FILE // MB} MB.",
    )
    answers = forms.MultipleChoiceField(label="It is", required=False, widget=forms.CheckboxSelectMultiple, choices=())
    held = forms.CharField(required=False, strip=False, max_length=MAX_HELD, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks: tuple[AskRecord, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = [one for one in asks if one.given_at is None]
        choices = [(one.id, f"{one.wanted.what[:1].upper()}{one.wanted.what[1:]}") for one in waiting]
        self.fields["answers"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["answers"]

    def clean(self) -> None:
        values = self.cleaned_data
        if self.errors:
            return
        if values.get("held"):
            values["evidence"] = self._held(values["held"])
            return
        upload = values.get("upload")
        raw = upload.read(MAX_FILE + 1) if upload else b""
        text = decoded(raw) if upload else values.get("text", "")
        if b"\0" in raw and not raw.startswith(_UTF_16):
            self.add_error("upload", NO_TEXT)
        elif not text.strip():
            self.add_error("text", NOTHING_GIVEN)
        elif (found := read_added(text)) is None:
            self.add_error("upload" if upload else "text", TOO_MUCH if len(text) > MAX_HELD else NOTHING_READ)
        else:
            values["evidence"] = found

    def _held(self, text: str) -> Evidence | None:
        try:
            value = msgspec.json.decode(text)
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            self.add_error(None, NO_LONGER)
            return None
        try:
            return msgspec.convert(value, Evidence)
        except msgspec.ValidationError:
            return read_evidence(value)

    def chosen(self) -> list[str]:
        return list(self.cleaned_data.get("answers") or [])


class HandForm(ConsoleForm):
    missing = {"who": "Write the address or the whole name of the person."}

    who = TidyCharField(
        label="To whom",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="The whole address that they sign in with here, or their whole name.",
    )
    right = forms.ChoiceField(label="They may", choices=[("use", "read it and answer in it"), ("view", "read it")])


class ExportForm(ConsoleForm):
    missing = {"cases": "Choose at least one case."}

    cases = forms.MultipleChoiceField(label="Cases", widget=forms.CheckboxSelectMultiple, choices=())
    people = forms.ChoiceField(
        label="People in it",
        choices=[("numbers", "as numbers: “Person 1”"), ("names", "by their names and addresses")],
        help_text="What somebody wrote about others in their own words stays as it is written, but for addresses.",
    )

    def __init__(self, *args: Any, cases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].choices = cases  # type: ignore[attr-defined]


class ImportForm(ConsoleForm):
    missing = {"file": "Choose the file that another console wrote."}

    file = forms.FileField(
        label="File of cases",
        allow_empty_file=True,
        widget=forms.FileInput,
        help_text=f"JSON as “Export” writes it, up to {MAX_UPLOAD // MB} MB, gzipped or not.",
    )
