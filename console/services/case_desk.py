"""What people do with a case: say something, take it, wait for somebody, solve it, close it, open it again."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from console.adapters import clock, random
from console.core.actor import Actor, Role
from console.core.audit.actions import Action
from console.core.cases.entries import TalkKind
from console.core.cases.state import WAITED_FOR, CaseState
from console.core.diagnosis import cause_title
from console.core.errors import NotAllowed, NotFound, Stale
from console.core.held import Held
from console.core.redaction.redact import redact_text
from console.services import budget, case_mails
from console.store import audit, case_news, case_stands, cases, credentials
from console.store.case_stands import CaseStand


def comment(actor: Actor, case_id: str, text: str) -> None:
    """Adds to the conversation. What looks like a secret, or is stored in the profile at hand or one's own, is masked.

    Who was waited for has answered then: a case that waits for its integrator waits for support again. Raises NotFound,
    also for who may only read it.
    """
    answer(actor, case_id, text)


def answer(actor: Actor, case_id: str, text: str, *, then: CaseState | None = None) -> None:
    """As `comment`; the case waits for whom `then` names from now on. Raises NotAllowed for who may not say that."""
    clean = _clean(actor, case_id, text)
    with audit.together():
        held = _hold(actor, case_id)
        said = _say(actor, held.value, TalkKind.COMMENT, clean)
        _audit(actor, Action.CASE_COMMENTED, case_id)
        if then is not None and then is not said.state and said.state.is_open:
            _must_work(actor, held)
            _wait(actor, said, then)
        elif held.is_own and said.state is CaseState.FOR_INTEGRATOR:
            _wait(actor, said, CaseState.FOR_SUPPORT)
        case_mails.mark(actor, said, "answered")
    case_mails.to_other_side(actor, said, f"{_name(actor)} wrote in a case.")


def wait_for(actor: Actor, case_id: str, state: CaseState) -> None:
    """Whom an open case waits for from now on. Raises NotFound, NotAllowed, and Stale for one that is over."""
    with audit.together():
        held = _hold(actor, case_id)
        _must_work(actor, held)
        _must_be_open(held.value)
        if held.value.state is not state:
            stand = _wait(actor, held.value, state)
            case_mails.mark(actor, stand, "answered")


def assign(actor: Actor, case_id: str, person_id: int | None) -> None:
    """Who looks after the case: the actor, who takes it over, somebody else of the desk, or None for nobody.

    Raises NotFound, NotAllowed for who does not work on cases, and for somebody who may not.
    """
    with audit.together():
        held = _hold(actor, case_id)
        _must_work(actor, held)
        before = held.value
        if person_id == before.assignee_id:
            return
        name = _of_desk(actor, person_id) if person_id is not None else ""
        state = CaseState.FOR_SUPPORT if person_id and before.state is CaseState.NEW else before.state
        stand = replace(before, assignee_id=person_id, state=state)
        case_stands.save(stand)
        took = person_id is not None and person_id == actor.user_id
        _say(actor, stand, TalkKind.TAKEN if took else TalkKind.ASSIGNED, "" if took else name)
        _audit(actor, Action.CASE_ASSIGNED, case_id, detail=f"to {name or 'nobody'}")
        involved = {stand.owner_id, *case_stands.speakers(case_id), *_ids(person_id)}
        case_news.settle(case_id, keep=involved - {actor.user_id})
        case_news.tell(case_id, {stand.owner_id, *_ids(person_id)} - {actor.user_id}, "answered")
    if person_id is not None:
        case_mails.to_desk(actor, stand, f"{_name(actor)} gave you a case to look after.")


def solve(actor: Actor, case_id: str, *, cause: str, sentence: str, also: Iterable[str] = ()) -> list[int]:
    """Says what it really was, and one sentence about it; gives the numbers of the cases that are solved by it.

    `cause` is a slug of the catalogue, "" when it is none of them. `also` are other cases: those are solved too that
    are open, of the same cause at the same API, and the actor's to work on. Raises NotFound, NotAllowed, and Stale when
    the case is over already.
    """
    if cause and not cause_title(cause):
        raise NotAllowed(
            "There is no such cause.", why="The catalogue has no cause of that name.", do="Choose another."
        )
    clean = _clean(actor, case_id, sentence)
    with audit.together():
        chosen = _hold_all(actor, case_id, also)
        _must_work(actor, chosen[0])
        _must_be_open(chosen[0].value)
        solved = [_solved(actor, held.value, cause, clean) for held in chosen if _is_alike(actor, held, chosen[0])]
    for stand in solved:
        case_mails.to_owner(actor, stand, f"{_name(actor)} solved a case of yours.")
    return sorted(stand.number for stand in solved)


def close(actor: Actor, case_id: str, *, why: str = "") -> None:
    """Ends a case without an answer to what it was; one that is over stays as it is. Raises NotFound."""
    _end(actor, case_id, CaseState.CLOSED, why)


def reopen(actor: Actor, case_id: str, *, why: str = "") -> None:
    """A case that is over waits for support again; one that is open stays as it is. Raises NotFound."""
    _end(actor, case_id, CaseState.FOR_SUPPORT, why)


def may_work(actor: Actor, held: Held[Any]) -> bool:
    """Whether the actor may say whose turn it is: not of a case of their own, unless that is their work."""
    return held.may("use") and works_on(actor, is_own=held.is_own)


def works_on(actor: Actor, *, is_own: bool) -> bool:
    """As `may_work`, of a case that the actor may use."""
    return not is_own or actor.has(Role.SUPPORT) or actor.has(Role.ADMIN)


def _end(actor: Actor, case_id: str, state: CaseState, why: str) -> None:
    clean = _clean(actor, case_id, why)
    closes = not state.is_open
    with audit.together():
        held = _hold(actor, case_id)
        if held.value.state.is_open is not closes:
            return
        stand = replace(held.value, state=state, true_cause="", sentence="", solved_at=None)
        case_stands.save(stand)
        _say(actor, stand, TalkKind.CLOSED if closes else TalkKind.REOPENED, clean)
        _audit(actor, Action.CASE_CLOSED if closes else Action.CASE_REOPENED, case_id)
        case_mails.mark(actor, stand, "answered")
    case_mails.to_other_side(actor, stand, f"{_name(actor)} {'closed a case' if closes else 'opened a case again'}.")


def _solved(actor: Actor, before: CaseStand, cause: str, sentence: str) -> CaseStand:
    now = clock.now()
    stand = replace(before, state=CaseState.SOLVED, true_cause=cause, sentence=sentence, solved_at=now)
    case_stands.save(stand)
    _say(actor, stand, TalkKind.SOLVED, f"{cause}\n{sentence}")
    _audit(actor, Action.CASE_SOLVED, stand.id, detail=f"as {cause or 'none of the catalogue'}")
    case_mails.mark(actor, stand, "answered")
    return stand


def _hold_all(actor: Actor, case_id: str, also: Iterable[str]) -> list[Held[CaseStand]]:
    """The case first, then the others that the actor may use. Held in the order of their ids, as everybody does, and
    each once, however its id is written."""
    found: dict[str, Held[CaseStand]] = {}
    for one in sorted({case_id, *map(_as_kept, also)}):
        try:
            found[one] = _hold(actor, one)
        except NotFound:
            if one == case_id:
                raise
    return [found.pop(case_id), *found.values()]


def _as_kept(case_id: str) -> str:
    """An id as it is written everywhere; what is none stays, and finds nothing."""
    try:
        return str(UUID(case_id))
    except ValueError:
        return case_id


def _is_alike(actor: Actor, held: Held[CaseStand], first: Held[CaseStand]) -> bool:
    if held is first:
        return True
    same = bool(held.value.alike) and held.value.alike == first.value.alike
    return same and held.value.state.is_open and may_work(actor, held)


def _wait(actor: Actor, before: CaseStand, state: CaseState) -> CaseStand:
    if state not in WAITED_FOR:
        raise NotAllowed("A case cannot wait for that.", do="Choose whom it waits for.", who="You can do this.")
    stand = replace(before, state=state)
    case_stands.save(stand)
    _audit(actor, Action.CASE_WAITS, stand.id, detail=f"for {WAITED_FOR[state]}")
    return _say(actor, stand, TalkKind.WAITS, state.value)


def _say(actor: Actor, stand: CaseStand, kind: TalkKind, text: str) -> CaseStand:
    case_stands.say(actor, stand.id, kind, text, id=random.new_id(), now=clock.now())
    return stand


def _clean(actor: Actor, case_id: str, text: str) -> str:
    """The text without secrets; its bytes are counted. Raises NotFound for who may only read the case."""
    profile_id = cases.profile_of(actor, case_id, now=clock.now())
    clean = redact_text(text, credentials.secrets_of(actor, profile_id)) if text else ""
    budget.keep(actor, len(clean))
    return clean


def _hold(actor: Actor, case_id: str) -> Held[CaseStand]:
    return case_stands.hold(actor, case_id, "use", now=clock.now())


def _of_desk(actor: Actor, person_id: int) -> str:
    """The name of somebody who may look after cases; raises NotAllowed for anybody else."""
    desk = {**({actor.user_id: actor.email} if actor.user_id else {}), **dict(case_news.staff())}
    if person_id not in desk:
        raise NotAllowed(
            "This person does not look after cases.",
            why="A case is given to somebody with the role support.",
            do="Choose somebody of the list, or share the case with them.",
            who="You can do this.",
        )
    return desk[person_id]


def _must_work(actor: Actor, held: Held[CaseStand]) -> None:
    if not may_work(actor, held):
        raise NotAllowed(
            "Support says whose turn it is in your case.",
            why="It is yours: what you can do is answer, close it, open it again, or withdraw it.",
            do="Write what you know; support sees that you answered.",
            who="Support can do this.",
        )


def _must_be_open(stand: CaseStand) -> None:
    if not stand.state.is_open:
        raise Stale(
            f"This case is {stand.state.words} already.",
            why="Somebody ended it after you opened the page.",
            do="Read what they wrote. Open the case again if it is not over.",
            who="You can do this.",
        )


def _ids(person_id: int | None) -> set[int]:
    return set() if person_id is None else {person_id}


def _name(actor: Actor) -> str:
    return "The console" if actor.is_system else actor.email


def _audit(actor: Actor, action: Action, case_id: str, *, detail: str = "") -> None:
    audit.append(actor, action, object_kind="case", object_id=case_id, result="done", now=clock.now(), detail=detail)
