"""Secrets that stand in a document by mistake, masked before anything of it is kept, told or shown.

Examples are copied from real calls, and addresses carry their passwords; whoever sees the API sees its operations.
"""

from collections.abc import Iterable
from dataclasses import replace

from console.core.openapi.model import (
    DocumentOperation,
    DocumentProblem,
    OperationBody,
    OperationParameter,
    SecurityRequirement,
    SecurityScheme,
)
from console.core.redaction.names import (
    AUTHORIZATION_HEADERS,
    COOKIE_HEADERS,
    MASK,
    QUERY_NAMES,
    TOKEN_HEADERS,
    is_secret_header,
    mask_of,
)
from console.core.redaction.redact import Redactor
from console.core.redaction.shapes import secret_in

_CLEAN = Redactor(())
_OF_HEADERS = AUTHORIZATION_HEADERS | COOKIE_HEADERS | TOKEN_HEADERS


def masked_operation(
    one: DocumentOperation, keys: frozenset[str], known: dict[OperationParameter, OperationParameter]
) -> DocumentOperation:
    """`keys` are the names, in lower case, under which the document's own schemes send a key: their values are none to
    fill in. `known` are the parameters of the document that were masked before, which many operations share.
    """
    for each in one.parameters:
        if each not in known:
            known[each] = _parameter(each, keys)
    return replace(
        one,
        path=_CLEAN.url(one.path),
        name=masked_text(one.name),
        summary=masked_text(one.summary),
        description=masked_text(one.description),
        tags=tuple(map(masked_text, one.tags)),
        parameters=tuple(known[each] for each in one.parameters),
        body=_body(one.body) if one.body else None,
        needs=tuple(map(_need, one.needs)),
    )


def masked_address(text: str) -> str:
    """An address without its password and its secret parameters."""
    return _CLEAN.url(text)


def masked_server(text: str) -> str:
    """One that a call may go to; nothing of it where a secret stands that no mask covers."""
    masked = masked_address(text)
    return MASK if secret_in(masked) else masked


def masked_title(text: str) -> str:
    """A title becomes the name of an API: none where a secret stands in it."""
    return MASK if secret_in(text, is_name=True) else masked_text(text)


def masked_scheme(one: SecurityScheme) -> SecurityScheme:
    """Its detail may be an address."""
    return replace(one, name=masked_text(one.name), kind=masked_text(one.kind), detail=_CLEAN.url(one.detail))


def masked_problems(problems: Iterable[DocumentProblem]) -> tuple[DocumentProblem, ...]:
    """What is told of a document names parts of it."""
    return tuple(replace(one, what=masked_text(one.what), where=masked_text(one.where)) for one in problems)


def _need(one: SecurityRequirement) -> SecurityRequirement:
    parts = (tuple(map(masked_text, names)) for names in (one.schemes, one.scopes, one.roles))
    return SecurityRequirement(*parts)


def _parameter(one: OperationParameter, keys: frozenset[str]) -> OperationParameter:
    told = replace(one, name=masked_text(one.name), description=masked_text(one.description))
    if one.place == "cookie" or _is_secret(one.name.lower(), keys):
        return replace(told, example="", choices=())
    return replace(told, example=masked_text(one.example), choices=tuple(map(masked_text, one.choices)))


def _is_secret(name: str, keys: frozenset[str]) -> bool:
    return name in keys or name in _OF_HEADERS or is_secret_header(name) or bool(mask_of(name, QUERY_NAMES))


def _body(one: OperationBody) -> OperationBody:
    kept = _CLEAN.body(one.example.encode(), (("Content-Type", one.media_type),)).decode() if one.example else ""
    schema = one.schema if masked_text(one.schema) == one.schema else ""  # half a schema is none
    media_type, description = masked_text(one.media_type), masked_text(one.description)
    return replace(one, media_type=media_type, description=description, example=kept, schema=schema)


def masked_text(text: str) -> str:
    """One text of a document, as it may be kept."""
    return _CLEAN.text(text) if text else ""
