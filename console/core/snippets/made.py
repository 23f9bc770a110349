"""A snippet that was made, with what was hidden in it: what a page shows before anybody copies it."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.core.snippets.base import Snippet, SnippetCall, TokenRecipe, TokenWay
from console.core.snippets.hidden import count_hidden, texts_of
from console.core.snippets.recipes import Recipes
from console.core.snippets.text import Variable

_NO_TOKEN = "This call sends no token of its profile."


@dataclass(frozen=True, slots=True)
class MadeSnippet:
    """`text` is "" with a `problem`: one sentence on why this language or this way is not offered.

    `hidden` is how many values of the call are not in the text; `variables` are to be set before it runs.
    `left_out` are sentences about what of the call it does not do.
    """

    snippet: Snippet
    way: TokenWay
    text: str = ""
    problem: str = ""
    hidden: int = 0
    variables: tuple[Variable, ...] = ()
    left_out: tuple[str, ...] = ()


def make(snippet: Snippet, call: SnippetCall, recipes: Recipes, way: TokenWay) -> MadeSnippet:
    """A call in a language, with its token from where `way` says."""
    recipe, problem = _fitted(snippet, call, recipes, way)
    if problem:
        return MadeSnippet(snippet, way, problem=problem)
    return MadeSnippet(
        snippet,
        way,
        snippet.write(call, recipe),
        hidden=_hidden(snippet, call),
        variables=() if snippet.is_record else _wanted(call, recipe),
        left_out=() if snippet.is_record else call.left_out,
    )


def not_offered(call: SnippetCall, recipes: Recipes, way: TokenWay, among: Iterable[Snippet]) -> list[tuple[str, str]]:
    """(title, one sentence why) of each language that is not offered for a call and a way."""
    tried = ((one, _fitted(one, call, recipes, way)[1]) for one in among)
    return [(one.title, problem) for one, problem in tried if problem]


def _fitted(snippet: Snippet, call: SnippetCall, recipes: Recipes, way: TokenWay) -> tuple[TokenRecipe | None, str]:
    """The recipe, None for a placeholder, and why it is not offered, "" when it is."""
    if way is TokenWay.PLACEHOLDER or snippet.is_record:
        return None, snippet.problem(call, None)
    found = recipes[way]
    if isinstance(found, str):
        return None, found
    return (found, snippet.problem(call, found)) if call.token is not None else (None, _NO_TOKEN)


def _wanted(call: SnippetCall, recipe: TokenRecipe | None) -> tuple[Variable, ...]:
    if recipe is None:
        return call.variables
    return (*recipe.variables, *(one for one in call.variables if one != call.token))


def _hidden(snippet: Snippet, call: SnippetCall) -> int:
    if snippet.is_record:
        return sum(count_hidden(texts_of(exchange)) for exchange in call.exchanges)
    return len(call.variables) + len(call.left_out)
