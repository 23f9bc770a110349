"""What the files of Bruno have in common that are JSON or YAML: addresses and lists of scripts."""

from typing import Any

from console.core.call_imports.values import rows, text
from console.core.call_imports.variables import Variables


def url_of(request: dict[str, Any], variables: Variables) -> str:
    """The address; its query stands in it, and as rows beside it. Parts that begin with a colon are filled in."""
    url, params = text(request, "url"), list(rows(request.get("params")))
    path, question, query = url.partition("?")
    given = {text(row, "name"): text(row, "value") for row in params if row.get("type") == "path"}
    path = "/".join(_part(part, given) for part in path.split("/"))
    if not question:
        query = "&".join(f"{text(row, 'name')}={text(row, 'value')}" for row in params if row.get("type") != "path")
    return variables.filled(f"{path}?{query}" if query else path)


def _part(part: str, given: dict[str, str]) -> str:
    name = part[1:]
    return given[name] or f"{{{{{name}}}}}" if part[:1] == ":" and name in given else part
