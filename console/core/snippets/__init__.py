"""All languages and formats that a call is copied as, in the order in which they are offered."""

from console.core.snippets import (
    bruno,
    csharp,
    curl_bash,
    curl_cmd,
    curl_powershell,
    go,
    har,
    http_jetbrains,
    http_vscode,
    httpie,
    java,
    javascript,
    postman,
    powershell,
    python,
)
from console.core.snippets.base import Snippet

SNIPPETS: tuple[Snippet, ...] = (
    curl_bash.SNIPPET,
    curl_powershell.SNIPPET,
    curl_cmd.SNIPPET,
    powershell.SNIPPET,
    httpie.SNIPPET,
    python.SNIPPET,
    javascript.SNIPPET,
    csharp.SNIPPET,
    java.SNIPPET,
    go.SNIPPET,
    http_vscode.SNIPPET,
    http_jetbrains.SNIPPET,
    postman.SNIPPET,
    bruno.SNIPPET,
    har.SNIPPET,
)


def snippet_of(code: str) -> Snippet | None:
    """The one with this code; None for a code that nobody offers."""
    return next((one for one in SNIPPETS if one.code == code), None)
