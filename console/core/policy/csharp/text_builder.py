"""StringBuilder."""

from typing import Any

from console.core.policy.csharp import static_texts, texts
from console.core.policy.csharp.as_text import text_of
from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.json_values import MAX_TEXT
from console.core.policy.csharp.values import Builder, Sequence


def member(value: Builder, name: str) -> Any:
    if name == "Length":
        return len(value.text)
    raise NotKnown(f"{name} of a StringBuilder")


def call(value: Builder, name: str, args: list[Any]) -> Builder:
    """What changes the text; the builder itself, as in a chain."""
    if name == "AppendFormat":
        name, args = "Append", [static_texts.format(args)]
    if name == "Append" and len(args) == 1 and not isinstance(args[0], Sequence):
        value.text += text_of(args[0])
    elif name == "Clear" and not args:
        value.text = ""
    elif name in {"Replace", "Insert", "Remove"} and len(args) == 2:
        value.text = texts.METHODS[name](value.text, args)
    else:
        raise NotKnown(f"{name} of a StringBuilder")
    if len(value.text) > MAX_TEXT:
        raise NotKnown("a text of this length")
    return value
