"""What is asked for in a case, and what is added to it: the case is then diagnosed again, with all that is known."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.attempts.handed_in import without_secrets
from console.core.attempts.handed_over import HandedOver, hand_over
from console.core.audit.actions import Action
from console.core.cases.added import completed
from console.core.cases.entries import TalkKind
from console.core.cases.file_format import MAX_ADDITIONS
from console.core.cases.learned import LearnedNews, learned
from console.core.cases.state import CaseState, waits_for
from console.core.cases.title import status_of, title_of
from console.core.diagnosis import explain
from console.core.diagnosis.base import Diagnosis, Missing
from console.core.errors import NotAllowed, NotFound, Stale
from console.core.evidence import Evidence
from console.core.owner import Owner
from console.core.redaction.redact import Redactor, redact_text
from console.services import budget, case_mails
from console.services.case_desk import may_work
from console.store import audit, case_evidence, case_stands, cases, credentials
from console.store.case_evidence import AdditionRecord, AskRecord, Supplements
from console.store.case_stands import CaseStand
from console.store.cases import CaseRecord
from console.store.vault import pseudonym_key


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case with all that was added: `record.evidence` is completed by it. `first` is what the case was made of."""

    record: CaseRecord
    first: Evidence
    supplements: Supplements


def known(actor: Actor, record: CaseRecord) -> KnownCase:
    """The case as it is known by now."""
    found = case_evidence.of_cases(actor, [record.id])[record.id]
    return with_additions(record, found)


def with_additions(record: CaseRecord, found: Supplements) -> KnownCase:
    whole = completed(record.evidence, (one.evidence for one in found.additions))
    return KnownCase(replace(record, evidence=whole), record.evidence, found)


@dataclass(frozen=True, slots=True)
class CaseParts:
    """What a page of asking or adding shows of a case: `missing` would settle it."""

    id: str
    number: int
    title: str
    missing: tuple[Missing, ...]
    asks: tuple[AskRecord, ...]


def open_for_asking(actor: Actor, case_id: str) -> CaseParts:
    """What may be asked for. Raises NotFound for who may not say whose turn it is."""
    held = cases.get(actor, case_id, "use", now=clock.now())
    if not may_work(actor, held):
        raise NotFound("There is no such case for you to ask in.")
    return _parts(actor, held.value, with_missing=True)


def open_for_adding(actor: Actor, case_id: str) -> CaseParts:
    """What was asked for. Raises NotFound for who may only read the case."""
    return _parts(actor, cases.get(actor, case_id, "use", now=clock.now()).value, with_missing=False)


def _parts(actor: Actor, record: CaseRecord, *, with_missing: bool) -> CaseParts:
    case = known(actor, record)
    missing = _diagnosed(actor, case.record).wanted if with_missing else ()
    return CaseParts(record.id, record.number, record.title, missing, case.supplements.asks)


def ask(actor: Actor, case_id: str, *, wanted: Iterable[str], other: str = "") -> None:
    """Asks for those of what is missing (their `what`), and for something else in the person's own words.

    The case waits then for who has the first of it. What was asked for and is not here yet is not asked again. Raises
    NotFound, Stale for a case that is over, and NotAllowed for whoever may not say whose turn it is, or asks nothing.
    """
    now, chosen = clock.now(), set(wanted)
    case = known(actor, cases.get(actor, case_id, "use", now=now).value)
    waiting = {one.wanted.what for one in case.supplements.asks if one.given_at is None}
    found = [one for one in _diagnosed(actor, case.record).wanted if one.what in chosen - waiting]
    if other.strip():
        words = " ".join(_clean(actor, case.record.profile_id, other).split())
        found.append(Missing(words, "", "", Owner.INTEGRATOR))
    if not found:
        raise NotAllowed(
            "Nothing was asked for.",
            why="What was chosen was asked for already, or is known by now." if chosen else "Nothing was chosen.",
            do="Choose what is missing, or write what else you need.",
            who="You can do this.",
        )
    if len(case.supplements.asks) + len(found) > MAX_ADDITIONS:
        raise NotAllowed(
            "There is too much in this case already.", why=f"At most {MAX_ADDITIONS} things are asked for."
        )
    with audit.together():
        held = case_stands.hold(actor, case_id, "use", now=now)
        if not may_work(actor, held):
            raise NotAllowed("Support asks in this case.", do="Write what you know.", who="Support can do this.")
        stand = _turned(_still_open(held.value), waits_for(found[0].who))
        case_evidence.ask(actor, case_id, [(random.new_id(), one) for one in found], now=now)
        text = "\n".join(one.what for one in found)
        case_stands.say(actor, case_id, TalkKind.ASKED, text, id=random.new_id(), now=now)
        _audit(actor, Action.CASE_ASKED, case_id, detail=f"{len(found)}, waits for {stand.state.value}")
        case_mails.mark(actor, stand, "answered")
    case_mails.to_other_side(actor, stand, f"{actor.email} asks for something in a case.")


def preview(actor: Actor, case_id: str, evidence: Evidence) -> HandedOver:
    """What the case would hold of this besides; nothing is kept. Raises NotFound for who may only read the case."""
    profile_id = cases.profile_of(actor, case_id, now=clock.now())
    return _masked(actor, profile_id, evidence)


def add(actor: Actor, case_id: str, evidence: Evidence, *, answers: Iterable[str] = ()) -> LearnedNews:
    """Adds evidence, masked as what is handed in. `answers` are the ids of the asks that it is for.

    A case that waited for somebody waits for support then, unless it is support who adds. Raises NotFound, Stale for a
    case that is over, and NotAllowed for what tells nothing new.
    """
    now, chosen = clock.now(), set(answers)
    case = known(actor, cases.get(actor, case_id, "use", now=now).value)
    record = case.record
    handed = _masked(actor, record.profile_id, evidence)
    after = completed(record.evidence, [handed.evidence])
    _must_be_new(case, after)
    was, then = _diagnosed(actor, record), _diagnosed(actor, replace(record, evidence=after))
    news = learned(record.evidence, after, was=was, now=then)
    chosen |= _settled(case, was, then)
    budget.keep(actor, len(msgspec.json.encode(handed.evidence)))
    with audit.together():
        held = case_stands.hold(actor, case_id, "use", now=now)
        state = held.value.state if may_work(actor, held) else CaseState.FOR_SUPPORT
        stand = _turned(_still_open(held.value), state)
        addition = AdditionRecord(random.new_id(), handed.evidence, "", now, handed.hidden_values)
        case_evidence.add(actor, case_id, addition, answers=chosen, now=now)
        _renew(record, after, was, then)
        text = f"{', '.join(news.parts)}\n{news.told}"
        case_stands.say(actor, case_id, TalkKind.ADDED, text, id=random.new_id(), now=now)
        _audit(actor, Action.CASE_ADDED_TO, case_id, detail=", ".join(news.parts))
        case_mails.mark(actor, stand, "answered")
    case_mails.to_other_side(actor, stand, f"{actor.email} added evidence to a case.")
    return news


def _must_be_new(case: KnownCase, after: Evidence) -> None:
    if after == case.record.evidence:
        raise NotAllowed(
            "This tells nothing that the case does not hold.",
            why="What it says is known already, and what was known stays as it was seen first.",
            do="Add something else, or write in the conversation what is different now.",
            who="You can do this.",
        )
    if len(case.supplements.additions) >= MAX_ADDITIONS:
        raise NotAllowed("There is too much in this case already.", why=f"At most {MAX_ADDITIONS} pieces are added.")


def _settled(case: KnownCase, was: Diagnosis, then: Diagnosis) -> set[str]:
    """The asks for what is missing no more."""
    here = set(was.missing) - set(then.missing)
    return {one.id for one in case.supplements.asks if one.given_at is None and one.wanted.what in here}


def _renew(record: CaseRecord, after: Evidence, was: Diagnosis, then: Diagnosis) -> None:
    """What the queue says of the case; a title that somebody wrote stays."""
    before, cause = (found.primary.cause if found.primary else "" for found in (was, then))
    is_ours = record.title == title_of(record.evidence, before)
    title = title_of(after, cause) if is_ours else record.title
    case_evidence.renew(record.id, cause=cause, status=status_of(after), title=title)


def _turned(stand: CaseStand, state: CaseState) -> CaseStand:
    if stand.state is state:
        return stand
    turned = replace(stand, state=state)
    case_stands.save(turned)
    return turned


def _still_open(stand: CaseStand) -> CaseStand:
    if not stand.state.is_open:
        raise Stale(
            f"This case is {stand.state.words} already.",
            why="Somebody ended it after you opened the page.",
            do="Open the case again if it is not over.",
            who="You can do this.",
        )
    return stand


def _diagnosed(actor: Actor, record: CaseRecord) -> Diagnosis:
    with budget.thinking(actor, record.size_bytes):
        return explain(record.evidence)


def _masked(actor: Actor, profile_id: str | None, evidence: Evidence) -> HandedOver:
    clean = without_secrets(evidence, Redactor(credentials.secrets_of(actor, profile_id)))
    return hand_over(clean, (), with_bodies=True, key=pseudonym_key())


def _clean(actor: Actor, profile_id: str | None, text: str) -> str:
    return redact_text(text, credentials.secrets_of(actor, profile_id))


def _audit(actor: Actor, action: Action, case_id: str, *, detail: str) -> None:
    audit.append(actor, action, object_kind="case", object_id=case_id, result="done", now=clock.now(), detail=detail)
