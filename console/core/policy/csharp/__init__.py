"""Policy expressions, `@(...)` and `@{...}`: C# that is read with its grammar and interpreted, as far as it is sure.

Only values of which C# and the documents leave no doubt are told; everything else is not known, and what it lacks is
named. Nothing is executed, nothing leaves, and steps and sizes are bounded.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from console.core.policy.csharp import dictionaries, gateway, syntax
from console.core.policy.csharp.evaluate import Evaluator
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.result import as_json, as_variable
from console.core.policy.csharp.scope import Scope
from console.core.policy.csharp.statements import run_body
from console.core.policy.csharp.values import DateValue
from console.core.policy.csharp.work import Effort, Purse

_NAMED_VALUE = re.compile(r"\{\{([A-Za-z0-9._-]+)\}\}")


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The value, as plain JSON values."""

    value: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """The expression throws: in a policy it leads to on-error. `kind` is the exception's class name."""

    kind: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """`part` is what is not given, or not understood."""

    part: str


Outcome = Evaluated | Failed | Unknown


def evaluate(expression: str, parts: Mapping[str, Any], purse: Purse | None = None) -> Outcome:
    """What the gateway makes of an expression; never raises. `parts` as in `gateway.context_of`, with `now` (ISO 8601)
    and `named_values`. Expressions that are evaluated for one purpose share a `purse`.
    """
    return _outcome(expression, parts, purse, as_json)


def evaluate_variable(expression: str, parts: Mapping[str, Any], purse: Purse | None = None) -> Outcome:
    """The same for the value of a variable: with its type, in a form that `variables` of later parts may hold."""
    return _outcome(expression, parts, purse, as_variable)


def _outcome(expression: str, parts: Mapping[str, Any], purse: Purse | None, form: Callable[[Any], Any]) -> Outcome:
    """Where only what stands between several values is open, what the expression gives with each that it may be."""
    told = _once(expression, parts, purse, form)
    if not isinstance(told, Unknown) or not told.part.startswith(dictionaries.SEVERAL):
        return told
    readings = []
    for between in dictionaries.SEPARATORS:
        token = dictionaries.BETWEEN.set(between)
        try:
            readings.append(_once(expression, parts, purse, form))
        finally:
            dictionaries.BETWEEN.reset(token)
    return readings[0] if all(one == readings[0] for one in readings) else told


def _once(expression: str, parts: Mapping[str, Any], purse: Purse | None, form: Callable[[Any], Any]) -> Outcome:
    try:
        return Evaluated(form(_value(expression, parts, Effort(purse or Purse()))))
    except Thrown as thrown:
        return Failed(thrown.kind)
    except NotKnown as unknown:
        return Unknown(unknown.part)
    except RecursionError:
        return Unknown("an expression nested this deeply")
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return Unknown("a use that C# refuses, or that is not understood")  # too few arguments, or of other types


def _value(expression: str, parts: Mapping[str, Any], effort: Effort) -> Any:
    effort.step(len(expression) // 5)  # to read it is work too
    filled = _with_named_values(expression, parts)
    is_kept = filled == expression and len(expression) <= syntax.LONGEST_KEPT  # no cache holds what may be secret
    try:
        node = syntax.read(filled) if is_kept else syntax.read_once(filled)
    except NotKnown:
        effort.mended(len(filled))
        raise

    def clock() -> DateValue:
        return gateway.moment(gateway.part(parts, "now"))

    own, scope = Evaluator(gateway.context_of(parts), clock, run_body, effort), Scope()
    return run_body(own, node, scope) if node.kind == "block" else own.value(node, scope)


def _with_named_values(expression: str, parts: Mapping[str, Any]) -> str:
    """`{{name}}` is put into the text before it is compiled, inside of literals too."""

    def put_in(found: re.Match[str]) -> str:
        named = gateway.part(parts, "named_values")
        if found[1] not in named:
            raise NotKnown(f"the named value {found[1]}")
        return str(named[found[1]])

    return _NAMED_VALUE.sub(put_in, expression)
