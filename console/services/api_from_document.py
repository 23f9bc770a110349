"""A new Api from its OpenAPI document: what the document says of it is filled in, and its operations are kept."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from console.core.actor import Actor
from console.core.api import Api, Expectation
from console.core.openapi.kept import facts_of
from console.core.openapi.model import ApiDocument
from console.core.openapi.proposal import DocumentProposal, ReadValue, proposal_of
from console.core.redaction.shapes import SecretLeftOut, read_problem
from console.services import api_operations, apis
from console.services.api_operations import ImportedOperations
from console.services.document_reading import FoundDocument
from console.services.integrators import must_integrate
from console.store import audit

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class DraftedApi:
    """`api` is None where nothing says at which address it is served; `filled` names what the document said of it, and
    `left_out` what it said and no form would take.
    """

    api: Api | None
    filled: tuple[str, ...] = ()
    left_out: tuple[SecretLeftOut, ...] = ()


def may_make(actor: Actor) -> None:
    """Raises NotAllowed for who makes no Apis, before anything is read of what they sent."""
    must_integrate(actor)


def draft(read: ApiDocument, *, name: str = "", base_url: str = "") -> DraftedApi:
    """`name` and `base_url` are what was typed, "" for nothing, and count before what the document says."""
    found = proposal_of(facts_of(read, None), read.operations)
    served = [one for one in (found.base_url.values if found.base_url else ()) if not apis.cleartext_problem(one)]
    address = base_url or next(iter(served), "")
    title = read.title.strip()
    why = read_problem(title, is_name=True) if not name else ""
    left_out = ((SecretLeftOut("name", why),) if why else ()) + found.left_out
    if not address:
        return DraftedApi(None, left_out=left_out)
    named = name or (title if not why else "") or urlsplit(address).hostname or "API"
    api = Api("", 0, named[:LONGEST_NAME], address, expectation=_expectation(found))
    if found.key_header:
        api = replace(api, subscription_key_header=found.key_header.values[0])
    if found.metadata_url and not apis.cleartext_problem(found.metadata_url.values[0]):
        api = replace(api, metadata_url=found.metadata_url.values[0])
    said = (("base_url", "" if base_url else address), ("subscription_key_header", found.key_header),
            ("metadata_url", api.metadata_url), ("audiences", found.audiences), ("scopes", found.scopes),
            ("roles", found.roles))  # fmt: skip
    return DraftedApi(api, tuple(field for field, value in said if value), left_out)


def make(actor: Actor, api: Api, found: FoundDocument) -> tuple[Api, ImportedOperations]:
    """Saves a drafted Api with the operations of its document. Raises NotAllowed for who makes no Apis."""
    with audit.together():
        made = apis.create(actor, api)
        return made, api_operations.keep(actor, made.id, found)


def _expectation(found: DocumentProposal) -> Expectation:
    return Expectation(audiences=_values(found.audiences), roles=_values(found.roles), scopes=_values(found.scopes))


def _values(said: ReadValue | None) -> tuple[str, ...]:
    return said.values if said else ()
