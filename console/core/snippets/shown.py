"""Hidden values of a copied call that somebody asks to see: which those are, and the call with one of them in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from console.core.snippets.base import SnippetCall
from console.core.snippets.text import SnippetText, Variable, joined


class Field(StrEnum):
    """What can be seen of what is hidden: the console keeps these two, and nothing else of what was sent."""

    TOKEN = "access-token"
    KEY = "subscription-key"


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A variable of a call, and which of the kept values stands for it: that of today, not of the day of the call."""

    field: Field
    variable: Variable


def fields_of(call: SnippetCall, key_header: str) -> tuple[ShownValue, ...]:
    """The values of a call that can be shown; `key_header` carries the subscription key, "" for an API without one."""
    found = [ShownValue(Field.TOKEN, call.token)] if call.token is not None else []
    for name, value in call.headers:
        if name.lower() == key_header.lower() and len(value) == 1 and isinstance(value[0], Variable):
            found.append(ShownValue(Field.KEY, value[0]))
    return tuple(found)


def with_values(call: SnippetCall, values: Mapping[Variable, str]) -> SnippetCall:
    """The call with these in the place of their variables. What it was over the wire stays hidden."""

    def filled(text: SnippetText) -> SnippetText:
        return joined(tuple(values.get(piece, piece) if isinstance(piece, Variable) else piece for piece in text))

    return replace(
        call,
        url=filled(call.url),
        headers=tuple((name, filled(value)) for name, value in call.headers),
        body=filled(call.body) if call.body is not None else None,
        token=None if call.token in values else call.token,
    )
