"""Fresh fields for each form, copied as Django does it but without its general machinery, which costs ten times more.

A form may change its fields (choices, attributes, words) without another seeing it: the field, its widget, and what
they hold in lists and dictionaries are its own.
"""

import copy
from typing import Any

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass

_PLAIN_FIELDS = (forms.Field.__deepcopy__, forms.ChoiceField.__deepcopy__)
_PLAIN_WIDGETS = (forms.Widget.__deepcopy__, forms.Select.__deepcopy__)


class FreshFields(dict[str, forms.Field]):
    """The fields of a form class; a deep copy of it is what a new form gets."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return {name: _fresh(field, memo) for name, field in self.items()}


class ConsoleFormClass(DeclarativeFieldsMetaclass):
    """Has the fields of each form class copied by FreshFields, after the class gave them its words once."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> "ConsoleFormClass":
        made: Any = super().__new__(cls, name, bases, attrs)
        made.base_fields = FreshFields(copy.deepcopy(made.base_fields))  # a parent's fields are the parent's
        for key, field in made.base_fields.items():
            made.give_words(key, field)
        return made  # type: ignore[no-any-return]


def _fresh(field: forms.Field, memo: dict[int, Any]) -> forms.Field:
    if type(field).__deepcopy__ not in _PLAIN_FIELDS or type(field.widget).__deepcopy__ not in _PLAIN_WIDGETS:
        return copy.deepcopy(field, memo)  # made of other fields, or with a way of its own
    made: forms.Field = _copied(field)
    made.widget = _copied(field.widget)
    made.widget.attrs = field.widget.attrs.copy()
    made.error_messages = field.error_messages.copy()
    made.validators = field.validators[:]
    return made


def _copied(original: Any) -> Any:
    made = object.__new__(type(original))
    made.__dict__.update(original.__dict__)
    if isinstance(choices := original.__dict__.get("_choices"), list):
        made.__dict__["_choices"] = choices[:]
    return made
