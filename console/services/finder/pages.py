"""Pages of the console that open by themselves, by their titles and by other words for what is done there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from console.core.actor import Actor, Role
from console.core.looked_for import LookedFor, fit
from console.services.finder.base import Finder, Hit


@dataclass(frozen=True, slots=True)
class ConsolePage:
    """`opens` is the name of its address. `words` are others for it; it is for whoever has one of `roles`, without
    any for everybody."""

    opens: str
    title: str
    words: str = ""
    roles: tuple[Role, ...] = ()


_DESK = (Role.SUPPORT, Role.ADMIN)
# To be opened for something to do; the others are there to be read.
TO_DO = (
    ConsolePage("inspect", "Inspect a token", "decode jwt paste curl har log error"),
    ConsolePage("compare", "Compare two tokens", "diff difference"),
    ConsolePage("triage", "Sort a log of refusals", "triage 401 many gateway log"),
    ConsolePage("profile-new", "New profile", "register client create add"),
    ConsolePage("call-import", "Import calls", "curl har postman bruno insomnia http collection copy"),
    ConsolePage("api-new", "New API", "register create add"),
    ConsolePage("api-from-document", "New API from its OpenAPI document", "import swagger yaml json register"),
    ConsolePage("policy", "Try a policy", "validate-jwt gateway xml lint"),
    ConsolePage("case-import", "Import a case", "file other console", _DESK),
)
PAGES = (
    ConsolePage("start", "Home", "start dashboard where you are"),
    ConsolePage("profiles", "Profiles", "clients registrations"),
    ConsolePage("which-grant", "Which grant?", "flow choose grant type"),
    ConsolePage("apis", "APIs", "gateways"),
    ConsolePage("calls", "Calls and token requests", "history attempts refusals"),
    ConsolePage("cases", "Cases", "queue tickets support"),
    ConsolePage("case-lessons", "What cases taught", "lessons statistics", _DESK),
    ConsolePage("ends", "What ends, and reminders", "expires expiry secret certificate calendar mails"),
    ConsolePage("reference", "Reference", "errors codes claims causes help documentation"),
    ConsolePage("mfa_index", "Second step and passkeys", "two factor mfa totp security account"),
    ConsolePage("sandbox", "Sandbox", "faults practise provider gateway"),
    ConsolePage("people", "People", "users accounts invite roles", (Role.ADMIN,)),
    ConsolePage("groups", "Groups", "teams members", (Role.ADMIN,)),
    ConsolePage("audit", "Audit trail", "who did what log", (Role.ADMIN,)),
    ConsolePage("condition", "How the console works", "health condition worker mails database", (Role.ADMIN,)),
)


def open_to(actor: Actor, listed: Iterable[ConsolePage]) -> list[ConsolePage]:
    return [page for page in listed if _is_open(actor, page)]


def _look(actor: Actor, wanted: LookedFor, _typed: str) -> Iterable[Hit]:
    for page in open_to(actor, PAGES):
        if (how := fit(wanted, page.title, page.words.split())) is not None:
            yield Hit(how, page.title, page.opens)


def _is_open(actor: Actor, page: ConsolePage) -> bool:
    is_there = page.opens != "sandbox" or settings.CONSOLE_SANDBOX
    return is_there and (not page.roles or any(actor.has(role) for role in page.roles))


FINDER = Finder("page", "Pages", _look)
