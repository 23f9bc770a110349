"""The operations of an Api, as its OpenAPI document names them: seen by whoever sees the Api."""

import dataclasses
import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Min, QuerySet

from console.core.actor import Actor
from console.core.openapi.changes import DocumentChanges, compared
from console.core.openapi.filling import matched, segments_of
from console.core.openapi.kept import DocumentFacts, facts_of
from console.core.openapi.model import ApiDocument, DocumentOperation
from console.models import Api as ApiRow
from console.models import ApiOperation, ImportedDocument
from console.store import json_text, rows
from console.store.visibility import visible_to

AT_ONCE = 200  # rows of one statement: SQLite takes so many values
MOST_SEGMENTS = 200


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """`source` is the address or the name of the file, "" when it was pasted. `imported_at` is epoch seconds."""

    facts: DocumentFacts
    source: str
    imported_at: int


@dataclass(frozen=True, slots=True)
class FoundOperations:
    """`operations` is one part of `count`, in the order of the document. `tags` are all of the Api's, counted."""

    operations: tuple[DocumentOperation, ...]
    count: int
    tags: tuple[tuple[str, int], ...]


def document(actor: Actor, api_id: str) -> KeptDocument | None:
    """None when no document was imported, or the Api is not the actor's to see."""
    row = visible_to(ImportedDocument, actor, "view").filter(api_id=uuid.UUID(api_id)).first()
    if row is None:
        return None
    return KeptDocument(json_text.load(row.facts, DocumentFacts), json_text.load(row.source, str), row.imported_at)


def find(actor: Actor, api_id: str, *, words: str, tag: str | None, start: int, limit: int) -> FoundOperations:
    """Those in which every word stands, and of that tag: "" is for operations without one, None for any."""
    every = visible_to(ApiOperation, actor, "view").filter(api_id=uuid.UUID(api_id))
    tags = every.order_by().values_list("tag").annotate(count=Count("pk"), first=Min("position")).order_by("first")
    found = every if tag is None else every.filter(tag=tag)
    for word in words.lower().split()[:10]:
        found = found.filter(search__contains=word)
    shown = found.order_by("position")[start : start + limit]
    return FoundOperations(tuple(_loaded(shown)), found.count(), tuple((name, count) for name, count, _ in tags))


def first(actor: Actor, api_id: str, *, limit: int) -> list[DocumentOperation]:
    """In the order of the document."""
    every = visible_to(ApiOperation, actor, "view").filter(api_id=uuid.UUID(api_id))
    return list(_loaded(every.order_by("position")[:limit]))


def of_key(actor: Actor, api_id: str, key: str) -> DocumentOperation | None:
    """The operation that is known as "GET /orders/{id}"."""
    method, _, path = key.partition(" ")
    if "\0" in key:  # PostgreSQL takes none
        return None
    every = visible_to(ApiOperation, actor, "view").filter(api_id=uuid.UUID(api_id))
    return next(_loaded(every.filter(method=method, path=path)[:1]), None)


def of_call(actor: Actor, api_id: str, method: str, path: str) -> DocumentOperation | None:
    """The operation that a call is, by its method and path; None when the document names none."""
    every = visible_to(ApiOperation, actor, "view").filter(api_id=uuid.UUID(api_id))
    if method.upper() != method or not method.isalpha():  # what was typed may be anything, and no method
        return None
    like = every.filter(method=method, segments=min(segments_of(path), MOST_SEGMENTS))
    return matched(_loaded(like.order_by("position")), path)


def schema_of(actor: Actor, api_id: str, operation: DocumentOperation) -> str:
    """That of the operation's body, "" for none."""
    every = visible_to(ApiOperation, actor, "view").filter(api_id=uuid.UUID(api_id))
    found = every.filter(method=operation.method, path=operation.path).values_list("schema", flat=True)[:1]
    return next(iter(found), "")


def replace(actor: Actor, api_id: str, read: ApiDocument, *, source: str, now: int) -> DocumentChanges | None:
    """Keeps the document's operations in the place of those before, and gives what that changed; None for the first.

    Raises NotFound when the Api is not the actor's to change.
    """
    with transaction.atomic():
        api = rows.one(visible_to(ApiRow, actor, "manage").select_for_update(of=("self",)), api_id, what="API")
        before = dict(_digests(ApiOperation.objects.filter(api=api)))
        had_document = ImportedDocument.objects.filter(api=api).exists()
        made = [_row(api, place, one) for place, one in enumerate(read.operations)]
        changes = compared(before, {f"{one.method} {one.path}": one.digest for one in made}) if had_document else None
        ApiOperation.objects.filter(api=api).delete()
        ApiOperation.objects.bulk_create(made, batch_size=AT_ONCE)
        columns = {
            "facts": json_text.dump(facts_of(read, changes)),
            "source": json_text.dump(source),
            "imported_at": now,
        }
        ImportedDocument.objects.update_or_create(api=api, defaults=columns)
        ApiRow.objects.filter(pk=api.pk).update(operation_count=len(made))
    return changes


def remove(actor: Actor, api_id: str) -> None:
    """Forgets document and operations; raises NotFound when the Api is not the actor's to change."""
    with transaction.atomic():
        api = rows.visible(ApiRow, actor, "manage", api_id, what="API")
        ApiOperation.objects.filter(api=api).delete()
        ImportedDocument.objects.filter(api=api).delete()
        ApiRow.objects.filter(pk=api.pk).update(operation_count=0)


def size_of(read: ApiDocument) -> int:
    """Bytes of a document as it is kept."""
    return json_text.size_of(read)


def _digests(found: QuerySet[ApiOperation]) -> Iterator[tuple[str, str]]:
    for method, path, digest in found.order_by("position").values_list("method", "path", "digest"):
        yield f"{method} {path}", digest


def _row(api: ApiRow, position: int, one: DocumentOperation) -> ApiOperation:
    schema = one.body.schema if one.body else ""
    detail = json_text.dump(_without_schema(one))
    return ApiOperation(
        api=api,
        position=position,
        method=one.method,
        path=one.path,
        segments=min(segments_of(one.path), MOST_SEGMENTS),
        tag=one.tags[0] if one.tags else "",
        search=" ".join((one.key, one.name, one.summary, *one.tags)).lower(),
        digest=hashlib.sha256(detail.encode()).hexdigest(),
        detail=detail,
        schema=schema,
    )


def _without_schema(one: DocumentOperation) -> DocumentOperation:
    return dataclasses.replace(one, body=dataclasses.replace(one.body, schema="")) if one.body else one


def _loaded(found: QuerySet[ApiOperation]) -> Iterator[DocumentOperation]:
    for detail in found.values_list("detail", flat=True):
        yield json_text.load(detail, DocumentOperation)
