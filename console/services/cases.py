"""A case: redacted evidence, frozen, handed from one person to another under a link."""

from dataclasses import dataclass

import msgspec

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.audit_actions import Action
from console.core.diagnosis import explain
from console.core.diagnosis.base import Diagnosis
from console.core.diagnosis.ticket import ticket_text
from console.core.redact import redact_claims, redact_text
from console.services import budget
from console.store import attempts, audit, cases, credentials
from console.store.cases import CaseRecord
from console.store.vault import pseudonym_key


@dataclass(frozen=True, slots=True)
class OpenCase:
    record: CaseRecord
    diagnosis: Diagnosis
    ticket: str


def create(actor: Actor, attempt_id: str, *, title: str, note: str) -> CaseRecord:
    """Freezes the evidence of an attempt; personal claims become pseudonyms before it is stored.

    What looks like a secret in title or note, or is stored in a profile of the actor's, is masked: others read a case.
    """
    record = attempts.get(actor, attempt_id)
    evidence, masked = record.evidence, 0
    if evidence.token_claims is not None:
        redacted = redact_claims(evidence.token_claims, key=pseudonym_key())
        masked = sum(count for _, count in redacted.masked)
        evidence = msgspec.structs.replace(evidence, token_claims=redacted.claims)
    now = clock.now()
    hidden = credentials.secrets_of(actor)
    case = CaseRecord(
        id=random.new_id(),
        owner_id=actor.user_id or 0,
        owner_email=actor.email,
        attempt_id=attempt_id,
        title=redact_text(title or record.title, hidden),
        note=redact_text(note, hidden),
        created_at=now,
        evidence=evidence,
        exchanges=record.exchanges,
        masked_count=masked,
    )
    budget.keep(actor, record.size_bytes)
    with audit.together():
        cases.create(actor, case)
        _audit(actor, Action.CASE_SHARED, case.id, detail=case.title)
    return case


def open_case(actor: Actor, case_id: str) -> OpenCase:
    record = cases.get(actor, case_id)
    if record.owner_id != actor.user_id:
        _audit(actor, Action.CASE_READ, case_id, detail=f"of {record.owner_email}")
    with budget.thinking(actor, record.size_bytes):
        diagnosis = explain(record.evidence)
    return OpenCase(record, diagnosis, ticket_text(record.evidence, diagnosis))


def list_cases(actor: Actor) -> list[CaseRecord]:
    return cases.list_visible(actor)


def comment(actor: Actor, case_id: str, text: str) -> None:
    """Adds to the thread; what looks like a secret, or is stored in a profile of the commenter's, is masked."""
    clean = redact_text(text, credentials.secrets_of(actor))
    budget.keep(actor, len(clean))
    with audit.together():
        cases.add_comment(actor, case_id, clean, id=random.new_id(), now=clock.now())
        _audit(actor, Action.CASE_COMMENTED, case_id)


def _audit(actor: Actor, action: Action, case_id: str, *, detail: str = "") -> None:
    audit.append(actor, action, object_kind="case", object_id=case_id, result="done", now=clock.now(), detail=detail)
