"""ToString(format) of numbers and Guids, as far as no culture has a say in it."""

from typing import Any

from console.core.policy.csharp.as_text import text_of
from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.number_formats import formatted_number
from console.core.policy.csharp.time_formats import formatted as time_formatted
from console.core.policy.csharp.time_formats import formatted_span
from console.core.policy.csharp.values import Boxed, DateValue, EnumMember, Guid, Span


def shaped(value: Any, form: str) -> str:
    """A value in a format, as string.Format puts it in."""
    value = value.value if isinstance(value, Boxed) else value
    if value is None:
        return ""
    if isinstance(value, DateValue | Span):
        return time_formatted(value, form) if isinstance(value, DateValue) else formatted_span(value, form)
    return formatted(value, [form])


def formatted(value: Any, args: list[Any]) -> str:
    if not args or args[0] is None or (isinstance(args[0], EnumMember) and args[0].of == "CultureInfo"):
        return text_of(value)
    form = args[0]
    if isinstance(value, Guid) and form in {"D", "N", "B"}:
        bare = value.text.replace("-", "")
        return {"D": value.text, "N": bare, "B": "{" + value.text + "}"}[form]
    if isinstance(value, int | float) and not isinstance(value, bool) and isinstance(form, str):
        return formatted_number(float(value) if isinstance(value, float) else int(value), str(form))
    raise NotKnown("this format")
