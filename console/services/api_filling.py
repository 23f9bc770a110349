"""An Api fills itself: from its gateway policy and its OpenAPI document, each value proposed with where it was read."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, fields, replace

from console.core.actor import Actor
from console.core.api import USUAL_KEY_HEADER, Api, Expectation
from console.core.openapi.proposal import DocumentProposal, ReadValue, proposal_of
from console.core.redaction.shapes import SecretLeftOut
from console.services import api_operations, apis, policy_exchange
from console.services.field_proposals import DESTINATION, FieldProposal, without_secrets
from console.services.own_sandbox import OwnSandbox
from console.store import rows

POLICY = "the gateway’s policy"
READ = 1_000  # operations of a document that are looked through


@dataclass(frozen=True, slots=True)
class ApiFilling:
    """`api` is as it is stored. `problem` says why its policy cannot be read, `notes` what it demands beyond.

    `has_source`: there is a policy or a document at all. `left_out` was read, and no form would take it.
    """

    api: Api
    proposals: tuple[FieldProposal, ...]
    notes: tuple[str, ...] = ()
    problem: str = ""
    has_source: bool = True
    left_out: tuple[SecretLeftOut, ...] = ()

    @property
    def seen(self) -> str:
        """What stands for these proposals in the form that takes them over."""
        told = repr([(one.name, one.old, one.new) for one in self.proposals])
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]


def read(actor: Actor, api_id: str) -> ApiFilling:
    """What policy and document say that the Api does not; raises NotFound for who may not manage it."""
    api = apis.get_stored(actor, "manage", api_id)
    policy = policy_exchange.read_expectation(actor, api_id) if api.policy.strip() else None
    held = api_operations.counted(actor, api_id)
    document = DocumentProposal()
    if held is not None:
        document = proposal_of(held.facts, api_operations.first(actor, api_id, limit=READ))
    reading = policy.reading if policy else None
    found = [*_of_destination(actor, api, document, reading.metadata_urls if reading else ())]
    has_demands = reading is not None and reading.expectation != Expectation()
    after = policy_exchange.merged(api.expectation, reading) if reading and has_demands else None
    found += _of_expectation(api.expectation, after, document)
    kept, left_out = without_secrets(found)
    return ApiFilling(
        api,
        kept,
        notes=reading.notes if reading else (),
        problem=policy.problem if policy else "",
        has_source=policy is not None or held is not None,
        left_out=(*document.left_out, *left_out),
    )


def take(actor: Actor, api_id: str, names: Collection[str], *, seen: str, expected_version: int) -> Api:
    """Saves the chosen proposals as they were seen. Raises Stale when they, or the Api, are others by now."""
    found = read(actor, api_id)
    if found.seen != seen:
        raise rows.stale("API")
    taken = {one.name: one.new for one in found.proposals if one.name in names}
    kept = apis.get_to_edit(actor, api_id)
    places = {name: value for name, value in taken.items() if name in DESTINATION}
    demands = {name: value for name, value in taken.items() if name not in DESTINATION}
    draft = kept.at(replace(kept.destination, **places))
    draft = replace(draft, expectation=replace(found.api.expectation, **demands))
    return apis.update(actor, api_id, draft, expected_version=expected_version)


def _of_expectation(now: Expectation, policy: Expectation | None, document: DocumentProposal) -> list[FieldProposal]:
    """What the gateway's policy demands counts before what a document says."""
    found = []
    for name in (one.name for one in fields(Expectation)):
        old, demanded, said = getattr(now, name), getattr(policy, name, None), getattr(document, name, None)
        if policy is not None and (demanded or not said):
            new, source = demanded, POLICY
        elif isinstance(said, ReadValue):
            new, source = said.values, said.source
        else:
            continue
        if new != old:  # what only the API itself demands stays, unless somebody wants it gone
            found.append(FieldProposal(name, old, new, source, is_advised=new not in ((), None)))
    return found


def _of_destination(
    actor: Actor, api: Api, document: DocumentProposal, metadata_urls: tuple[str, ...]
) -> list[FieldProposal]:
    """Where it leads is advised only where nothing was said yet: tokens and keys go there."""
    own = OwnSandbox(actor)
    filled = own.fill_in(api)
    metadata = ReadValue(metadata_urls, POLICY) if metadata_urls else document.metadata_url
    read_values = (
        ("base_url", filled.base_url, document.base_url),
        ("metadata_url", filled.metadata_url, metadata),
        ("subscription_key_header", filled.subscription_key_header, document.key_header),
    )
    found = []
    for name, old, said in read_values:
        usable = [one for one in said.values if not apis.cleartext_problem(one)] if said and "url" in name else None
        values = usable if usable is not None else list(said.values if said else ())
        filled_values = [own.filled_text(one) for one in values]
        is_same = any(one.lower() == old.lower() for one in filled_values)
        if said and values and not is_same:
            is_advised = old in ("", USUAL_KEY_HEADER) and not api.is_published
            found.append(FieldProposal(name, old, values[0], said.source, is_advised, tuple(values[1:])))
    return found
