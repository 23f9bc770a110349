"""An OpenAPI document from a file, a text or an address, read: nothing of it is kept here."""

from dataclasses import dataclass

from console.core.actor import Actor
from console.core.errors import Unavailable
from console.core.exchange import Purpose, Request
from console.core.openapi.model import MAX_BYTES, ApiDocument
from console.core.openapi.read import read_bytes, read_document
from console.core.redaction.redact import redact_text, redact_url
from console.services import budget, wiring
from console.services.own_sandbox import OwnSandbox

ACCEPT = (("Accept", "application/json, application/yaml, text/yaml, text/plain;q=0.8, */*;q=0.5"),)


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """`source` is the address or the name of the file, "" when it was pasted."""

    read: ApiDocument
    source: str


def of_file(actor: Actor, raw: bytes, *, name: str) -> FoundDocument:
    """An uploaded file; raises Busy for a large one beside others of the same person."""
    with budget.thinking(actor, len(raw)):
        return FoundDocument(read_bytes(raw), redact_text(name)[:200])


def of_text(actor: Actor, text: str) -> FoundDocument:
    """A text that was pasted. Raises as `of_file`."""
    with budget.thinking(actor, len(text)):
        return FoundDocument(read_document(text), "")


def of_address(actor: Actor, url: str) -> FoundDocument:
    """From an address, fetched by the console without token, key or redirect to elsewhere.

    Raises Unavailable when there is no document to be had there, and as `of_file`.
    """
    transport = wiring.transport_for(OwnSandbox(actor))
    with budget.calling(actor):
        exchange = transport.send(Request("GET", url, ACCEPT), purpose=Purpose.METADATA, max_body_bytes=MAX_BYTES)
    response = exchange.response
    if exchange.failure is not None or response is None:
        raise _not_fetched(exchange.failure.detail if exchange.failure else "There was no answer.")
    if response.status != 200:
        raise _not_fetched(f"The answer was {response.status}.")
    with budget.thinking(actor, len(response.body)):
        read = read_bytes(response.body, source_url=url)
    return FoundDocument(read, redact_url(url.partition("?")[0].partition("#")[0])[:300])


def _not_fetched(why: str) -> Unavailable:
    return Unavailable(
        "The document could not be fetched.",
        why=why,
        do="Look at the address, or download the document yourself and upload it here.",
        who="You can do this.",
    )
