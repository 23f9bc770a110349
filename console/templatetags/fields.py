"""`{% field form.name %}`: one field of any Django form, with label, help and errors tied to it.

A page may hold dozens, so they are written here and not by nested templates.
"""

import copy
from collections.abc import Iterable
from functools import lru_cache

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

from console.web.forms.base import FILE_AGAIN, ConsoleForm
from console.web.markup import escaped

register = template.Library()

_OPTIONAL = ' <span class="optional">optional</span>'
_ONE_OF = ' <span class="optional">one of these</span>'


@register.filter
def faults(form: forms.BaseForm) -> int:
    """How many things are to be mended: a field may have several."""
    return sum(map(len, form.errors.values()))


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """The field as its kind wants it: hidden, a group of choices, a check box, or label above control.

    An empty field that its form names in `unchanging` is written once per process.
    """
    form = bound.form
    is_same = isinstance(form, ConsoleForm) and bound.name in form.unchanging and form.auto_id == "id_%s"
    if not is_same or bound.value() or bound.errors:
        return _written(bound)
    return _empty(type(form), form.prefix or "", bound.name)  # type: ignore[arg-type]  # the stubs say "unhashable"


@register.simple_tag
def fields(form: ConsoleForm, names: Iterable[str]) -> SafeString:
    """Several fields of a form; those that are as in every new one are not even made."""
    kind, prefix = type(form), form.prefix or ""
    return SafeString(
        "".join([_empty(kind, prefix, name) if form.is_as_new(name) else field(form[name]) for name in names])
    )


@lru_cache(maxsize=256)
def _empty(form: type[ConsoleForm], prefix: str, name: str) -> SafeString:
    """What every new form of that class has there: made of the class alone, so of nothing that somebody typed."""
    plain = forms.Form(prefix=prefix or None)
    plain.one_of = form.one_of  # type: ignore[attr-defined]  # of a ConsoleForm
    plain.fields[name] = copy.deepcopy(form.base_fields[name])
    return _written(plain[name])


def _written(bound: BoundField) -> SafeString:
    if bound.is_hidden:
        return SafeString(bound)
    if bound.use_fieldset:
        return SafeString(f'<div class="field">\n{_fieldset(bound)}{_below(bound)}</div>\n')
    label = f'<label for="{escaped(bound.id_for_label)}">{escaped(bound.label)}'
    if getattr(bound.field.widget, "input_type", None) == "checkbox":
        return SafeString(f'<div class="field check">\n{bound}\n{label}</label>\n{_below(bound)}</div>\n')
    return SafeString(f'<div class="field">\n{label}{_optional(bound)}</label>\n{bound}\n{_below(bound)}</div>\n')


def _fieldset(bound: BoundField) -> str:
    described = f' aria-describedby="{escaped(bound.aria_describedby)}"' if bound.aria_describedby else ""
    legend = f"<legend>{escaped(bound.label)}{_optional(bound)}</legend>"
    return f"<fieldset{described}>\n{legend}\n{bound}\n</fieldset>\n"


def _optional(bound: BoundField) -> str:
    is_filter = getattr(bound.form, "is_filter", False)  # of which every part may be left empty
    is_chosen = getattr(bound.field.widget, "input_type", None) == "select"  # its first choice says what none means
    if bound.field.required or is_filter or is_chosen:
        return ""
    return _ONE_OF if bound.name in getattr(bound.form, "one_of", ()) else _OPTIONAL


def _below(bound: BoundField) -> str:
    """Help and errors, under the ids Django names in aria-describedby."""
    id_ = escaped(bound.auto_id)
    text = f"{bound.help_text} {FILE_AGAIN}" if _lost_its_file(bound) else bound.help_text
    help_ = f'<div class="help" id="{id_}_helptext">{escaped(text)}</div>\n' if text else ""
    errors = "".join(f"<li>{escaped(error)}</li>" for error in bound.errors)
    return f'{help_}<ul class="error" id="{id_}_error">{errors}</ul>\n' if errors else help_


def _lost_its_file(bound: BoundField) -> bool:
    """A file was chosen, and the form comes back for what another field says: the browser shows none now."""
    form = bound.form
    if not isinstance(bound.field, forms.FileField) or bound.html_name not in form.files or bound.errors:
        return False
    return bool(form.errors) and FILE_AGAIN not in form.non_field_errors()
