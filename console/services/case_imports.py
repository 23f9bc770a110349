"""Cases of a file taken in: each is masked and diagnosed as if somebody here had handed it in, and says where it is
from.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import msgspec
from django.conf import settings

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.attempts.handed_in import without_secrets
from console.core.attempts.handed_over import HandedOver, hand_over
from console.core.audit.actions import Action
from console.core.cases import travelling
from console.core.cases.added import completed
from console.core.cases.file_format import FileCase
from console.core.cases.origin import CaseFileOrigin
from console.core.cases.reading import CasesRead
from console.core.cases.title import status_of
from console.core.diagnosis import explain
from console.core.diagnosis.base import Missing
from console.core.evidence import Evidence
from console.core.exchange import Exchange
from console.core.json.text import visible_halves
from console.core.redaction.personal import pseudonymised
from console.core.redaction.redact import Redactor
from console.core.redaction.start import masked_start
from console.services import case_mails
from console.services.cases import terms_of_case
from console.store import audit, case_evidence, case_imports, case_stands, case_terms, cases, credentials
from console.store.case_evidence import AdditionRecord, AskRecord, Supplements
from console.store.cases import CaseRecord
from console.store.vault import pseudonym_key

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class ImportedCase:
    id: str
    number: int
    title: str


def take_in(actor: Actor, read: CasesRead) -> tuple[tuple[ImportedCase, ...], tuple[str, ...]]:
    """The cases that were taken in, and sentences on what was not."""
    masks = _Masks(Redactor(credentials.secrets_of(actor, None)), pseudonym_key())
    found, unread = [], list(read.unread)
    for case in read.file.cases:
        record, supplements, lost = _prepared(actor, case, read, masks)
        found.append(_kept(actor, case, record, supplements, masks=masks, by=_host(read.file.origin)))
        if lost:
            unread.append(f"{lost} exchange{'' if lost == 1 else 's'} of “{record.title}” could not be read.")
    return tuple(found), tuple(unread)


@dataclass(frozen=True, slots=True)
class _Masks:
    """Two masks for all that comes: secrets, then persons."""

    redactor: Redactor
    key: bytes

    def handed(self, evidence: Evidence, exchanges: tuple[Exchange, ...] = ()) -> HandedOver:
        clean = without_secrets(evidence, self.redactor)
        masked = tuple(self.redactor.exchange(one) for one in exchanges)
        return hand_over(clean, masked, with_bodies=True, key=self.key)

    def text(self, text: str, most: int = travelling.MOST_TEXT) -> str:
        """What people wrote: secrets go, and persons stay as whoever exported it chose; half a pair is in no page."""
        return masked_start(visible_halves(text), most, self.redactor.text)

    def strict(self, text: str, most: int = travelling.MOST_TEXT) -> str:
        return masked_start(visible_halves(text), most, self._without_persons)

    def _without_persons(self, text: str) -> str:
        return pseudonymised(self.redactor.text(text), self.key)


def _prepared(actor: Actor, case: FileCase, read: CasesRead, masks: _Masks) -> tuple[CaseRecord, Supplements, int]:
    now = clock.now()
    calls, lost = travelling.exchanges_of(case, "call")
    tokens, lost_too = travelling.exchanges_of(case, "token")
    handed = masks.handed(travelling.evidence_of(case.evidence), calls)
    token = None
    if case.token_evidence is not None or tokens:
        token = masks.handed(travelling.evidence_of(case.token_evidence or {}), tokens)
    supplements = _supplements(case, read, masks, now)
    whole = completed(handed.evidence, (one.evidence for one in supplements.additions))
    primary = explain(whole).primary
    record = CaseRecord(
        id=random.new_id(),
        owner_id=actor.user_id or 0,
        owner_email=actor.email,
        attempt_id=None,
        title=masks.strict(case.title, travelling.MOST_TITLE) or "A case without a title",
        note=masks.text(case.note),
        created_at=now,
        expires_at=now + settings.CONSOLE_CASE_DAYS * DAY_S,
        evidence=handed.evidence,
        exchanges=handed.exchanges,
        masked_count=handed.hidden_values,
        token_evidence=token.evidence if token else None,
        token_exchanges=token.exchanges if token else (),
        cause=primary.cause if primary else "",
        status=status_of(whole),
        api_name=masks.strict(case.api, travelling.MOST_NAME),
        profile_name=masks.strict(case.profile, travelling.MOST_NAME),
    )
    return record, supplements, lost + lost_too


def _supplements(case: FileCase, read: CasesRead, masks: _Masks, now: int) -> Supplements:
    additions = []
    for one in case.added:
        handed = masks.handed(travelling.evidence_of(one.evidence))
        by = masks.text(one.by, travelling.MOST_NAME)
        addition = AdditionRecord(random.new_id(), handed.evidence, by, travelling.moment(one.at), handed.hidden_values)
        additions.append(addition)
    asks = []
    for ask in case.asked:
        wanted = travelling.wanted_of(ask)
        what, why, how, command = map(masks.strict, (wanted.what, wanted.why, wanted.how, wanted.command))
        wanted = Missing(what, why, how, wanted.who, command)
        given_at = None if ask.given_at is None else travelling.moment(ask.given_at)
        asks.append(AskRecord(random.new_id(), wanted, "", travelling.moment(ask.at), given_at))
    owner = masks.text(case.owner, travelling.MOST_NAME)
    origin = CaseFileOrigin(
        read.file.origin, travelling.number_of(case), owner, read.file.written_at, now, read.is_changed
    )
    return Supplements(tuple(additions), tuple(asks), origin)


def _kept(
    actor: Actor, case: FileCase, record: CaseRecord, supplements: Supplements, *, masks: _Masks, by: str
) -> ImportedCase:
    talk = [
        msgspec.structs.replace(
            one, text=masks.text(one.text), by=f"{masks.text(one.by, travelling.MOST_NAME) or 'The console'} {by}"
        )
        for one in travelling.entries_of(case)
    ]
    with audit.together():
        number = cases.create(actor, record)
        case_terms.keep(record.id, terms_of_case(replace(record, number=number)))
        case_evidence.take_over(record.id, supplements)
        case_imports.keep_talk(record.id, [(random.new_id(), one) for one in talk])
        _stand(actor, case, record, masks)
        case_mails.mark(actor, case_stands.hold(actor, record.id, "use", now=clock.now()).value, "new")
        audit.append(
            actor,
            Action.CASE_IMPORTED,
            object_kind="case",
            object_id=record.id,
            result="done",
            now=clock.now(),
            detail=record.title,
        )
    return ImportedCase(record.id, number, record.title)


def _stand(actor: Actor, case: FileCase, record: CaseRecord, masks: _Masks) -> None:
    """A case that was over is over here, with what it was found to be."""
    state = travelling.state_of(case)
    if state.is_open:
        return
    stand = case_stands.hold(actor, record.id, "use", now=clock.now()).value
    cause = travelling.known_cause(case.true_cause) if state.value == "solved" else ""
    solved_at = clock.now() if state.value == "solved" else None
    sentence = masks.text(case.sentence)
    case_stands.save(replace(stand, state=state, true_cause=cause, sentence=sentence, solved_at=solved_at))


def _host(origin: str) -> str:
    """ "(at console.example)": whoever is named said it there. Any text may stand in a file as its origin."""
    try:
        host = urlsplit(origin).hostname
    except ValueError:
        host = ""
    return f"(at {host or 'another console'})"
