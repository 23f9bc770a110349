"""A pasted policy text as the gateway would take it: stored, or refused before any call."""

from dataclasses import dataclass

from console.core.gateway.document import PolicyDocument, PolicyProblem, read_policy
from console.core.gateway.lint import lint
from console.core.gateway.model import Warned
from console.core.gateway.schema import problems
from console.core.gateway.trace import Trace
from console.core.gateway.values import Values, fill


@dataclass(frozen=True, slots=True)
class Stored:
    """A policy that can be evaluated; `warnings` are what can be said of its text alone."""

    document: PolicyDocument
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True, slots=True)
class NotStored:
    """Why the gateway would not have stored the text, or why it is unsafe to read; at least one problem."""

    problems: tuple[PolicyProblem, ...]
    warnings: tuple[Warned, ...] = ()


def read(text: str, values: Values) -> Stored | NotStored:
    """The policy in a pasted text. Named values are put in before types are checked, as the gateway does."""
    document = read_policy(text)
    if isinstance(document, PolicyProblem):
        return NotStored((document,))
    warnings = lint(document)
    found = problems(fill(document, values))
    return NotStored(found, warnings) if found else Stored(document, warnings)


def all_warnings(stored: Stored, trace: Trace) -> tuple[Warned, ...]:
    """The warnings of the text and of the call, each code once per place."""
    unique: dict[tuple[str, str], Warned] = {}
    for one in (*stored.warnings, *trace.warnings):
        unique.setdefault((one.code, one.path), one)
    return tuple(unique.values())
