"""Who hears of a case: a mark on their page, and a mail with number, title and address. Never evidence, never words."""

from collections.abc import Iterable

from django.conf import settings

from console.core.actor import Actor
from console.core.cases.title import one_line
from console.services import budget, mail
from console.store import case_news, case_stands
from console.store.case_news import News
from console.store.case_stands import CaseStand

MAX_MAILS = 20  # of one event: a desk of more people looks at the queue


def mark(actor: Actor, stand: CaseStand, kind: News) -> None:
    """The case is news for its owner, for who looks after it (the whole desk, while nobody does) and for who spoke in
    it; for whoever did this it is none."""
    readers = {stand.owner_id, *desk_of(stand), *case_stands.speakers(stand.id)}
    case_news.tell(stand.id, readers - {actor.user_id}, kind)


def desk_of(stand: CaseStand) -> set[int]:
    """Who looks after the case; the whole desk where nobody does."""
    return {stand.assignee_id} if stand.assignee_id else {key for key, _ in case_news.staff()}


def to_owner(actor: Actor, stand: CaseStand, what: str) -> None:
    """A mail to who made the case, if somebody else did this. Call it when the change is kept."""
    if stand.owner_id != actor.user_id:
        _write(actor, [stand.owner_id], stand, what)


def to_desk(actor: Actor, stand: CaseStand, what: str) -> None:
    """A mail to who looks after the case. Call it when the change is kept."""
    _write(actor, desk_of(stand) - {actor.user_id}, stand, what)


def to_other_side(actor: Actor, stand: CaseStand, what: str) -> None:
    """To who made the case; to the desk when they did this themselves."""
    if stand.owner_id == actor.user_id:
        to_desk(actor, stand, what)
    else:
        to_owner(actor, stand, what)


def _write(actor: Actor, people: Iterable[int], stand: CaseStand, what: str) -> None:
    title = one_line(stand.title)
    link = f"{settings.CONSOLE_PUBLIC_URL}/cases/{stand.id}/"
    addresses = sorted(case_news.addresses(people).items())[:MAX_MAILS]
    if not budget.may_write(actor, len(addresses)):
        return
    for _, address in addresses:
        mail.write(address, f"#{stand.number} {title}", what, f"#{stand.number} {title}", link)
