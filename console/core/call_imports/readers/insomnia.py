"""Exports of Insomnia, version 4 (a list of resources, JSON or YAML)."""

from typing import Any

from console.core.call_imports import scripts
from console.core.call_imports.draft import ImportDraft
from console.core.call_imports.insomnia_request import scripts_of, tell_data, to_call
from console.core.call_imports.readers.base import ValueReader
from console.core.call_imports.values import mapping, text
from console.core.call_imports.variables import Variables

MAX_RESOURCES = 10_000
MAX_DEPTH = 20
MAX_GROUPS = 500  # with variables of their own


def knows(root: dict[str, Any]) -> bool:
    return isinstance(root.get("resources"), list) and (root.get("_type") == "export" or "__export_format" in root)


def read(root: dict[str, Any], draft: ImportDraft) -> None:
    listed = root["resources"][:MAX_RESOURCES]
    by_id = {text(one, "_id"): one for one in listed if isinstance(one, dict)}
    outer = _base_variables(by_id, draft.variables)
    draft.title = next((text(one, "name") for one in by_id.values() if one.get("_type") == "workspace"), "")
    groups: dict[str, Variables] = {}
    for number, one in enumerate(listed):
        kind = text(mapping(one), "_type")
        if kind == "request" and draft.goes_on(one):
            chain = _chain(one, by_id)
            folder = " › ".join(text(group, "name") for group in reversed(chain))
            inherited = next((mapping(group.get("authentication")) for group in chain if _has_auth(group)), {})
            variables = _of_groups(chain, groups, outer)
            to_call(one, draft, ("resources", str(number)), variables, folder=folder, inherited=inherited)
        elif kind == "request_group":
            scripts.tell(scripts_of(one), draft.problems, "resources", str(number))
        elif kind in ("grpc_request", "websocket_request", "socketio_request"):
            draft.problems.at(
                f"“{text(one, 'name')[:60]}” is no HTTP request and is left out.", "resources", str(number)
            )


def _base_variables(by_id: dict[str, dict[str, Any]], told: Variables) -> Variables:
    """Of the base environment, and of the first one below it for what that leaves empty."""
    variables = Variables(outer=told)
    found = [one for one in by_id.values() if one.get("_type") == "environment"]
    inner = [one for one in found if text(by_id.get(text(one, "parentId"), {}), "_type") == "environment"]
    are_inner = set(map(id, inner))
    for one in [*inner[:1], *(one for one in found if id(one) not in are_inner)]:
        tell_data(variables, one.get("data"))
    return variables


def _chain(request: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The folders that hold a request, the innermost first."""
    chain: list[dict[str, Any]] = []
    at = text(request, "parentId")
    while len(chain) < MAX_DEPTH and text(by_id.get(at, {}), "_type") == "request_group":
        chain.append(by_id[at])
        at = text(by_id[at], "parentId")
    return chain


def _has_auth(group: dict[str, Any]) -> bool:
    return bool(text(mapping(group.get("authentication")), "type"))


def _of_groups(chain: list[dict[str, Any]], groups: dict[str, Variables], outer: Variables) -> Variables:
    variables = outer
    for group in reversed(chain):
        if not mapping(group.get("environment")):
            continue
        key = text(group, "_id")
        if key not in groups and len(groups) < MAX_GROUPS:
            groups[key] = Variables(outer=variables)
            tell_data(groups[key], group["environment"])
        variables = groups.get(key, variables)
    return variables


READER = ValueReader("insomnia", "Insomnia export", knows, read)
