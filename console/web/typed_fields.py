"""What was typed into a form, told in the words of its fields and without its values: one of them may be a secret."""

from collections.abc import Iterator
from functools import lru_cache

from django import forms

from console.web.forms.base import ConsoleForm

# What buttons, addresses and pages add to a form: nobody typed it.
_OF_THE_PAGE = frozenset({"do", "more", "next", "connection", "version", "seen", "production", "delete"})


def told(name: str, text: str) -> tuple[str, str] | None:
    """The field's label and what of it comes along; None for what the page itself put into the form."""
    known = _fields().get(name, ())
    fields = tuple(one for one in known if not isinstance(one.widget, forms.HiddenInput))
    if name in _OF_THE_PAGE or (known and not fields):
        return None
    return _label(name, fields), _what(fields, text)


def _label(name: str, fields: tuple[forms.Field, ...]) -> str:
    """The label, where each form that has such a field says the same; else the name, written as words."""
    labels = {str(one.label) for one in fields if one.label}
    if len(labels) == 1:
        return labels.pop()
    words = name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def _what(fields: tuple[forms.Field, ...], text: str) -> str:
    if fields and all(isinstance(one, forms.BooleanField) for one in fields):
        return "ticked"
    if fields and all(isinstance(one, forms.ChoiceField) for one in fields):
        return "as you chose it"
    return f"as you typed it: {len(text):,} character{'' if len(text) == 1 else 's'}"


@lru_cache(maxsize=1)
def _fields() -> dict[str, tuple[forms.Field, ...]]:
    """The fields of every form of the console, by their names."""
    found: dict[str, list[forms.Field]] = {}
    for form in _forms(ConsoleForm):
        for name, one in form.base_fields.items():
            found.setdefault(name, []).append(one)
    return {name: tuple(fields) for name, fields in found.items()}


def _forms(form: type[ConsoleForm]) -> Iterator[type[ConsoleForm]]:
    for one in form.__subclasses__():
        yield one
        yield from _forms(one)
