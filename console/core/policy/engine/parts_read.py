"""What of a call later policies can look at: courses of events that differ in nothing else are the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.core.policy.engine.model import Flow
from console.core.policy.policies import BY_NAME
from console.core.policy.text.document import Element
from console.core.policy.token.matching import is_placeholder

_ESCAPING = ("\\", '@"', '@$"')


@dataclass(frozen=True, slots=True)
class Relevance:
    """`headers` in lower case; None when a policy's header is only known at run time, so that all of them count.

    `reads_query`: a policy takes something from the query. `variables` are the names that some expression mentions;
    None when one may be written with escapes, so that all of them count.
    """

    headers: frozenset[str] | None
    reads_query: bool
    variables: frozenset[str] | None

    def view(self, flow: Flow) -> tuple[object, ...]:
        """What counts of a call; two calls with equal views get the same from every policy."""
        headers = flow.request.headers
        if self.headers is not None:
            headers = tuple(pair for pair in headers if pair[0].lower() in self.headers)
        replaced = {key: path for key, path in flow.replaced.items() if self._counts(key)}
        overwritten = {key for key in flow.overwritten if self._counts(key)}
        wanted = self.variables
        variables = {name: text for name, text in flow.variables.items() if wanted is None or name in wanted}
        url = flow.request.url if self.reads_query else ""
        tokens = {name: token.text for name, token in flow.tokens.items()}
        return headers, replaced, overwritten, variables, url, flow.identity, tokens, self._changed(flow)

    def _changed(self, flow: Flow) -> tuple[object, ...]:
        """What policies may have changed of the call that expressions alone look at."""
        if self.headers is not None:
            return ()
        return flow.request.method, "body" in flow.context, flow.is_rewritten

    def _counts(self, key: str) -> bool:
        """Whether some policy looks at a part of the call, `header:name` or `query:name`."""
        place, _, name = key.partition(":")
        return self.reads_query if place == "query" else self.headers is None or name in self.headers


def relevance_of(elements: Iterable[Element]) -> Relevance:
    """From every element of a document."""
    parts: set[str] = set()
    expressions: list[str] = []
    for element in elements:
        policy = BY_NAME.get(element.name)
        parts.update(policy.reads(element) if policy is not None else ())
        expressions += filter(is_placeholder, (element.text, *(value for _, value in element.attributes)))
    named = [part.removeprefix("header:") for part in parts if part.startswith("header:")]
    reads_call = any("Request" in text for text in expressions)  # conditions are evaluated on the call's headers
    headers = None if reads_call or any(map(is_placeholder, named)) else frozenset(named)
    reads_query = any(part.startswith("query:") for part in parts)
    return Relevance(headers, reads_query, _variables(expressions))


def _variables(expressions: list[str]) -> frozenset[str] | None:
    """Everything next to a quotation mark, names among it; None where C# has more than one way to write a name."""
    if any(mark in text for text in expressions for mark in _ESCAPING):
        return None
    return frozenset(name for text in expressions for name in text.split('"'))
