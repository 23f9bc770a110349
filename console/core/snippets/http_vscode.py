"""A .http file for the REST Client of Visual Studio Code: what is hidden is read from its environment."""

from console.core.snippets import http_file
from console.core.snippets.base import Snippet, SnippetCall, TokenRecipe

_TAGS = ("no-redirect", "no-cookie-jar")


def write(call: SnippetCall, recipe: TokenRecipe | None) -> str:  # noqa: ARG001 (it obtains no token)
    told = [f"# {one.name}: {one.label}" for one in call.variables]
    return "\n".join([*told, *([""] if told else []), http_file.request(call, _TAGS, _from_environment)])


def _from_environment(name: str) -> str:
    return f"{{{{$processEnv {name}}}}}"


SNIPPET = Snippet(
    code="http-vscode",
    title=".http (VS Code)",
    needs="The extension REST Client of Visual Studio Code, which must be started where the variables are set.",
    file_name="call.http",
    write=write,
    problem=http_file.problem,
)
