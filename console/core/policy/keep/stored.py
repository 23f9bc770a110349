"""A pasted policy text as the gateway would take it: stored, or refused before any call."""

from dataclasses import dataclass
from itertools import chain

from console.core.policy.engine.model import Warned
from console.core.policy.engine.trace import Trace
from console.core.policy.lint import lint
from console.core.policy.schema import problems
from console.core.policy.text.document import PolicyDocument, PolicyProblem, read_policy
from console.core.policy.text.fragments import fragment_problems, given_places, included
from console.core.policy.text.values import Values, fill

MAX_EDITS = 1_000  # no real policy comes near
_EDITS = frozenset({"set-header", "set-query-parameter"})


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
    """The policy in a pasted text. Named values are put in before types are checked, as the gateway does. Fragments
    that were given and that it includes are checked like it.
    """
    document = read_policy(text)
    if isinstance(document, PolicyProblem):
        return NotStored((document,))
    filled = fill(document, values)
    here = given_places(filled, values)
    warnings = tuple(one for one in lint(document) if one.code != "hidden-fragment" or one.path not in here)
    fragments = included(filled, values)
    found = (*problems(filled), *fragment_problems(fragments), *_too_many((filled, *fragments.values())))
    return NotStored(found, warnings) if found else Stored(document, warnings)


def _too_many(parts: tuple[PolicyDocument | PolicyProblem, ...]) -> tuple[PolicyProblem, ...]:
    """Each of these policies writes the whole call anew: beyond all measure they would take too long."""
    elements = chain.from_iterable(part.walk_all() for part in parts if isinstance(part, PolicyDocument))
    count = sum(element.name in _EDITS for element in elements)
    if count <= MAX_EDITS:
        return ()
    what = f"The policy sets headers and query parameters {count} times; at most {MAX_EDITS} are run here."
    return (PolicyProblem("too-large", what, "Paste only the policies that matter to the call."),)


def all_warnings(stored: Stored, trace: Trace) -> tuple[Warned, ...]:
    """The warnings of the text and of the call, each code once per place."""
    unique: dict[tuple[str, str], Warned] = {}
    for one in (*stored.warnings, *trace.warnings):
        unique.setdefault((one.code, one.path), one)
    return tuple(unique.values())
