"""What somebody may do now: with the thing they look at, with profiles that they name, and in general.

Each is a link to the page where it is done. Nothing is done by following it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from console.adapters import clock
from console.core.actor import Actor
from console.core.looked_for import Fit, LookedFor, fit, looked_for
from console.services.case_desk import works_on
from console.services.finder.base import Finder, Hit
from console.services.finder.console_page import DESK, ConsolePage, open_to
from console.services.finder.looked_at import LookedAt
from console.store import doable, finds
from console.store.finds import UsableProfile

FIRST = 3  # of a profile that was named without what is to be done with it


@dataclass(frozen=True, slots=True)
class ThingAction:
    """`title` has the thing's name in the place of {}; `words` are others for it. The rest is as of a Hit."""

    title: str
    words: str
    opens: str
    part: str = ""
    needs_api: bool = False
    is_of_manager: bool = False
    is_of_sandbox: bool = False

    @property
    def vocabulary(self) -> tuple[str, ...]:
        return tuple(f"{self.title.replace('{}', '')} {self.words}".casefold().split())


OF_PROFILE = (
    ThingAction("Send the last call of {} again", "repeat replay request", "profile", "call", needs_api=True),
    ThingAction("Get a token with {}", "fresh obtain", "profile", "token"),
    ThingAction("Preflight of {}", "check end to end test", "profile-preflight"),
    ThingAction("Auth matrix of {}", "variants gateway", "profile-matrix", needs_api=True),
    ThingAction(
        "Break {} for practice", "fault sandbox practise", "profile", "break-it", needs_api=True, is_of_sandbox=True
    ),
    ThingAction("Edit {}", "change", "profile-edit", is_of_manager=True),
)
# Pages to be opened for something to do; the others are there to be read.
TO_DO = (
    ConsolePage("inspect", "Inspect a token", "decode jwt paste curl har log error"),
    ConsolePage("compare", "Compare two tokens", "diff difference"),
    ConsolePage("triage", "Sort a log of refusals", "triage 401 many gateway log"),
    ConsolePage("profile-new", "New profile", "register client create add"),
    ConsolePage("call-import", "Import calls", "curl har postman bruno insomnia http collection copy"),
    ConsolePage("api-new", "New API", "register create add"),
    ConsolePage("api-from-document", "New API from its OpenAPI document", "import swagger yaml json register"),
    ConsolePage("policy", "Try a policy", "validate-jwt gateway xml lint"),
    ConsolePage("case-import", "Import a case", "file other console", DESK),
)
_JOINING = frozenset(("the", "of", "with", "for"))
_VERBS = frozenset(word for one in OF_PROFILE for word in one.vocabulary) - _JOINING
LEAST = 3  # letters of a word that is taken for what is to be done


def finder(here: LookedAt | None) -> Finder:
    """The kind, for somebody who looks at that thing."""
    return Finder("do", "Do", lambda actor, wanted, _typed: _look(actor, wanted, here))


def at_first(actor: Actor, here: LookedAt | None) -> list[Hit]:
    """Before anything is typed: what may be done with the thing that they look at, then in general."""
    return [*_with_thing(actor, here), *_in_general(actor, None)]


def _look(actor: Actor, wanted: LookedFor, here: LookedAt | None) -> Iterator[Hit]:
    for hit in _with_thing(actor, here):
        if (how := fit(wanted, hit.name)) is not None:
            yield Hit(how, hit.name, hit.opens, hit.key, query=hit.query, part=hit.part)
    yield from _in_general(actor, wanted)
    yield from (hit for hit in _with_profiles(actor, wanted) if here is None or here.id not in hit.key)


def _in_general(actor: Actor, wanted: LookedFor | None) -> Iterator[Hit]:
    for page in open_to(actor, TO_DO):
        how = Fit.BESIDE if wanted is None else fit(wanted, page.title, page.words.split())
        if how is not None:
            yield Hit(how, page.title, page.opens)


def _with_profiles(actor: Actor, wanted: LookedFor) -> Iterator[Hit]:
    """With each profile that is named beside what is to be done; of one that is named alone, the first few."""
    named = [word for word in wanted.words if not _is_verb(word)]
    found = finds.usable_profiles(actor, looked_for(" ".join(named)))
    if len(named) == len(wanted.words):
        ranked = [(how, row) for row in found if (how := fit(wanted, row.name)) is not None]
        for _, row in sorted(ranked, key=lambda one: one[0])[:1]:
            yield from (_hit(one, row, Fit.BESIDE) for one in _fitting(row)[:FIRST])
        return
    for row in found:
        for one in _fitting(row):
            how = fit(wanted, one.title.replace("{}", row.name), (one.words, *row.beside))
            if how is not None:
                yield _hit(one, row, how)


def _is_verb(word: str) -> bool:
    return len(word) >= LEAST and any(one.startswith(word) for one in _VERBS)


def _with_thing(actor: Actor, here: LookedAt | None) -> Iterable[Hit]:
    if here is None:
        return ()
    if here.kind == "profile":
        rows = finds.usable_profiles(actor, looked_for(""), id=here.id)
        return [_hit(one, row, Fit.BEGINS) for row in rows for one in _fitting(row)]
    if here.kind == "attempt":
        return _with_attempt(actor, here.id)
    return _with_case(actor, here.id) if here.kind == "case" else _with_api(actor, here.id)


def _with_attempt(actor: Actor, id_: str) -> Iterator[Hit]:
    row = doable.attempt(actor, id_)
    if row is None:
        return
    if row.can_manage:
        yield Hit(Fit.BEGINS, "Hand this to support", "call", (id_,), part="case-title")
    if row.replays_with:
        again = (("replay", id_),)
        yield Hit(
            Fit.BEGINS, "Edit this call and send it again", "profile", (row.replays_with,), query=again, part="call"
        )
    if row.profile_id:
        yield Hit(Fit.BEGINS, "Compare it with the last that went well", "compare", query=(("attempt", id_),))


def _with_api(actor: Actor, id_: str) -> Iterator[Hit]:
    row = doable.api(actor, id_)
    if row is None:
        return
    yield Hit(Fit.BEGINS, f"Try the policy of {row.name}", "api-policy", (id_,))
    yield Hit(Fit.BEGINS, f"Find an operation of {row.name}", "api-operations", (id_,))
    if row.can_manage:
        yield Hit(Fit.BEGINS, f"Edit {row.name}", "api-edit", (id_,))


def _with_case(actor: Actor, id_: str) -> Iterator[Hit]:
    row = doable.case(actor, id_, now=clock.now())
    if row is None:
        return
    if row.can_use:
        yield Hit(Fit.BEGINS, f"Answer in #{row.number}", "case", (id_,), part="answer")
        yield Hit(Fit.BEGINS, f"Add evidence to #{row.number}", "case-evidence", (id_,))
    if row.can_use and row.is_open and works_on(actor, is_own=row.is_own):
        yield Hit(Fit.BEGINS, f"Solve #{row.number}", "case", (id_,), part="solve")
        yield Hit(Fit.BEGINS, f"Ask for what is missing in #{row.number}", "case-ask", (id_,))
        yield Hit(Fit.BEGINS, f"Take #{row.number} over, or give it to somebody", "case", (id_,), part="work")
    yield Hit(Fit.BEGINS, f"Hand #{row.number} on: the text for a ticket", "case", (id_,), part="handing")
    if row.attempt_id:
        yield Hit(Fit.BEGINS, f"Open the attempt of #{row.number}", "call", (row.attempt_id,))


def _fitting(row: UsableProfile) -> list[ThingAction]:
    """What its user may do with it. A fault is set in their own sandbox alone."""
    return [
        one
        for one in OF_PROFILE
        if (row.has_api or not one.needs_api)
        and (row.can_manage or not one.is_of_manager)
        and (not one.is_of_sandbox or (row.is_own and "sandbox" in row.beside))
    ]


def _hit(one: ThingAction, row: UsableProfile, how: Fit) -> Hit:
    name = one.title.replace("{}", row.name)
    return Hit(how, name, one.opens, (row.id,), environment=row.environment, part=one.part)


FINDER = finder(None)
