"""A .http file for the HTTP Client of JetBrains: what is hidden is read from a private file of its environments."""

import json

from console.core.snippets import http_file
from console.core.snippets.base import Snippet, SnippetCall, TokenRecipe

_TAGS = ("no-redirect", "no-cookie-jar", "no-auto-encoding")


def write(call: SnippetCall, recipe: TokenRecipe | None) -> str:  # noqa: ARG001 (it obtains no token)
    limit = (f"timeout {call.timeout_s} s",) if call.timeout_s is not None else ()
    return "\n".join([*_told(call), http_file.request(call, (*_TAGS, *limit), _from_environment)])


def _told(call: SnippetCall) -> list[str]:
    """What belongs into the file that keeps what is secret; nothing for a call without it."""
    if not call.variables:
        return []
    wanted = json.dumps({"local": {one.name: "" for one in call.variables}})
    return [
        *(f"# {one.name}: {one.label}" for one in call.variables),
        "# They belong into http-client.private.env.json beside this file. Run it with the environment “local”.",
        f"# {wanted}",
        "",
    ]


def _from_environment(name: str) -> str:
    return f"{{{{{name}}}}}"


SNIPPET = Snippet(
    code="http-jetbrains",
    title=".http (JetBrains)",
    needs="The HTTP Client of IntelliJ IDEA, PyCharm, Rider or another IDE of JetBrains, or ijhttp on a command line.",
    file_name="call.http",
    write=write,
    problem=http_file.problem,
)
