"""A case: redacted evidence, frozen, handed from one person to another until it expires or is withdrawn."""

from dataclasses import dataclass

import msgspec
from django.conf import settings

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.attempts.handed_in import without_secrets
from console.core.attempts.handed_over import HandedOver, hand_over
from console.core.audit.actions import Action
from console.core.credential import Secret
from console.core.diagnosis import explain
from console.core.diagnosis.base import Diagnosis
from console.core.diagnosis.ticket import ticket_text
from console.core.evidence import Evidence
from console.core.held import Held
from console.core.redaction.redact import Redactor, redact_text
from console.services import budget
from console.store import attempts, audit, cases, credentials
from console.store.attempts import AttemptRecord
from console.store.cases import CaseRecord
from console.store.vault import pseudonym_key

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class OpenCase:
    """`is_own`: the actor made it. `can_comment`, `can_delete`: what the actor may do but read it."""

    record: CaseRecord
    diagnosis: Diagnosis
    ticket: str
    is_own: bool
    can_comment: bool
    can_delete: bool


def preview(actor: Actor, attempt_id: str, *, with_bodies: bool) -> HandedOver:
    """What a case of this attempt would hold; nothing is kept."""
    return _handed_over(actor, attempts.get(actor, attempt_id, "manage").value, with_bodies=with_bodies)


def create(actor: Actor, attempt_id: str, *, title: str, note: str, with_bodies: bool = False) -> CaseRecord:
    """Freezes the evidence of an attempt; personal values become pseudonyms before it is stored, and without
    `with_bodies` no body goes along but an answer's that the diagnosis rests on.

    What looks like a secret in title or note, or is stored in the profile of the attempt or in one of the actor's own,
    is masked: others read it.
    """
    record = attempts.get(actor, attempt_id, "manage").value
    handed = _handed_over(actor, record, with_bodies=with_bodies)
    budget.keep(actor, record.size_bytes)
    hidden = credentials.secrets_of(actor, record.profile_id)
    return _keep(actor, handed, hidden, title=title or record.title, note=note, attempt_id=attempt_id)


def create_of(actor: Actor, evidence: Evidence, *, title: str, note: str) -> CaseRecord:
    """As `create`, of evidence that no attempt here made: a row of a log, something pasted.

    It comes from a page, so nothing in it is believed: what looks like a secret, or is kept in one of the actor's
    profiles, is masked in all of it.
    """
    hidden = credentials.secrets_of(actor, None)
    handed = _handed_in(evidence, hidden)
    budget.keep(actor, len(msgspec.json.encode(handed.evidence)))
    return _keep(actor, handed, hidden, title=title, note=note)


def preview_of(actor: Actor, evidence: Evidence) -> HandedOver:
    """What a case of such evidence would hold; nothing is kept."""
    return _handed_in(evidence, credentials.secrets_of(actor, None))


def open_case(actor: Actor, case_id: str) -> OpenCase:
    """Raises NotFound, also for a case that has expired. That somebody else than its owner opened it is kept."""
    held = cases.get(actor, case_id, now=clock.now())
    record = held.value
    if not held.is_own and not actor.is_system:
        with audit.together():
            cases.note_opening(actor, case_id, now=clock.now())
            _audit(actor, Action.CASE_READ, case_id, detail=f"of {record.owner_email}")
    with budget.thinking(actor, record.size_bytes):
        diagnosis = explain(record.evidence)
    ticket = ticket_text(record.evidence, diagnosis)
    may = {"can_comment": held.may("use"), "can_delete": held.may("manage")}
    return OpenCase(record, diagnosis, ticket, held.is_own, **may)


def list_cases(actor: Actor) -> list[Held[CaseRecord]]:
    """Newest first."""
    return cases.list_held(actor, now=clock.now())


def comment(actor: Actor, case_id: str, text: str) -> None:
    """Adds to the thread; what looks like a secret, or is stored in the profile at hand or one's own, is masked.

    Raises NotFound, also for who may only read it.
    """
    profile_id = cases.profile_of(actor, case_id, now=clock.now())
    clean = redact_text(text, credentials.secrets_of(actor, profile_id))
    budget.keep(actor, len(clean))
    with audit.together():
        cases.add_comment(actor, case_id, clean, id=random.new_id(), now=clock.now())
        _audit(actor, Action.CASE_COMMENTED, case_id)


def withdraw(actor: Actor, case_id: str) -> None:
    """Deletes a case with its comments: its owner withdraws it, who else manages it deletes it. Raises NotFound."""
    held = cases.get(actor, case_id, "manage", now=clock.now())
    with audit.together():
        cases.delete(actor, case_id)
        _audit(actor, Action.CASE_WITHDRAWN if held.is_own else Action.CASE_DELETED, case_id)


def _handed_over(actor: Actor, record: AttemptRecord, *, with_bodies: bool) -> HandedOver:
    with budget.thinking(actor, record.size_bytes):
        return hand_over(record.evidence, record.exchanges, with_bodies=with_bodies, key=pseudonym_key())


def _handed_in(evidence: Evidence, hidden: list[Secret]) -> HandedOver:
    return hand_over(without_secrets(evidence, Redactor(hidden)), (), with_bodies=True, key=pseudonym_key())


def _keep(
    actor: Actor, handed: HandedOver, hidden: list[Secret], *, title: str, note: str, attempt_id: str | None = None
) -> CaseRecord:
    now = clock.now()
    case = CaseRecord(
        id=random.new_id(),
        owner_id=actor.user_id or 0,
        owner_email=actor.email,
        attempt_id=attempt_id,
        title=redact_text(title, hidden),
        note=redact_text(note, hidden),
        created_at=now,
        expires_at=now + settings.CONSOLE_CASE_DAYS * DAY_S,
        evidence=handed.evidence,
        exchanges=handed.exchanges,
        masked_count=handed.hidden_values,
        left_out=handed.left_out,
    )
    with audit.together():
        cases.create(actor, case)
        _audit(actor, Action.CASE_SHARED, case.id, detail=case.title)
    return case


def _audit(actor: Actor, action: Action, case_id: str, *, detail: str = "") -> None:
    audit.append(actor, action, object_kind="case", object_id=case_id, result="done", now=clock.now(), detail=detail)
