"""The form of a call, and what becomes of an attempt."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from console.core.call import METHODS
from console.core.compose.bodies import FILE, FORM, JSON, MULTIPART, OF_FIELDS, RAW, UploadedBody
from console.core.compose.draft import RequestDraft
from console.core.compose.variables import NAMED
from console.core.diagnosis import read_evidence
from console.core.evidence import Evidence
from console.core.http.header_rules import header_problem
from console.core.openapi.filling import open_parts
from console.services import wiring
from console.web.forms.base import TOO_LONG, ConsoleForm, TidyCharField, UsualChoice
from console.web.forms.header_lines import any_header, as_header, header_lines, lines_of, row_problem
from console.web.forms.lines import refuse

MAX_BODY = 256_000
MAX_FILE = 1_000_000  # bytes of a file that is sent
MOST_DIGITS = 30  # of a number that is read; more of them is no smaller one
MOST_ROWS = 100  # fields of a form
HEADER_ROW = "header_name"  # the field whose presence says that headers are sent in rows
HEADER_VALUE = "header_value"
MEDIA_TYPE = re.compile(r"[\w.+-]{1,100}/[\w.+-]{1,100}", re.ASCII)
KINDS = (
    (RAW, "Text, as typed"),
    (JSON, "JSON"),
    (FORM, "Form"),
    (MULTIPART, "Form with parts (multipart)"),
    (FILE, "File, as it is"),
)
MAX_HEADERS = 16_000  # characters of all of them, in lines or in rows
MAX_EVIDENCE = 100_000  # characters of evidence that a page holds for a case
NO_EVIDENCE = "There is nothing to make a case of. Go back, and start again from what you want to hand over."
TOO_MUCH_EVIDENCE = "This is too large for a case. Make it of the part that matters."
_MONO = {"class": "mono", "spellcheck": "false", "autocomplete": "off"}


def without_open_parts(path: str) -> str:
    """The path; raises ValidationError while a {name} stands in it. A {{name}} is a variable, filled in at sending."""
    if names := open_parts(NAMED.sub("", path)):
        told = f"{{{names[0]}}}"
        raise forms.ValidationError(f"The path still holds {told}. Put a value there, or write %7B for a real brace.")
    return path


class CallForm(ConsoleForm):
    needs_file = True
    is_sent = True
    asks = False  # whether what was typed is sent by a button that agrees to production

    method = forms.ChoiceField(choices=[(name, name) for name in METHODS])
    path = TidyCharField(may_hold_secret=True, required=False, max_length=2000, widget=forms.TextInput(attrs=_MONO))
    query = TidyCharField(
        may_hold_secret=True,
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={**_MONO, "placeholder": "top=10"}),
    )
    headers = forms.CharField(
        required=False,
        max_length=MAX_HEADERS,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text="One per line: Name: value",
    )
    body = forms.CharField(
        required=False,
        max_length=MAX_BODY,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    body_kind = UsualChoice(usual=RAW, required=False, choices=KINDS, label="Body as")
    body_file = forms.FileField(required=False, label="File", help_text="At most 1 MB. It is sent and not kept.")
    file_field = TidyCharField(
        may_hold_secret=True, required=False, max_length=200, initial="file", label="Name of the file’s part"
    )
    sends_token = forms.BooleanField(required=False, initial=True, label="Send the token")
    sends_subscription_key = forms.BooleanField(required=False, initial=True, label="Send the subscription key")
    # Text and not a number: the browser would refuse it within a fold that is closed, where nobody sees why.
    timeout_s = TidyCharField(
        may_hold_secret=True,
        required=False,
        label="Timeout in seconds",
        widget=forms.TextInput(attrs=_MONO),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["timeout_s"].help_text = (
            f"How long an answer is waited for, 1 to {wiring.longest_call_s()}. Left empty it is the console’s own "
            f"limit, {wiring.longest_call_s()} seconds."
        )

    def clean_timeout_s(self) -> int | None:
        text, longest_s = self.cleaned_data["timeout_s"], wiring.longest_call_s()
        if not text:
            return None
        do = f"Enter 1 to {longest_s}, or leave it empty for the console’s own limit."
        if not text.isascii() or not text.isdigit():
            raise forms.ValidationError(f"The timeout is a whole number of seconds. {do}")
        if int(text[:MOST_DIGITS]) < 1:
            raise forms.ValidationError(f"Without at least 1 second nothing could answer. {do}")
        if int(text[:MOST_DIGITS]) > longest_s:
            told = f"This console ends each call after {longest_s} seconds, so a longer timeout would never be reached."
            most_s = settings.MOST_CALL_S
            who = (
                f" Whoever runs it can raise that by CONSOLE_CALL_S, up to {most_s} seconds."
                if longest_s < most_s
                else ""
            )
            raise forms.ValidationError(f"{told} {do}{who}")
        return int(text)

    def clean_headers(self) -> tuple[tuple[str, str], ...]:
        check = header_problem if self.is_sent else any_header
        if HEADER_ROW not in self.data:
            return header_lines(self.cleaned_data["headers"], check)
        pairs = self.headers_typed()
        if (length := sum(len(name) + len(value) for name, value in pairs)) > MAX_HEADERS:
            raise forms.ValidationError(TOO_LONG, params={"show_value": length, "limit_value": MAX_HEADERS})
        refuse([told for number, pair in enumerate(pairs, 1) if (told := row_problem(number, pair, check))])
        return pairs

    def headers_typed(self) -> tuple[tuple[str, str], ...]:
        """Names and values as they stand in rows, or as lines where there are none; what is no header as a name."""
        if self.is_bound and HEADER_ROW in self.data:
            return tuple(map(as_header, self._rows(HEADER_ROW, HEADER_VALUE)))
        lines = [line for line in lines_of(self["headers"].value() or "") if line.strip()]
        return tuple((name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in lines))

    def clean_path(self) -> str:
        return without_open_parts(self.cleaned_data["path"])

    def ask(self, question: str) -> None:
        """Holds what was typed back until its user agrees."""
        self.asks = True
        self.add_error(None, question)

    def clean_body_file(self) -> "UploadedFile[Any] | None":
        file: UploadedFile[Any] | None = self.cleaned_data["body_file"]
        if file is not None and (file.size or 0) > MAX_FILE:
            raise forms.ValidationError(f"This file has {file.size:,} bytes; at most {MAX_FILE:,} are sent from here.")
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if sum(map(len, (part for pair in self.fields_typed() for part in pair))) > MAX_BODY:
            self.add_error("body", f"The fields are longer than the {MAX_BODY:,} characters that are sent from here.")
        if self.needs_file and data.get("body_kind") == FILE and not data.get("body_file"):
            self.add_error("body_file", "Choose the file that is sent. One that was chosen before is not kept.")
        return data

    def fields_typed(self) -> tuple[tuple[str, str], ...]:
        """Names and values of a form's rows, of which those that are empty are none."""
        if not self.is_bound:
            return tuple(self.initial.get("fields", ()))
        return self._rows("field_name", "field_value")

    def _rows(self, names: str, values: str) -> tuple[tuple[str, str], ...]:
        pairs = zip(getlist(self.data, names), getlist(self.data, values), strict=False)
        return tuple((name.strip(), value) for name, value in pairs if name.strip() or value.strip())[:MOST_ROWS]

    def to_upload(self) -> UploadedBody | None:
        """The file of a kind of body that has one; None without."""
        data, file = self.cleaned_data, self.cleaned_data["body_file"]
        if file is None or data["body_kind"] not in (FILE, MULTIPART):
            return None
        kind = file.content_type if MEDIA_TYPE.fullmatch(file.content_type or "") else "application/octet-stream"
        return UploadedBody(file.name or "file", file.read(), kind, data["file_field"] or "file")

    def to_draft(self) -> RequestDraft:
        data = self.cleaned_data
        return RequestDraft(
            method=data["method"],
            path=data["path"],
            query=data["query"],
            headers=data["headers"],
            body_kind=data["body_kind"],
            body="" if data["body_kind"] in (FORM, MULTIPART, FILE) else data["body"],
            fields=self.fields_typed() if data["body_kind"] in OF_FIELDS else (),
            sends_token=data["sends_token"],
            sends_subscription_key=data["sends_subscription_key"],
            timeout_s=data["timeout_s"],
        )


def getlist(data: Mapping[str, Any], name: str) -> list[str]:
    """All values of that name, of a form that was sent or of a plain mapping."""
    if isinstance(data, QueryDict):
        return [str(one) for one in data.getlist(name)]
    return [str(data[name])] if name in data else []


class KeepForm(CallForm):
    """The same, to be kept and not sent: a part of its path may still be open. `name` is what it is kept under."""

    missing = {"name": "Give the request a name, then save it."}
    needs_file = False
    is_sent = False

    name = TidyCharField(max_length=100, is_name=True, label="Name of the request")

    def clean_path(self) -> str:
        path: str = self.cleaned_data["path"]
        return path


class RequestNameForm(ConsoleForm):
    name = TidyCharField(max_length=100, is_name=True)


def initial_of(draft: RequestDraft) -> dict[str, Any]:
    """What the form holds when it is opened with a request."""
    return {
        "method": draft.method,
        "path": draft.path,
        "query": draft.query,
        "headers": "\n".join(f"{name}: {value}".rstrip() for name, value in draft.headers),
        "body": draft.body,
        "body_kind": draft.body_kind,
        "fields": draft.fields,
        "sends_token": draft.sends_token,
        "sends_subscription_key": draft.sends_subscription_key,
        "timeout_s": draft.timeout_s,
    }


class CaseForm(ConsoleForm):
    missing = {"title": "Give the case a title."}

    title = TidyCharField(max_length=200, may_hold_secret=True)  # masked when the case is made, as the note is
    note = forms.CharField(
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What you tried to do, and what you expected. No secrets: the case is read by others.",
    )
    with_bodies = forms.BooleanField(
        required=False,
        label="Hand over the bodies too",
        help_text="Without them only the body of an answer goes along that the diagnosis rests on.",
    )


class EvidenceCaseForm(ConsoleForm):
    """A case of evidence that came from a page of ours and comes back with its form: a row of a log, a paste."""

    missing = {"evidence": NO_EVIDENCE}

    evidence = forms.CharField(
        max_length=MAX_EVIDENCE, strip=False, widget=forms.HiddenInput, error_messages={"max_length": TOO_MUCH_EVIDENCE}
    )
    api = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)  # what a log calls it
    title = TidyCharField(  # masked when the case is made, as the note is
        max_length=200, required=False, may_hold_secret=True, help_text="Left empty, it is called after its cause."
    )
    note = forms.CharField(
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What you know beside it. No secrets: the case is read by others.",
    )

    def clean_evidence(self) -> Evidence:
        try:
            value = msgspec.json.decode(self.cleaned_data["evidence"])
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            value = None
        if not isinstance(value, dict) or not value:
            raise forms.ValidationError(NO_EVIDENCE)
        return read_evidence(value)
