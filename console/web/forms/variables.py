"""Variables of calls, one a line."""

from collections.abc import Mapping

from django import forms

from console.core.compose.variables import LONGEST, MOST, NAME
from console.core.redaction.names import QUERY_NAMES, is_secret_header, mask_of
from console.web.forms.base import VersionedForm, no_hidden_character, no_secret
from console.web.forms.lines import numbered, refuse

_LINES = {"rows": 8, "spellcheck": "false", "class": "mono"}
SECRET_NAME = (
    "“{name}” is called like a secret, and variables are not encrypted. Take the line out; a secret is entered on the "
    "profile’s page."
)


class VariablesForm(VersionedForm):
    own = forms.CharField(
        label="Of this profile",
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs=_LINES),
        help_text="One a line: name = value. Never a secret: who sees the profile sees them.",
    )
    shared = forms.CharField(
        label="Of all profiles of this environment",
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs=_LINES),
    )

    def clean_own(self) -> dict[str, str]:
        return read_lines(self.cleaned_data["own"])

    def clean_shared(self) -> dict[str, str]:
        return read_lines(self.cleaned_data["shared"])


def read_lines(text: str) -> dict[str, str]:
    """Names and values; raises ValidationError with each line that is none, and each that looks like a secret."""
    found, at, wrong = dict[str, str](), dict[str, int](), list[str]()
    for number, line in numbered(text):
        name, equals, value = (part.strip() for part in line.partition("="))
        told = _line_problem(name, value, has_value=bool(equals))
        if not told and name in at:
            told = f"{name} has a value in line {at[name]} already, and stands for one alone. Take one of the two out."
        if told:
            wrong.append(f"Line {number}: {told}")
        else:
            found[name], at[name] = value, number
    if len(found) > MOST:
        wrong.append(f"These are {len(found)} variables; at most {MOST} are kept. Take {len(found) - MOST} out.")
    refuse(wrong)
    return found


def _line_problem(name: str, value: str, *, has_value: bool) -> str:
    """Why a line is no variable; "" when it is one. Nothing of its value is told."""
    if not has_value:
        return "There is no “=”, so nothing tells the name from its value. Write name = value, or take the line out."
    if not NAME.fullmatch(name):
        return "What stands before “=” is no name. Write up to 100 letters, digits, dots, dashes and underscores."
    if len(value) > LONGEST:
        return f"The value of {name} has {len(value):,} characters; at most {LONGEST:,} are kept. Shorten it."
    if mask_of(name.lower(), QUERY_NAMES) or is_secret_header(name.lower()):
        return SECRET_NAME.format(name=name)
    try:
        no_hidden_character(value)
        no_secret(value)
    except forms.ValidationError as error:
        return " ".join(error.messages)
    return ""


def lines_of(values: Mapping[str, str]) -> str:
    return "\n".join(f"{name} = {value}" for name, value in values.items())
