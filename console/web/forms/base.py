"""What all forms share: tidy text fields, and errors in friendly words, the same for htmx and plain pages."""

from typing import Any

from django import forms
from django.http import QueryDict

from console.core.errors import Stale
from console.core.json.text import UNSEEN, shorten
from console.core.redaction.redact import redact_text
from console.core.redaction.shapes import listed_problem
from console.core.redaction.start import masked_start
from console.core.whole_number import whole_number
from console.web.forms.fields_of import ConsoleFormClass, OwnFields
from console.web.forms.lines import problems_of, refuse

TOO_LONG = "This is %(show_value)d characters long; at most %(limit_value)d are kept."
MOST_NAMED = 2000  # characters that are read of a value which a sentence names
FILE_AGAIN = "Choose the file again: a browser forgets it when a form comes back."
NO_EMAIL = "This is not an e-mail address; one looks like ina@example.com."
NOT_OFFERED = "“%(value)s” is not offered here. Choose one of the list."


def _verb(field: forms.Field) -> str:
    return "Choose" if isinstance(field, forms.ChoiceField | forms.FileField) else "Enter"


def _lower(label: str) -> str:
    """The label inside a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _told(error: forms.ValidationError) -> forms.ValidationError:
    """The error, in which a value that is named is short and holds no secret: nobody typed what is not offered."""
    for one in error.error_list:
        if isinstance(one.params, dict) and isinstance(value := one.params.get("value"), str):
            one.params = {**one.params, "value": shorten(masked_start(value, MOST_NAMED, redact_text))}
    return error


class ConsoleForm(forms.Form, metaclass=ConsoleFormClass):
    """A form whose standard errors say what to do; `missing` has the words for fields that need others.

    `unchanging` names fields of which no form of the class changes label, attributes or choices;
    `one_of` those of which one has to be given, whichever it is, so that none of them is told as optional.
    """

    missing: dict[str, str] = {}
    unchanging: frozenset[str] = frozenset()
    one_of: frozenset[str] = frozenset()
    left_empty: dict[str, Any]

    def _clean_fields(self) -> None:
        """As Django does it, but for what was left empty in a field that nobody changed."""
        filled_in = {name for source in (self.data, self.files) for name, value in source.items() if value}
        for name in self.fields:
            if self.add_prefix(name) not in filled_in and self._is_as_declared(name):
                self.cleaned_data[name] = self.left_empty[name]
            else:
                self._clean_field(self[name])

    def is_as_new(self, name: str) -> bool:
        """Whether a field is shown as in every new form of the class; found out without making the field."""
        if name not in self.unchanging or self.auto_id != "id_%s" or name in self.initial:
            return False
        if self.base_fields[name].initial is not None:
            return False
        return not self._is_filled_in(self.add_prefix(name)) and name not in self.errors

    def _is_filled_in(self, sent: str) -> bool:
        """Looked for first, because Django finds out with an exception that something was not sent."""
        return bool((sent in self.data and self.data.get(sent)) or (sent in self.files and self.files.get(sent)))

    def _is_as_declared(self, name: str) -> bool:
        fields: Any = self.fields  # a dictionary where the form puts them into an order
        is_shared = isinstance(fields, OwnFields) and fields.is_shared(name)
        return is_shared and name in self.left_empty and name not in self.initial

    def _clean_field(self, bound: forms.BoundField) -> None:
        name = bound.name
        try:
            self.cleaned_data[name] = bound.field._clean_bound_field(bound)  # type: ignore[attr-defined]  # no stub
            if own := getattr(self, f"clean_{name}", None):
                self.cleaned_data[name] = own()
        except forms.ValidationError as error:
            self.add_error(name, _told(error))

    @classmethod
    def give_words(cls, name: str, field: forms.Field) -> None:
        label = _lower(str(field.label or name.replace("_", " ")))
        field.error_messages["required"] = cls.missing.get(name, f"{_verb(field)} the {label}.")
        field.error_messages["invalid_choice"] = NOT_OFFERED
        if isinstance(field, forms.EmailField):
            field.error_messages["invalid"] = NO_EMAIL
        if isinstance(field, forms.CharField):
            field.error_messages["max_length"] = TOO_LONG
            # A browser cuts off what is pasted without a word, and half an address or token is another one.
            field.widget.attrs.pop("maxlength", None)


class VersionedForm(ConsoleForm):
    """A form of what others may save meanwhile: it carries the version it was opened on, and without one is stale."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_version(self) -> int:
        return version_of(self.cleaned_data["version"])

    def add_stale(self, refusal: Stale, *, version: int) -> None:
        """Says so, and goes on from the version of now: whoever saves again has been told."""
        self.add_error(None, f"{refusal.what} {refusal.do}")
        self.data = {**self.data.dict(), "version": str(version)} if isinstance(self.data, QueryDict) else self.data


def version_of(text: str) -> int:
    """The version that a form was opened on; -1, which is no version, for anything that is none."""
    version = whole_number(text, digits=9)
    return -1 if version is None else version


def no_secret(text: str, *, is_name: bool = False) -> None:
    """Refuses a secret in a text that others read; what it says shows none of it."""
    if problem := listed_problem(text, is_name=is_name):
        raise forms.ValidationError(problem)


class TidyCharField(forms.CharField):
    """Text whose outer blanks are removed and whose hidden characters are refused with words, not silently.

    So is a secret, unless the text `may_hold_secret` (what is sent, and never listed). `is_name`: words for people.
    """

    def __init__(self, *, may_hold_secret: bool = False, is_name: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.may_hold_secret, self.is_name = may_hold_secret, is_name

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return text
        if isinstance(text, str):
            self.check_lines(text)
        return text

    def check_lines(self, text: str) -> None:
        """Each line by itself, so that all that are to be mended are told; then the whole: a key has many lines."""
        refuse(problems_of(text, self.check_line))
        self.check_line(text)

    def check_line(self, text: str) -> None:
        """Raises ValidationError for what must not stand in it."""
        no_hidden_character(text)
        if isinstance(self.widget, forms.TextInput | forms.PasswordInput):
            one_line(text)
        if not self.may_hold_secret:
            no_secret(text, is_name=self.is_name)


def one_line(text: str) -> None:
    """Refuses what a field of one line cannot hold in any browser: mails, comments of snippets and lists would take it
    for lines of their own.
    """
    if len(text.splitlines()) > 1:
        raise forms.ValidationError("This is one line, and a line end is in the text. Take it out.")


def no_hidden_character(text: str) -> None:
    """Refuses what no reader can see."""
    if found := _hidden_in(text):
        codes = ", ".join(f"U+{code:04X}" for code in found[:5])
        raise forms.ValidationError(
            f"A hidden character is in the text ({codes}), often from copying out of a mail or a document. "
            "Type the value again, or paste it as plain text."
        )


def _hidden_in(text: str) -> list[int]:
    """Code points of what no reader can see; tabs and line ends are none of it, however a browser writes them."""
    return sorted({ord(char) for char in UNSEEN.findall(text) if char != "\r"})


class UsualChoice(forms.ChoiceField):
    """A choice that always has a value: what is not sent counts as the usual one."""

    def __init__(self, *, usual: str, **kwargs: Any) -> None:
        super().__init__(**{"initial": usual, **kwargs})
        self.usual = usual

    def clean(self, value: Any) -> Any:
        return super().clean(value or self.usual)


class AgreedBox(forms.CheckboxInput):
    """A box that counts as ticked only for the very thing that it was shown for."""

    def __init__(self, agreed_to: str) -> None:
        super().__init__(attrs={"value": agreed_to})
        self.agreed_to = agreed_to

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002 (Django's signature)
        return bool(data.get(name) == self.agreed_to)


class ForgetfulTextarea(forms.Textarea):
    """A text that may hold secrets: taken, and never written back into a page."""

    def format_value(self, value: Any) -> str:  # noqa: ARG002 (Django's signature)
        return ""


class SecretField(forms.CharField):
    """A write-only text: never rendered back, blanks kept (a check tells about them), not completed by the browser."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(strip=False, widget=widget, **kwargs)
