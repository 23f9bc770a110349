"""`{% field form.name %}`: one field of any Django form, with label, help and errors tied to it.

A page may hold dozens, so they are written here and not by nested templates.
"""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from console.web.markup import escaped

register = template.Library()

_OPTIONAL = ' <span class="optional">optional</span>'


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """The field as its kind wants it: hidden, a group of choices, a check box, or label above control."""
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
    return "" if bound.field.required else _OPTIONAL


def _below(bound: BoundField) -> str:
    """Help and errors, under the ids Django names in aria-describedby."""
    id_ = escaped(bound.auto_id)
    help_ = f'<div class="help" id="{id_}_helptext">{escaped(bound.help_text)}</div>\n' if bound.help_text else ""
    errors = "".join(f"<li>{escaped(error)}</li>" for error in bound.errors)
    return f'{help_}<ul class="error" id="{id_}_error">{errors}</ul>\n' if errors else help_
