"""The form of a call, and what becomes of an attempt."""

import msgspec
from django import forms

from console.core.call import METHODS, ApiCall
from console.core.diagnosis import read_evidence
from console.core.evidence import Evidence
from console.web.forms.base import ConsoleForm, TidyCharField

MAX_BODY = 256_000
MAX_EVIDENCE = 100_000  # characters of evidence that a page holds for a case
NO_EVIDENCE = "There is nothing to make a case of. Go back, and start again from what you want to hand over."
TOO_MUCH_EVIDENCE = "This is too large for a case. Make it of the part that matters."
_MONO = {"class": "mono", "spellcheck": "false", "autocomplete": "off"}


class CallForm(ConsoleForm):
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
        max_length=16_000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text="One per line: Name: value",
    )
    body = forms.CharField(
        required=False,
        max_length=MAX_BODY,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    sends_token = forms.BooleanField(required=False, initial=True, label="Send the token")
    sends_subscription_key = forms.BooleanField(required=False, initial=True, label="Send the subscription key")

    def clean_headers(self) -> tuple[tuple[str, str], ...]:
        return header_lines(self.cleaned_data["headers"])

    def to_call(self) -> ApiCall:
        data = self.cleaned_data
        return ApiCall(
            method=data["method"],
            path=data["path"],
            query=data["query"],
            headers=data["headers"],
            body=data["body"],
            sends_token=data["sends_token"],
            sends_subscription_key=data["sends_subscription_key"],
        )


def header_lines(text: str) -> tuple[tuple[str, str], ...]:
    """Headers typed one per line; raises ValidationError for a line that is none."""
    headers = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name, colon, value = line.partition(":")
        if not colon or not name.strip():
            raise forms.ValidationError(f"Line {number} is not “Name: value”.")
        headers.append((name.strip(), value.strip()))
    return tuple(headers)


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

    missing = {"title": "Give the case a title.", "evidence": NO_EVIDENCE}

    evidence = forms.CharField(
        max_length=MAX_EVIDENCE, strip=False, widget=forms.HiddenInput, error_messages={"max_length": TOO_MUCH_EVIDENCE}
    )
    title = TidyCharField(max_length=200, may_hold_secret=True)  # masked when the case is made, as the note is
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


class CommentForm(ConsoleForm):
    missing = {"text": "Write the comment first."}

    text = forms.CharField(label="Comment", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
