"""Writes the widgets of all forms in Python: the same HTML as Django's widget templates, at a fraction of their cost.

A widget with a template that is not among these is rendered by Django as ever.
"""

from collections.abc import Callable
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest

from console.web.markup import attributes, escaped

Widget = dict[str, Any]


class PlainRenderer(DjangoTemplates):
    """FORM_RENDERER of the console."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        write = _WRITERS.get(template_name)
        return write(context["widget"]) if write else super().render(template_name, context, request)


def _input(widget: Widget) -> str:
    value = widget["value"]
    given = "" if value is None else f' value="{escaped(value)}"'
    return f'<input type="{escaped(widget["type"])}" name="{escaped(widget["name"])}"{given}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    text = escaped(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{escaped(widget["name"])}"{_attributes(widget)}>\n{text}</textarea>'


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return f'<select name="{escaped(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _group(name: str | None, options: list[Widget]) -> str:
    shown = "".join(map(_option, options))
    return f'\n  <optgroup label="{escaped(name)}">{shown}\n  </optgroup>' if name else shown


def _option(option: Widget) -> str:
    return f'\n  <option value="{escaped(option["value"])}"{_attributes(option)}>{escaped(option["label"])}</option>'


def _choices(widget: Widget) -> str:
    """Check boxes or radio buttons, one below the other."""
    about = {name: widget["attrs"][name] for name in ("id", "class") if widget["attrs"].get(name)}
    groups = "".join(_choice_group(name, options) for name, options, _ in widget["optgroups"])
    return f"<div{attributes(about)}>{groups}\n</div>"


def _choice_group(name: str | None, options: list[Widget]) -> str:
    shown = "".join(f"<div>\n    {_choice(option)}</div>" for option in options)
    return f"\n  <div><label>{escaped(name)}</label>{shown}\n  </div>" if name else shown


def _choice(option: Widget) -> str:
    if not option["wrap_label"]:
        return _input(option)
    about = {"for": option["attrs"]["id"]} if option["attrs"].get("id") else {}
    return f"<label{attributes(about)}>{_input(option)} {escaped(option['label'])}</label>"


def _attributes(widget: Widget) -> str:
    return attributes(widget["attrs"])


_INPUTS = ("text", "number", "email", "url", "password", "hidden", "file", "date", "checkbox")
_WRITERS: dict[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in _INPUTS},
    "django/forms/widgets/input.html": _input,
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/radio.html": _choices,
    "django/forms/widgets/checkbox_select.html": _choices,
}
