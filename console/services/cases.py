"""A case: redacted evidence, frozen, handed from one person to another under a link."""

from dataclasses import dataclass

import msgspec

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.credential import ClientSecret, Secret
from console.core.diagnosis import explain
from console.core.diagnosis.base import Diagnosis
from console.core.diagnosis.ticket import ticket_text
from console.core.errors import NotFound
from console.core.redact import redact_claims, redact_text
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

    What looks like a secret in title or note, or is one of the profile, is masked: a case is read by others.
    """
    record = attempts.get(actor, attempt_id)
    evidence, masked = record.evidence, 0
    if evidence.token_claims is not None:
        redacted = redact_claims(evidence.token_claims, key=pseudonym_key())
        masked = sum(count for _, count in redacted.masked)
        evidence = msgspec.structs.replace(evidence, token_claims=redacted.claims)
    now = clock.now()
    hidden = _secrets_of(actor, record.profile_id)
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
    cases.create(actor, case)
    audit.append(actor, "case shared", object_kind="case", object_id=case.id, result="done", now=now)
    return case


def open_case(actor: Actor, case_id: str) -> OpenCase:
    record = cases.get(actor, case_id)
    diagnosis = explain(record.evidence)
    return OpenCase(record, diagnosis, ticket_text(record.evidence, diagnosis))


def list_cases(actor: Actor) -> list[CaseRecord]:
    return cases.list_visible(actor)


def comment(actor: Actor, case_id: str, text: str) -> None:
    """Adds to the thread; what looks like a secret, or is one of the commenter's own profile, is masked."""
    attempt_id = cases.get(actor, case_id).attempt_id
    hidden = _secrets_of_attempt(actor, attempt_id) if attempt_id else []
    cases.add_comment(actor, case_id, redact_text(text, hidden), id=random.new_id(), now=clock.now())


def _secrets_of_attempt(actor: Actor, attempt_id: str) -> list[Secret]:
    """None for whoever does not own the attempt."""
    try:
        return _secrets_of(actor, attempts.get(actor, attempt_id).profile_id)
    except NotFound:
        return []


def _secrets_of(actor: Actor, profile_id: str | None) -> list[Secret]:
    """What a profile of the actor's own has stored, so that it can be recognised in a free text."""
    if profile_id is None:
        return []
    credential, key = credentials.load(actor, profile_id), credentials.load_subscription_key(actor, profile_id)
    found = [credential.value] if isinstance(credential, ClientSecret) else []
    return found + ([key.value] if key else [])
