"""The operations of an Api: read from its OpenAPI document, which is uploaded, pasted or fetched; found; and chosen.

The text of a document is not kept: what is needed of it is, operation by operation. Nothing in a document leads
anywhere by itself: no reference is fetched, and the Api's own address stays what its owner typed, or took over.
"""

from dataclasses import dataclass

from console.adapters import clock
from console.core.actor import Actor
from console.core.api import Api
from console.core.audit.actions import Action
from console.core.held import Held
from console.core.openapi import body_check
from console.core.openapi.body_check import BodyMistake
from console.core.openapi.changes import DocumentChanges
from console.core.openapi.model import ApiDocument, DocumentOperation
from console.services import apis, budget, document_reading
from console.services.document_reading import FoundDocument
from console.services.opening import OpenProfile
from console.store import api_operations as store
from console.store import audit
from console.store.api_operations import FoundOperations, KeptDocument

SHOWN = 100  # operations of one page


@dataclass(frozen=True, slots=True)
class OpenOperations:
    """An Api's document and one part of its operations; `document` is None before the first import."""

    held: Held[Api]
    document: KeptDocument | None
    found: FoundOperations


@dataclass(frozen=True, slots=True)
class ImportedOperations:
    """`is_kept` is False when the document named no operation, so that everything stayed as it was. `changes` is None
    for an Api's first document."""

    read: ApiDocument
    is_kept: bool
    changes: DocumentChanges | None = None


def open_operations(
    actor: Actor, api_id: str, *, words: str = "", tag: str | None = None, start: int = 0
) -> OpenOperations:
    """Raises NotFound for an Api the actor does not see."""
    held = apis.filled(actor, apis.get_held(actor, "view", api_id))
    found = store.find(actor, api_id, words=words, tag=tag, start=start, limit=SHOWN)
    return OpenOperations(held, store.document(actor, api_id), found)


def counted(actor: Actor, api_id: str) -> KeptDocument | None:
    """What the Api's page says of its document; None without one."""
    return store.document(actor, api_id)


def must_manage(actor: Actor, api_id: str) -> None:
    """Raises NotFound for an Api that is not the actor's to change, before anything is read of what they sent."""
    apis.get_stored(actor, "manage", api_id)


def import_file(actor: Actor, api_id: str, raw: bytes, *, name: str) -> ImportedOperations:
    """From an uploaded file. Raises NotFound for an Api that is not the actor's to change, Busy."""
    must_manage(actor, api_id)
    return keep(actor, api_id, document_reading.of_file(actor, raw, name=name))


def import_text(actor: Actor, api_id: str, text: str) -> ImportedOperations:
    """From a text that was pasted. Raises as `import_file`."""
    must_manage(actor, api_id)
    return keep(actor, api_id, document_reading.of_text(actor, text))


def import_address(actor: Actor, api_id: str, url: str) -> ImportedOperations:
    """From an address, which the console fetches. Raises Unavailable when nothing is to be had there, and as
    `import_file`.
    """
    must_manage(actor, api_id)
    return keep(actor, api_id, document_reading.of_address(actor, url))


def remove(actor: Actor, api_id: str) -> None:
    """Forgets the document and its operations. Raises NotFound."""
    apis.get_stored(actor, "manage", api_id)
    with audit.together():
        store.remove(actor, api_id)
        _audit(actor, Action.OPERATIONS_REMOVED, api_id, "")


def chosen(actor: Actor, api_id: str, key: str) -> DocumentOperation | None:
    """The operation of a key like "GET /orders/{id}"; None when the Api has none of it."""
    return store.of_key(actor, api_id, key)


def of_call(actor: Actor, api_id: str, method: str, path: str) -> DocumentOperation | None:
    """The operation that a call is; None when the document names none, or there is none."""
    return store.of_call(actor, api_id, method, path)


def mistakes_of(opened: OpenProfile, operation: DocumentOperation, body: str) -> tuple[BodyMistake, ...]:
    """What is wrong with a body that the operation would be sent; nothing where the document has no schema of it."""
    if opened.api is None or operation.body is None:
        return ()
    if not body_check.is_json(operation.body.media_type):
        return ()
    with budget.thinking(opened.actor, len(body)):
        return body_check.mistakes_of(body, schema_of(opened.actor, opened.api.id, operation))


def schema_of(actor: Actor, api_id: str, operation: DocumentOperation) -> str:
    """That of the operation's body as JSON text, for `body_check`; "" for none."""
    return store.schema_of(actor, api_id, operation)


def first(actor: Actor, api_id: str, *, limit: int) -> list[DocumentOperation]:
    """The first of them, in the order of the document."""
    return store.first(actor, api_id, limit=limit)


def keep(actor: Actor, api_id: str, found: FoundDocument) -> ImportedOperations:
    """Keeps what was read as the Api's document. Raises NotFound for an Api that is not the actor's to change."""
    read, source = found.read, found.source
    if not read.operations:
        return ImportedOperations(read, is_kept=False)
    budget.keep(actor, store.size_of(read))
    with audit.together():
        changes = store.replace(actor, api_id, read, source=source, now=clock.now())
        _audit(actor, Action.OPERATIONS_IMPORTED, api_id, f"{len(read.operations)} operations, {source or 'pasted'}")
    return ImportedOperations(read, is_kept=True, changes=changes)


def _audit(actor: Actor, action: Action, api_id: str, detail: str) -> None:
    audit.append(actor, action, object_kind="api", object_id=api_id, result="done", now=clock.now(), detail=detail)
