"""ToString(format) of numbers and Guids, as far as no culture has a say in it."""

from typing import Any

from console.core.policy.csharp import times
from console.core.policy.csharp.as_text import text_of
from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.values import Boxed, DateValue, EnumMember, Guid
from console.core.whole_number import whole_number


def shaped(value: Any, form: str) -> str:
    """A value in a format, as string.Format puts it in."""
    value = value.value if isinstance(value, Boxed) else value
    if value is None:
        return ""
    return times.formatted(value, form) if isinstance(value, DateValue) else formatted(value, [form])


def formatted(value: Any, args: list[Any]) -> str:
    if not args or args[0] is None or (isinstance(args[0], EnumMember) and args[0].of == "CultureInfo"):
        return text_of(value)
    form = args[0]
    if isinstance(value, Guid) and form in {"D", "N", "B"}:
        bare = value.text.replace("-", "")
        return {"D": value.text, "N": bare, "B": "{" + value.text + "}"}[form]
    if isinstance(value, int) and not isinstance(value, bool) and isinstance(form, str):
        width = whole_number(form[1:], digits=2)
        if form[:1] in {"D", "d"} and width is not None:
            return ("-" if value < 0 else "") + str(abs(value)).zfill(width)
        if form and set(form) == {"0"} and len(form) < 100 and value >= 0:
            return str(value).zfill(len(form))
        if form[:1] in {"X", "x"} and (len(form) == 1 or width is not None) and value >= 0:
            shown = f"{value:X}" if form[0] == "X" else f"{value:x}"
            return shown.zfill(width or 0)
    if isinstance(value, int) and isinstance(form, str) and form in {"x2", "X2"}:
        return f"{value:02x}" if form == "x2" else f"{value:02X}"
    raise NotKnown("this format")
