"""A value that was read somewhere and may become one of an Api; none that its form would refuse for a secret in it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from console.core.destination import ApiDestination
from console.core.redaction.shapes import SecretLeftOut, read_problem

DESTINATION = tuple(one.name for one in fields(ApiDestination))


@dataclass(frozen=True, slots=True)
class FieldProposal:
    """`name` is a field of Expectation or ApiDestination; `old` and `new` are its values. `more` are further ones that
    were read and not proposed. `is_advised`: to be taken unless somebody knows better.
    """

    name: str
    old: Any
    new: Any
    source: str
    is_advised: bool = True
    more: tuple[str, ...] = ()

    @property
    def is_destination(self) -> bool:
        """Whether it says where calls, tokens and keys go."""
        return self.name in DESTINATION


def without_secrets(found: Iterable[FieldProposal]) -> tuple[tuple[FieldProposal, ...], tuple[SecretLeftOut, ...]]:
    """The proposals less what others must not see, and why each is left out."""
    kept, left_out = [], []
    for one in found:
        values = one.new if isinstance(one.new, tuple) else (one.new,)
        why = {each: _problem(one.name, each) for each in (*values, *one.more)}
        left_out += [SecretLeftOut(one.name, each) for each in dict.fromkeys(why.values()) if each]
        free = tuple(each for each in values if not why[each])
        if free == values:
            kept.append(replace(one, more=tuple(each for each in one.more if not why[each])))
        elif free and free != one.old:
            kept.append(replace(one, new=free))
    return tuple(kept), tuple(left_out)


def _problem(name: str, value: Any) -> str:
    return read_problem(value, is_name=name == "subscription_key_header") if isinstance(value, str) else ""
