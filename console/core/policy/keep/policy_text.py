"""A pasted policy text, read once: what it asks for, and whether the gateway would store it or refuse it."""

from dataclasses import dataclass, replace
from itertools import chain

from console.core.json.text import shorten
from console.core.policy.engine.model import Warned
from console.core.policy.engine.trace import Trace
from console.core.policy.lint import lint
from console.core.policy.lint.places import places_of
from console.core.policy.schema import problems
from console.core.policy.text.document import PolicyDocument, PolicyProblem, read_policy
from console.core.policy.text.fragments import INCLUDE, documents, included
from console.core.policy.text.values import OpenValue, Values, fill, open_values
from console.core.policy.token.addresses import metadata_addresses

MAX_EDITS = 1_000  # no real policy comes near
_EDITS = frozenset({"set-header", "set-query-parameter"})


@dataclass(frozen=True, slots=True, repr=False)
class PolicyText:
    """A text as it was pasted, and what it is: a document, or why it is none."""

    text: str
    read: PolicyDocument | PolicyProblem

    @property
    def document(self) -> PolicyDocument:
        """An empty one for a text that is no policy."""
        return _EMPTY if isinstance(self.read, PolicyProblem) else self.read

    def open_values(self, values: Values) -> tuple[OpenValue, ...]:
        """What the text and its fragments leave open."""
        return all_open_values(self.document, values)

    def metadata_addresses(self, values: Values, *, tenant: str = "") -> tuple[str, ...]:
        """Where the metadata of the text and its fragments is published, with the values filled in; each once.

        `tenant` stands in where a policy trusts any tenant of Entra.
        """
        filled = [fill(one, values) for one in documents(self.document, values)]
        return tuple(dict.fromkeys(url for one in filled for url in metadata_addresses(one, tenant=tenant)))


_EMPTY = PolicyDocument()


def read_text(text: str) -> PolicyText:
    return PolicyText(text, read_policy(text))


def all_open_values(document: PolicyDocument, values: Values) -> tuple[OpenValue, ...]:
    """What the document and its fragments leave open, each thing once."""
    found: dict[tuple[str, str], OpenValue] = {}
    for one in documents(document, values):
        for value in open_values(one):
            found.setdefault((value.kind, value.name), value)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class StoredPolicy:
    """A policy that can be evaluated; `warnings` are what can be said of its text alone."""

    document: PolicyDocument
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedText:
    """Why the gateway would not have stored the text, or why it is unsafe to read; at least one problem."""

    problems: tuple[PolicyProblem, ...]
    warnings: tuple[Warned, ...] = ()


def as_stored(policy: PolicyText, values: Values) -> StoredPolicy | RefusedText:
    """The policy as the gateway would take it. Named values are put in before types are checked, as the gateway does.
    Fragments that were given and that it includes are checked like it.
    """
    document = policy.read
    if isinstance(document, PolicyProblem):
        return RefusedText((document,))
    filled = fill(document, values)
    here = _given_places(filled, values)
    warnings = tuple(one for one in lint(document) if one.code != "hidden-fragment" or one.path not in here)
    fragments = included(filled, values)
    found = (*problems(filled), *_fragment_problems(fragments), *_too_many((filled, *fragments.values())))
    return RefusedText(found, warnings) if found else StoredPolicy(document, warnings)


def _too_many(parts: tuple[PolicyDocument | PolicyProblem, ...]) -> tuple[PolicyProblem, ...]:
    """Each of these policies writes the whole call anew: beyond all measure they would take too long."""
    elements = chain.from_iterable(part.walk_all() for part in parts if isinstance(part, PolicyDocument))
    count = sum(element.name in _EDITS for element in elements)
    if count <= MAX_EDITS:
        return ()
    what = f"The policy sets headers and query parameters {count} times; at most {MAX_EDITS} are run here."
    return (PolicyProblem("too-large", what, "Paste only the policies that matter to the call."),)


def all_warnings(stored: StoredPolicy, trace: Trace) -> tuple[Warned, ...]:
    """The warnings of the text and of the call, each code once per place."""
    unique: dict[tuple[str, str], Warned] = {}
    for one in (*stored.warnings, *trace.warnings):
        unique.setdefault((one.code, one.path), one)
    return tuple(unique.values())


def _fragment_problems(fragments: dict[str, PolicyDocument | PolicyProblem]) -> tuple[PolicyProblem, ...]:
    """Why the gateway would not have stored them. Each names its fragment and the line in it; `line`, which is the
    policy's, is None.
    """
    return tuple(
        _named(one, name)
        for name, fragment in fragments.items()
        for one in ((fragment,) if isinstance(fragment, PolicyProblem) else problems(fragment))
    )


def _named(problem: PolicyProblem, name: str) -> PolicyProblem:
    where = f"the fragment {shorten(name)}" + (f", line {problem.line}" if problem.line else "")
    return replace(problem, what=f"In {where}: {problem.what}", line=None)


def _given_places(document: PolicyDocument, values: Values) -> frozenset[str]:
    """The paths at which the filled document includes a fragment that was given."""
    if not values.fragments:
        return frozenset()
    places = (place for place in places_of(document) if place.name == INCLUDE)
    return frozenset(place.path for place in places if place.element.attribute("fragment-id") in values.fragments)
