"""A case: redacted evidence, frozen, handed from one person to another until it expires or is withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec
from django.conf import settings

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.attempts.handed_in import without_secrets
from console.core.attempts.handed_over import HandedOver, hand_over
from console.core.audit.actions import Action
from console.core.cases.hidden import Hidden, hidden_in
from console.core.cases.terms import terms_of
from console.core.cases.title import status_of, title_of
from console.core.cases.token_part import obtained_by, together
from console.core.credential import Secret
from console.core.diagnosis import CAUSES, cause_title, explain
from console.core.diagnosis.answering import AnswerText, answer_text
from console.core.diagnosis.asked_before import knowing_request
from console.core.diagnosis.base import Diagnosis
from console.core.diagnosis.ticket import ids, ticket_text
from console.core.evidence import Evidence
from console.core.held import Held
from console.core.profile import Profile
from console.core.redaction.redact import Redactor, redact_text
from console.services import budget, case_evidence, case_mails
from console.services.case_desk import answer, assign, close, comment, may_work, reopen, solve, wait_for
from console.services.case_handing import may_give
from console.services.case_queue import queue, unseen_count
from console.store import attempts, audit, case_news, case_stands, case_terms, cases, credentials
from console.store.attempts import AttemptRecord
from console.store.case_evidence import Supplements
from console.store.cases import CaseRecord
from console.store.vault import pseudonym_key

DAY_S = 86_400

__all__ = [
    "OpenCase",
    "answer",
    "assign",
    "close",
    "comment",
    "create",
    "create_of",
    "diagnosis_of",
    "open_case",
    "preview",
    "preview_of",
    "queue",
    "reopen",
    "solve",
    "suggested_title",
    "unseen_count",
    "wait_for",
    "withdraw",
]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a case beside its evidence."""

    attempt_id: str | None = None
    api_id: str | None = None
    api_name: str = ""
    profile_id: str | None = None
    profile_name: str = ""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """`is_own`: the actor made it. `can_comment`, `can_delete`: what the actor may do but read it; `can_work`: say
    whose turn it is, and solve it; `can_give`: hand it to a named person.

    `hidden` is what cannot be seen in it. `likes` are the numbers, by id, of the other open cases of the same cause at
    the same API that the actor may work on. `desk` is who may look after it, by id, and `reader_id` the actor's.
    `supplements` is what was asked for and added, and where it is from; the evidence of the record is completed by it.
    `answer` is the text to answer with, None where there is nothing to say.
    """

    record: CaseRecord
    diagnosis: Diagnosis
    ticket: str
    is_own: bool
    can_comment: bool
    can_delete: bool
    can_work: bool
    can_give: bool
    hidden: Hidden
    likes: Mapping[str, int]
    desk: tuple[tuple[int, str], ...]
    reader_id: int | None
    supplements: Supplements
    answer: AnswerText | None


def preview(actor: Actor, attempt_id: str, *, with_bodies: bool) -> HandedOver:
    """What a case of this attempt would hold; nothing is kept."""
    return _handed_over(actor, attempts.get(actor, attempt_id, "manage").value, with_bodies=with_bodies)


def suggested_title(evidence: Evidence, cause: str) -> str:
    """What a case of that evidence is called when nobody says otherwise: how it was answered, and why."""
    return title_of(evidence, cause)


def create(actor: Actor, attempt_id: str, *, title: str, note: str, with_bodies: bool = False) -> CaseRecord:
    """Freezes the evidence of an attempt, and that of the request which got the token it used; personal values become
    pseudonyms before it is stored, and without `with_bodies` no body goes along but an answer's that the diagnosis
    rests on.

    What looks like a secret in title or note, or is stored in the profile of the attempt or in one of the actor's own,
    is masked: others read it. Without a title it is called after its cause.
    """
    record = attempts.get(actor, attempt_id, "manage").value
    handed = _handed_over(actor, record, with_bodies=with_bodies)
    budget.keep(actor, record.size_bytes)
    hidden = credentials.secrets_of(actor, record.profile_id)
    api, profile = attempts.names_of(actor, record)
    known = _Known(record.id, record.api_id, api, record.profile_id, profile)
    return _keep(actor, handed, hidden, title=title, note=note, known=known)


def create_of(
    actor: Actor, evidence: Evidence, *, title: str, note: str, api_name: str = "", profile: Profile | None = None
) -> CaseRecord:
    """As `create`, of evidence that no attempt here made: a row of a log, something pasted.

    It comes from a page, so nothing in it is believed: what looks like a secret, or is kept in one of the actor's
    profiles, is masked in all of it. `profile` is the actor's own that it is about, None when about none.
    """
    hidden = credentials.secrets_of(actor, None)
    handed = _handed_in(evidence, hidden)
    budget.keep(actor, len(msgspec.json.encode(handed.evidence)))
    known = _Known(api_name=redact_text(api_name, hidden))
    if profile is not None:
        known = replace(known, api_id=profile.api_id, profile_id=profile.id, profile_name=profile.name)
    return _keep(actor, handed, hidden, title=title, note=note, known=known)


def preview_of(actor: Actor, evidence: Evidence) -> HandedOver:
    """What a case of such evidence would hold; nothing is kept."""
    return _handed_in(evidence, credentials.secrets_of(actor, None))


def open_case(actor: Actor, case_id: str) -> OpenCase:
    """Raises NotFound, also for a case that has expired. That somebody else than its owner opened it is kept, and what
    was news of it to the actor is none any more."""
    now = clock.now()
    held = cases.get(actor, case_id, now=now)
    record = held.value
    if not actor.is_system:
        with audit.together():
            case_news.seen(actor, case_id)
            if not held.is_own:
                cases.note_opening(actor, case_id, now=now)
                _audit(actor, Action.CASE_READ, case_id, detail=f"of {record.owner_email}")
    case = case_evidence.known(actor, record)
    record = case.record
    with budget.thinking(actor, record.size_bytes):
        diagnosis = _explained(record)
    if record.cause is None:
        cases.note_cause(actor, case_id, _slug(diagnosis), status=status_of(record.evidence))
    can_work = may_work(actor, held)
    return OpenCase(
        record=record,
        diagnosis=diagnosis,
        ticket=ticket_text(record.evidence, diagnosis),
        is_own=held.is_own,
        can_comment=held.may("use"),
        can_delete=held.may("manage"),
        can_work=can_work,
        can_give=may_give(actor, held),
        hidden=hidden_in((record.evidence, record.token_evidence), (*record.exchanges, *record.token_exchanges)),
        likes={one.id: one.number for one in case_stands.alike(actor, case_id, record.alike, now=now)},
        desk=tuple(case_news.staff()) if can_work else (),
        supplements=case.supplements,
        answer=answer_text(record.evidence, diagnosis, CAUSES),
        reader_id=actor.user_id,
    )


def diagnosis_of(actor: Actor, case_id: str) -> Diagnosis:
    """What the catalogue of today says of a case that the actor may use, without opening it; raises NotFound."""
    record = case_evidence.known(actor, cases.get(actor, case_id, "use", now=clock.now()).value).record
    with budget.thinking(actor, record.size_bytes):
        return _explained(record)


def _explained(record: CaseRecord) -> Diagnosis:
    return knowing_request(explain(record.evidence), record.evidence, record.token_evidence)


def to_withdraw(actor: Actor, case_id: str) -> Held[CaseRecord]:
    """The case, for who may end it; raises NotFound."""
    return cases.get(actor, case_id, "manage", now=clock.now())


def withdraw(actor: Actor, case_id: str) -> None:
    """Deletes a case with its comments: its owner withdraws it, who else manages it deletes it. Raises NotFound."""
    held = cases.get(actor, case_id, "manage", now=clock.now())
    with audit.together():
        cases.delete(actor, case_id)
        _audit(actor, Action.CASE_WITHDRAWN if held.is_own else Action.CASE_DELETED, case_id)


def _handed_over(actor: Actor, record: AttemptRecord, *, with_bodies: bool) -> HandedOver:
    requests = attempts.requests_before(actor, record)
    number = obtained_by(record.evidence, [one.evidence for one in requests]) if record.kind == "call" else None
    of_token = requests[number] if number is not None else None
    with budget.thinking(actor, record.size_bytes + (of_token.size_bytes if of_token else 0)):
        handed = _frozen(record, with_bodies=with_bodies)
        return together(handed, _frozen(of_token, with_bodies=with_bodies)) if of_token else handed


def _frozen(record: AttemptRecord, *, with_bodies: bool) -> HandedOver:
    return hand_over(record.evidence, record.exchanges, with_bodies=with_bodies, key=pseudonym_key())


def _handed_in(evidence: Evidence, hidden: list[Secret]) -> HandedOver:
    return hand_over(without_secrets(evidence, Redactor(hidden)), (), with_bodies=True, key=pseudonym_key())


def _keep(
    actor: Actor, handed: HandedOver, hidden: list[Secret], *, title: str, note: str, known: _Known
) -> CaseRecord:
    now, cause = clock.now(), _slug(explain(handed.evidence))
    case = CaseRecord(
        id=random.new_id(),
        owner_id=actor.user_id or 0,
        owner_email=actor.email,
        attempt_id=known.attempt_id,
        title=redact_text(title.strip(), hidden) or title_of(handed.evidence, cause),
        note=redact_text(note, hidden),
        created_at=now,
        expires_at=now + settings.CONSOLE_CASE_DAYS * DAY_S,
        evidence=handed.evidence,
        exchanges=handed.exchanges,
        masked_count=handed.hidden_values,
        left_out=handed.left_out,
        token_evidence=handed.token.evidence if handed.token else None,
        token_exchanges=handed.token.exchanges if handed.token else (),
        cause=cause,
        status=status_of(handed.evidence),
        api_id=known.api_id,
        api_name=known.api_name,
        profile_id=known.profile_id,
        profile_name=known.profile_name,
    )
    with audit.together():
        case = replace(case, number=cases.create(actor, case))
        case_terms.keep(case.id, terms_of_case(case))
        _audit(actor, Action.CASE_SHARED, case.id, detail=case.title)
        stand = case_stands.hold(actor, case.id, now=now).value
        case_mails.mark(actor, stand, "new")
    case_mails.to_desk(actor, stand, f"{actor.email} made a case.")
    return case


def terms_of_case(case: CaseRecord) -> tuple[str, ...]:
    """By which words a case is found."""
    cause = case.cause or ""
    quoted = (value for _, value in ids(case.evidence))
    known = (case.api_name, case.profile_name, case.owner_email, cause, cause_title(cause), str(case.status or ""))
    return terms_of((str(case.number), *known, case.title, *quoted))


def _slug(diagnosis: Diagnosis) -> str:
    return diagnosis.primary.cause if diagnosis.primary else ""


def _audit(actor: Actor, action: Action, case_id: str, *, detail: str = "") -> None:
    audit.append(actor, action, object_kind="case", object_id=case_id, result="done", now=clock.now(), detail=detail)
