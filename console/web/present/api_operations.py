"""Operations of an Api as pages show them: in lists, and one beside the form of its call."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from console.core.call import METHODS
from console.core.held import Held
from console.core.openapi.body_check import BodyMistake
from console.core.openapi.form_fields import FieldValues, fields_of
from console.core.openapi.header_fields import HeaderValues
from console.core.openapi.judging import NeedVerdict, permissions
from console.core.openapi.kept import DocumentFacts
from console.core.openapi.model import (
    DocumentOperation,
    DocumentProblem,
    OperationParameter,
    SecurityRequirement,
)
from console.core.profile import Profile
from console.services.api_operations import SHOWN, ImportedOperations, OpenOperations
from console.services.call_start import Offer
from console.web.forms.api_operations import OperationFilterForm
from console.web.present import words as told

UNTAGGED = "without a tag"
MOST_KEYS = 20  # operations named of what was added, removed or changed


def operations_view(
    opened: OpenOperations,
    callers: list[Held[Profile]],
    caller_id: str,
    form: OperationFilterForm,
    *,
    learned: tuple[Offer, ...],
    start: int,
    now: int,
) -> dict[str, Any]:
    """What operations.html needs. `learned` are shown where there is no document. `callers` are the profiles that
    the reader may call the Api with, `caller_id` the one of them that the rows lead to, "" for none. What is not
    refused of the form stands in links.
    """
    tag = form.tag_chosen()
    caller = next((one.value for one in callers if one.value.id == caller_id), None)
    kept, found, api = opened.document, opened.found, opened.held.value
    return {
        "api": {"id": api.id, "name": api.name, "can_manage": opened.held.may("manage")},
        "document": _document(kept.facts, kept.source, api.base_url) if kept else None,
        "imported": told.relative(kept.imported_at, now) if kept else "",
        "learned": [_learned(one, caller) for one in learned],
        "groups": operation_groups(found.operations, caller),
        "found": f"{found.count:,} found",
        "shown": f"{start + 1:,} to {start + len(found.operations):,} of {found.count:,}"
        if found.count > SHOWN
        else "",
        "next": _query(form, **{"from": str(start + SHOWN)}) if start + SHOWN < found.count else "",
        "before": _query(form, **{"from": str(max(0, start - SHOWN))}) if start else "",
        "tags": [
            {
                "name": name or UNTAGGED,
                "count": f"{count:,}",
                "url": _query(form, tag=name),
                "is_chosen": name == tag,
            }
            for name, count in found.tags
        ],
        "every_url": _query(form, tag=None),
        "words": form.chosen("q"),
        "tag": tag,
        "tag_shown": "" if tag is None else tag or UNTAGGED,
        "caller": caller,
        "callers": [{"id": one.value.id, "name": one.value.name} for one in callers],
    }


def imported_words(imported: ImportedOperations) -> str:
    """One sentence or two about an import that was kept."""
    count, changes = len(imported.read.operations), imported.changes
    text = f"{count:,} operation{'s are' if count != 1 else ' is'} imported."
    if changes is not None:
        text = f"{text} {changes_words(changes.added, changes.removed, changes.changed)}"
    if imported.read.problem_count:
        text = f"{text} The document has mistakes, which are listed below."
    return text


def changes_words(added: tuple[str, ...], removed: tuple[str, ...], changed: tuple[str, ...]) -> str:
    if not (added or removed or changed):
        return "Nothing changed since the document before."
    return f"{len(added):,} new, {len(removed):,} gone, {len(changed):,} changed."


def problem_rows(problems: tuple[DocumentProblem, ...]) -> list[dict[str, Any]]:
    return [{"line": one.line, "what": one.what, "where": one.where} for one in problems]


def operation_view(
    operation: DocumentOperation, verdict: NeedVerdict | None, filled: FieldValues, headers: HeaderValues
) -> dict[str, Any]:
    """An operation beside the form of its call. `fields` are of path, query and headers, `parameters` what has none."""
    body = operation.body
    of_header = {one.name: one for one in reversed(operation.parameters) if one.place == "header"}
    fields = [*fields_of(operation), *(of_header[name] for name in headers.values)]
    values = {**filled.values, **{("header", name): value for name, value in headers.values.items()}}
    with_field = {(one.place, one.name.lower()) for one in fields}
    return {
        "key": operation.key,
        "title": operation.summary or operation.name or operation.key,
        "description": operation.description,
        "is_deprecated": operation.is_deprecated,
        "template": operation.path.partition("?")[0],
        "rest": filled.rest,
        "fields": [
            {
                **_parameter(one),
                "id": f"parameter-{number}",
                "value": values.get((one.place, one.name), ""),
                "choices": one.choices,
                "is_repeated": one.is_repeated,
            }
            for number, one in enumerate(fields)
        ],
        "parameters": [
            _parameter(one) for one in operation.parameters if (one.place, one.name.lower()) not in with_field
        ],
        "body": f"{body.media_type}{', required' if body.is_required else ''}" if body else "",
        "verdict": verdict_words(verdict) if verdict else None,
    }


def mistake_rows(mistakes: Iterable[BodyMistake]) -> list[dict[str, str]]:
    return [{"path": one.path, "what": one.what} for one in mistakes]


def _parameter(one: OperationParameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "place": one.place,
        "is_required": one.is_required,
        "about": "; ".join(_about(one.type, one.choices, one.description)),
        "example": one.example,
    }


def verdict_words(verdict: NeedVerdict) -> dict[str, str]:
    """What the operation needs against what the token has; both sides, and what to do."""
    kind = "role" if verdict.is_role else "scope"
    needed = f"This operation needs the {kind}{'s' if len(verdict.needed) > 1 else ''} {_listed(verdict.needed)}"
    if verdict.status == "pass":
        return {
            "status": "pass",
            "text": f"{needed}; your token has {'them' if len(verdict.needed) > 1 else 'it'}.",
            "do": "",
        }
    if verdict.status == "unknown":
        return {
            "status": "unknown",
            "text": f"{needed}. Nobody can say yet: there is no token here that can be read.",
            "do": "",
        }
    has = f"your token has {_listed(verdict.has[:8])}" if verdict.has else "your token has neither scopes nor roles"
    do = f"Ask for a token with {_listed(verdict.missing)}, or have it granted to the application; then send."
    return {"status": "fail", "text": f"{needed}; {has}.", "do": do}


def operation_groups(operations: tuple[DocumentOperation, ...], caller: Profile | None) -> list[dict[str, Any]]:
    """By tag, each a row of operation_list.html; with a caller each leads to its form."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in operations:
        groups.setdefault(one.tags[0] if one.tags else "", []).append(_row(one, caller))
    return [{"title": tag or "Without a tag", "operations": rows} for tag, rows in groups.items()]


def _row(one: DocumentOperation, caller: Profile | None) -> dict[str, Any]:
    can_send = one.method in METHODS
    return {
        "method": one.method,
        "path": one.path,
        "summary": one.summary or one.name,
        "is_deprecated": one.is_deprecated,
        "needs": _needs(one.needs),
        "query": urlencode({"operation": one.key}) if caller is not None and can_send else "",
        "unsendable": "" if can_send else f"{one.method} is not sent from here",
    }


def _learned(one: Offer, caller: Profile | None) -> dict[str, str]:
    query = urlencode({"operation": f"{one.method} {one.path}"}) if caller is not None else ""
    return {"method": one.method, "path": one.path, "query": query}


def _needs(needs: tuple[SecurityRequirement, ...]) -> str:
    """In words; "" where nothing is said."""
    ways = [_listed(permissions(one)) or ("no token" if not one.schemes else "") for one in needs]
    return " or ".join(dict.fromkeys(one for one in ways if one))


def _document(facts: DocumentFacts, source: str, base_url: str) -> dict[str, Any]:
    changes = facts.changes
    elsewhere = [one for one in facts.servers if one.rstrip("/") != base_url.rstrip("/")]
    return {
        "title": " ".join(part for part in (facts.title, facts.version) if part) or "OpenAPI document",
        "format": facts.format or "no version named",
        "source": source or "pasted",
        "counted": f"{facts.operation_count:,} operation{'' if facts.operation_count == 1 else 's'}",
        "servers": elsewhere if len(elsewhere) == len(facts.servers) else [],
        "schemes": [
            {"name": one.name, "text": " ".join(part for part in (one.kind, one.detail) if part)}
            for one in facts.schemes
        ],
        "problems": problem_rows(facts.problems),
        "problem_count": facts.problem_count,
        "mistakes": f"{facts.problem_count:,} mistake{'' if facts.problem_count == 1 else 's'}",
        "changes": None
        if changes is None
        else {
            "text": changes_words(changes.added, changes.removed, changes.changed),
            "kinds": [
                {"title": title, "keys": keys[:MOST_KEYS], "more": max(0, len(keys) - MOST_KEYS)}
                for title, keys in (("New", changes.added), ("Gone", changes.removed), ("Changed", changes.changed))
                if keys
            ],
        },
    }


def _about(kind: str, choices: tuple[str, ...], description: str) -> list[str]:
    listed = f"one of {', '.join(choices[:12])}" if choices else ""
    return [one for one in (kind, listed, description) if one]


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""


def _query(form: OperationFilterForm, **other: str | None) -> str:
    return f"?{form.query(**other)}"
