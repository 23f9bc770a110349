"""HTTPie in bash or zsh."""

from console.core.snippets import curl
from console.core.snippets.base import Snippet, SnippetCall, TokenRecipe
from console.core.snippets.quoting.bash import literal, word
from console.core.snippets.quoting.httpie import item, item_problem


def write(call: SnippetCall, recipe: TokenRecipe | None) -> str:  # noqa: ARG001 (it obtains no token)
    return "\n".join([*_wanted(call), " \\\n  ".join(_arguments(call))]) + "\n"


def _wanted(call: SnippetCall) -> list[str]:
    """What must be set; bash stops there while one is missing."""
    if not call.variables:
        return []
    told = [f"# {one.name}: {one.label}" for one in call.variables]
    return [*told, ": " + " ".join(f'"${{{one.name}:?}}"' for one in call.variables), ""]


def _arguments(call: SnippetCall) -> list[str]:
    headers = list(call.headers)
    start = "http --ignore-stdin"
    raw = [f"--raw={word(call.body)}"] if call.body is not None else []
    items = [word(item(name, value)) for name, value in headers]
    if call.body is not None and not any(name.lower() == "content-type" for name, _ in headers):
        items.append(literal("Content-Type:"))  # else HTTPie says that it is JSON
    limit = [f"--timeout={call.timeout_s}"] if call.timeout_s is not None else []
    return [start, *limit, *raw, f"{word((call.method,))} {word(call.url)}", *items]


def problem(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    if recipe is not None:
        return "HTTPie takes = or @ at the start of a secret for a mark of its own. Take curl in bash, or Python."
    if call.method == "HEAD" and call.body is not None:
        return "HTTPie is not offered for a body with HEAD. Take Python."
    if found := next(filter(None, (item_problem(name, value) for name, value in call.headers)), ""):
        return found
    return curl.misfit(call)


SNIPPET = Snippet(
    code="httpie",
    title="HTTPie",
    needs="HTTPie 3 or later (pip install httpie), in bash or zsh.",
    file_name="call.sh",
    write=write,
    problem=problem,
)
