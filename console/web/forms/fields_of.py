"""Fields for each form, copied when they are asked for, and without Django's general machinery, which costs ten times
more.

A form may change its fields (choices, attributes, words) without another seeing it: the field, its widget, and what
they hold in lists and dictionaries are its own. Of a long form most requests fill in little: what was left empty means
the same in every form of a class, and is read without its field.
"""

import copy
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.forms import DeclarativeFieldsMetaclass

_PLAIN_FIELDS = (forms.Field.__deepcopy__, forms.ChoiceField.__deepcopy__)
_PLAIN_WIDGETS = (forms.Widget.__deepcopy__, forms.Select.__deepcopy__)
_OF_ONE_VALUE = (
    forms.Widget.value_from_datadict,
    forms.Select.value_from_datadict,
    forms.FileInput.value_from_datadict,
)
_UNCHANGEABLE = (str, int, tuple, type(None))


class OwnFields(MutableMapping[str, forms.Field]):
    """The fields of one form. No dict: that would give away its class's fields where C code copies it."""

    def __init__(self, shared: Mapping[str, forms.Field]) -> None:
        self._fields = dict(shared)
        self._shared = set(shared)

    def is_shared(self, name: str) -> bool:
        """Whether it still is as the class has it, because nobody asked for it."""
        return name in self._shared

    def __getitem__(self, name: str) -> forms.Field:
        if name in self._shared:
            self[name] = _fresh(self._fields[name])
        return self._fields[name]

    def __setitem__(self, name: str, field: forms.Field) -> None:
        self._shared.discard(name)
        self._fields[name] = field

    def __delitem__(self, name: str) -> None:
        self._shared.discard(name)
        del self._fields[name]

    def __contains__(self, name: object) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


class SharedFields(dict[str, forms.Field]):
    """The fields of a form class; a deep copy of it is what a new form gets."""

    def __deepcopy__(self, memo: dict[int, Any]) -> OwnFields:
        return OwnFields(self)


class ConsoleFormClass(DeclarativeFieldsMetaclass):
    """Has each form class share its fields, after it gave them its words once.

    `left_empty` is what those fields are read as that were left empty; without those that look closer even then.
    """

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> "ConsoleFormClass":
        made: Any = super().__new__(cls, name, bases, attrs)
        made.base_fields = SharedFields(copy.deepcopy(dict(made.base_fields)))  # a parent's fields are the parent's
        for key, field in made.base_fields.items():
            made.give_words(key, field)
        made.left_empty = dict(_read_empty(made))
        return made  # type: ignore[no-any-return]


def _read_empty(form: Any) -> Iterator[tuple[str, Any]]:
    for name, field in form.base_fields.items():
        is_plain = type(field.widget).value_from_datadict in _OF_ONE_VALUE and field.initial is None
        if not is_plain or field.disabled or hasattr(form, f"clean_{name}"):
            continue
        try:
            read, absent = field.clean(""), field.clean(None)
        except ValidationError:
            continue  # required
        if read == absent and isinstance(read, _UNCHANGEABLE):
            yield name, read


def _fresh(field: forms.Field) -> forms.Field:
    if type(field).__deepcopy__ not in _PLAIN_FIELDS or type(field.widget).__deepcopy__ not in _PLAIN_WIDGETS:
        return copy.deepcopy(field)  # made of other fields, or with a way of its own
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
