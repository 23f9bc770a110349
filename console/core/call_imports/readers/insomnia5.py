"""Collections of Insomnia, version 5: folders within each other, in YAML."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from console.core.call_imports import scripts
from console.core.call_imports.draft import MAX_PARTS, ImportDraft
from console.core.call_imports.insomnia_request import scripts_of, tell_data, to_call
from console.core.call_imports.readers.base import ValueReader
from console.core.call_imports.values import mapping, text
from console.core.call_imports.variables import Variables
from console.core.openapi.problems import Pointer

MAX_DEPTH = 20
_NO_HTTP = ("ws-req_", "greq_", "socketio-req_")  # how ids of WebSocket, gRPC and Socket.IO requests begin


@dataclass(frozen=True, slots=True)
class _Folder:
    where: Pointer
    names: tuple[str, ...]
    auth: dict[str, Any]
    variables: Variables


def knows(root: dict[str, Any]) -> bool:
    return text(root, "type").startswith(("collection.insomnia.rest/", "spec.insomnia.rest/"))


def read(root: dict[str, Any], draft: ImportDraft) -> None:
    draft.title = text(root, "name")
    variables = _variables(mapping(root.get("environments")), draft.variables)
    top = _Folder(("collection",), (), mapping(root.get("authentication")), variables)
    for one, folder in _requests(root.get("collection"), top, draft):
        if text(mapping(one.get("meta")), "id").startswith(_NO_HTTP):
            draft.problems.at(f"“{text(one, 'name')[:60]}” is no HTTP request and is left out.", *folder.where)
            continue
        to_call(one, draft, folder.where, folder.variables, folder=" › ".join(folder.names), inherited=folder.auth)


def _variables(environments: dict[str, Any], told: Variables) -> Variables:
    """Of the first environment below the base one for what that leaves empty."""
    variables = Variables(outer=told)
    below = environments.get("subEnvironments")
    inner = mapping(below[0]) if isinstance(below, list) and below else {}
    for one in (inner, environments):
        tell_data(variables, one.get("data"))
    return variables


def _requests(listed: Any, folder: _Folder, draft: ImportDraft) -> Iterator[tuple[dict[str, Any], _Folder]]:
    if len(folder.names) > MAX_DEPTH:
        draft.problems.at(f"Folders are nested deeper than {MAX_DEPTH}; what is in here is left out.", *folder.where)
        return
    for number, one in enumerate(listed[:MAX_PARTS] if isinstance(listed, list) else ()):
        where = (*folder.where, str(number))
        if not isinstance(one, dict) or not draft.goes_on(one):
            continue
        if isinstance(one.get("children"), list):
            scripts.tell(scripts_of(one), draft.problems, *where, "scripts")
            yield from _requests(one["children"], _inner(one, folder, (*where, "children")), draft)
        else:
            yield one, replace(folder, where=where)


def _inner(one: dict[str, Any], folder: _Folder, where: Pointer) -> _Folder:
    variables = folder.variables
    if mapping(one.get("environment")):
        variables = Variables(outer=variables)
        tell_data(variables, one["environment"])
    own = mapping(one.get("authentication"))
    auth = own if text(own, "type") else folder.auth
    return _Folder(where, (*folder.names, text(one, "name")), auth, variables)


READER = ValueReader("insomnia5", "Insomnia collection", knows, read)
