"""Variables of calls, one a line."""

from collections.abc import Mapping

from django import forms

from console.core.compose.variables import LONGEST, MOST, NAME
from console.core.redaction.names import QUERY_NAMES, is_secret_header, mask_of
from console.web.forms.base import TidyCharField, VersionedForm, no_secret

_LINES = {"rows": 8, "spellcheck": "false", "class": "mono"}
SECRET_NAME = (
    "“{name}” is called like a secret. Variables are not encrypted; a secret is entered on the profile’s page."
)


class VariablesForm(VersionedForm):
    own = TidyCharField(
        label="Of this profile",
        required=False,
        may_hold_secret=True,  # line by line, below
        max_length=100_000,
        widget=forms.Textarea(attrs=_LINES),
        help_text="One a line: name = value. Never a secret: who sees the profile sees them.",
    )
    shared = TidyCharField(
        label="Of all profiles of this environment",
        required=False,
        may_hold_secret=True,
        max_length=100_000,
        widget=forms.Textarea(attrs=_LINES),
    )

    def clean_own(self) -> dict[str, str]:
        return read_lines(self.cleaned_data["own"])

    def clean_shared(self) -> dict[str, str]:
        return read_lines(self.cleaned_data["shared"])


def read_lines(text: str) -> dict[str, str]:
    """Names and values; raises ValidationError for a line that is none, and for what looks like a secret."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name, equals, value = (part.strip() for part in line.partition("="))
        if not equals or not NAME.fullmatch(name):
            told = "A name has letters, digits, dots, dashes and underscores."
            raise forms.ValidationError(f"Line {number} is not “name = value”. {told}")
        if name in found:
            raise forms.ValidationError(f"Line {number} names {name} a second time.")
        if len(value) > LONGEST:
            raise forms.ValidationError(f"The value in line {number} is longer than {LONGEST} characters.")
        if mask_of(name.lower(), QUERY_NAMES) or is_secret_header(name.lower()):
            raise forms.ValidationError(SECRET_NAME.format(name=name))
        no_secret(value)
        found[name] = value
    if len(found) > MOST:
        raise forms.ValidationError(f"These are {len(found)}; at most {MOST} are kept.")
    return found


def lines_of(values: Mapping[str, str]) -> str:
    return "\n".join(f"{name} = {value}" for name, value in values.items())
