"""Policy fragments that were given beside a policy: read, and filled as the policy is."""

from collections.abc import Iterator

from console.core.policy.text.document import PolicyDocument, read_policy
from console.core.policy.text.problem import PolicyProblem
from console.core.policy.text.values import Values, fill

INCLUDE = "include-fragment"


def read_fragments(values: Values) -> dict[str, PolicyDocument | PolicyProblem]:
    """Every given fragment by its id, filled with the values; a problem where a text cannot be read."""
    return {name: fill(one, values) if isinstance(one, PolicyDocument) else one for name, one in _read(values).items()}


def included(document: PolicyDocument, values: Values) -> dict[str, PolicyDocument | PolicyProblem]:
    """The given fragments that the filled document includes, also through others, in the order they are met."""
    if not values.fragments:
        return {}
    return dict(_included(document, read_fragments(values)))


def documents(document: PolicyDocument, values: Values) -> tuple[PolicyDocument, ...]:
    """The document and the given fragments it includes, also through others, as they are written: nothing is filled in,
    and what cannot be read is left out."""
    found = (one for _, one in _included(document, _read(values)))
    return (document, *(one for one in found if isinstance(one, PolicyDocument)))


def _read(values: Values) -> dict[str, PolicyDocument | PolicyProblem]:
    return {name: read_policy(text) for name, text in values.fragments.items()}


def _included(
    document: PolicyDocument, given: dict[str, PolicyDocument | PolicyProblem]
) -> Iterator[tuple[str, PolicyDocument | PolicyProblem]]:
    """Each once, in the order in which they are met."""
    seen: set[str] = set()
    pending = [document]
    while pending:
        current = pending.pop(0)
        names = (one.attribute("fragment-id") or "" for one in current.walk_all() if one.name == INCLUDE)
        for name in names:
            if name not in given or name in seen:
                continue
            seen.add(name)
            fragment = given[name]
            yield name, fragment
            pending += (fragment,) if isinstance(fragment, PolicyDocument) else ()
