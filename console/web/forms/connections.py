"""Making a connection, naming who uses it elsewhere, and handing a sign-in to somebody."""

from typing import Any

from django import forms

from console.core.connection import PRINCIPAL_KINDS, NamedPrincipal
from console.web.forms.base import ConsoleForm, TidyCharField
from console.web.forms.lines import numbered, refuse

LIVES = ((3600, "one hour"), (86_400, "one day"), (3 * 86_400, "three days"), (7 * 86_400, "a week"))
MOST_CHARACTERS = 200  # of an object ID, and of a note
MOST_NAMED = 100  # as many as API Management allows access policies


class ConnectionForm(ConsoleForm):
    name = TidyCharField(
        label="Name",
        max_length=200,
        is_name=True,
        help_text="Whose account it is for, or what: “Ola, orders”, “Nightly job”.",
    )


class ConnectionEditForm(ConnectionForm):
    named = TidyCharField(
        label="Service principals and managed identities",
        required=False,
        max_length=20_000,
        is_name=True,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="One a line: its object ID, then a note. “managed” in front says that it is a managed identity. For"
        " the record: they are given nothing here.",
    )

    def clean_named(self) -> tuple[NamedPrincipal, ...]:
        lines = list(numbered(self.cleaned_data["named"]))
        if len(lines) > MOST_NAMED:
            raise forms.ValidationError(f"These are {len(lines)} lines; at most {MOST_NAMED} are kept.")
        named = [(number, _principal(line)) for number, line in lines]
        refuse([told for number, one in named if (told := _problem(number, one))])
        return tuple(one for _, one in named)


class LoginLinkForm(ConsoleForm):
    meant_for = TidyCharField(
        label="Meant for",
        required=False,
        max_length=200,
        is_name=True,
        help_text="A name, as the person who opens it reads it. It checks nothing: whoever has the link can use it.",
    )
    life_s = forms.TypedChoiceField(label="Works for", choices=LIVES, coerce=int, initial=86_400)


def initial_of(name: str, named: tuple[NamedPrincipal, ...]) -> dict[str, Any]:
    return {"name": name, "named": "\n".join(map(_line, named))}


def _principal(line: str) -> NamedPrincipal:
    kind, rest = PRINCIPAL_KINDS[0], line
    word, _, behind = line.partition(" ")
    if word.lower() == "managed":
        kind, rest = PRINCIPAL_KINDS[1], behind.strip()
    object_id, _, note = rest.partition(" ")
    return NamedPrincipal(kind, object_id, note.strip())


def _problem(number: int, one: NamedPrincipal) -> str:
    if not one.object_id:
        return f"Line {number} names no object ID. Write it behind “managed”, or take the line out."
    for what, text in (("object ID", one.object_id), ("note", one.note)):
        if len(text) > MOST_CHARACTERS:
            told = f"The {what} in line {number} has {len(text)} characters; at most {MOST_CHARACTERS} are kept."
            return f"{told} Shorten it."
    return ""


def _line(one: NamedPrincipal) -> str:
    prefix = "managed " if one.kind == PRINCIPAL_KINDS[1] else ""
    return f"{prefix}{one.object_id} {one.note}".rstrip()
