"""Pages of the console that open by themselves, by their titles and by other words for what is done there."""

from collections.abc import Iterable

from console.core.actor import Actor, Role
from console.core.looked_for import LookedFor, fit
from console.services.finder.base import Finder, Hit
from console.services.finder.console_page import DESK, ConsolePage, open_to

PAGES = (
    ConsolePage("start", "Home", "start dashboard where you are"),
    ConsolePage("profiles", "Profiles", "clients registrations"),
    ConsolePage("which-grant", "Which grant?", "flow choose grant type"),
    ConsolePage("apis", "APIs", "gateways"),
    ConsolePage("calls", "Calls and token requests", "history attempts refusals"),
    ConsolePage("cases", "Cases", "queue tickets support"),
    ConsolePage("case-lessons", "What cases taught", "lessons statistics", DESK),
    ConsolePage("ends", "What ends, and reminders", "expires expiry secret certificate calendar mails"),
    ConsolePage("reference", "Reference", "errors codes claims causes help documentation"),
    ConsolePage("mfa_index", "Second step and passkeys", "two factor mfa totp security account"),
    ConsolePage("sandbox", "Sandbox", "faults practise provider gateway"),
    ConsolePage("people", "People", "users accounts invite roles", (Role.ADMIN,)),
    ConsolePage("groups", "Groups", "teams members", (Role.ADMIN,)),
    ConsolePage("audit", "Audit trail", "who did what log", (Role.ADMIN,)),
    ConsolePage("condition", "How the console works", "health condition worker mails database", (Role.ADMIN,)),
)


def _look(actor: Actor, wanted: LookedFor, _typed: str) -> Iterable[Hit]:
    for page in open_to(actor, PAGES):
        if (how := fit(wanted, page.title, page.words.split())) is not None:
            yield Hit(how, page.title, page.opens)


FINDER = Finder("page", "Pages", _look)
