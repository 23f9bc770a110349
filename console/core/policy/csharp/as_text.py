"""What a value is as text: ToString() without a format, and what `+` and `$"..."` make of it."""

from collections.abc import Iterable
from typing import Any

from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.json_values import MAX_TEXT, JToken, JValue, written
from console.core.policy.csharp.number_text import number_text
from console.core.policy.csharp.values import Boxed, Builder, DateValue, EnumMember, Guid, Span, Thing, Unknowable, Url
from console.core.policy.csharp.xml_members import name_text
from console.core.policy.csharp.xml_values import XName, XNamespace


def bounded_join(separator: str, values: Iterable[Any]) -> str:
    """The texts of these values with a separator between them; NotKnown before they become too long."""
    found, length = [], 0
    for value in values:
        found.append(text_of(value))
        length += len(found[-1]) + len(separator)
        if length > MAX_TEXT:
            raise NotKnown("a text of this length")
    return separator.join(found)


def text_of(value: Any) -> str:
    """Null is the empty text, as in concatenation; a member asked of null throws before this."""
    if isinstance(value, Boxed):
        return text_of(value.value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, JToken):
        return json_text(value)
    return _text_of_object(value)


def _text_of_object(value: Any) -> str:
    if isinstance(value, Url) and value.knows_query_alone:
        raise NotKnown("Request.Url")
    if isinstance(value, Guid | Url | Builder):
        return value.text
    if isinstance(value, EnumMember):
        return value.name
    if isinstance(value, XName | XNamespace):
        return name_text(value)
    if isinstance(value, Span):
        return _span(value)
    raise NotKnown(value.part if isinstance(value, Unknowable) else _what(value))


def json_text(token: JToken) -> str:
    if not isinstance(token, JValue):
        return written(token, is_indented=True)
    if token.is_date:
        raise NotKnown("a date in JSON as text")
    if isinstance(token.value, float):
        return number_text(token.value)
    return text_of(token.value)


def _span(value: Span) -> str:
    micros = value.length.microseconds
    if value.length.total_seconds() < 0 or micros:
        raise NotKnown("this TimeSpan as text")
    seconds = int(value.length.total_seconds())
    days, rest = divmod(seconds, 86_400)
    shown = f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
    return f"{days}.{shown}" if days else shown


def _what(value: Any) -> str:
    if isinstance(value, DateValue):
        return "a date as text in the gateway's culture"
    return f"{value.name} as text" if isinstance(value, Thing) else f"a {type(value).__name__} as text"
