"""Last good, first bad, what changed: around one attempt that failed."""

from dataclasses import dataclass

from console.core.actor import Actor
from console.core.attempts.history import HistoryFilter, is_failing
from console.core.attempts.turning import Turning, turning
from console.core.audit.changes import Changed
from console.core.tokens.diff import Sameness
from console.services import budget, marks
from console.services.marks import ChangeMark
from console.store import attempts, seen, turns
from console.store.attempts import AttemptRecord

# Which parts differ when such a thing was changed. Nothing of a sandbox is kept with an attempt: it may explain all.
_SHOWS_IN = {
    Changed.POLICY: ("policy",),
    Changed.API: ("demands", "address", "api_version"),
    Changed.CREDENTIAL: ("credential_version", "key"),
    Changed.SUBSCRIPTION_KEY: ("subscription_key",),
    Changed.PROFILE: ("settings", "asked", "token"),
    Changed.SANDBOX: (),
}
# What explains a refusal by itself, before what may only go along with it.
_FIRST = (
    "life",
    "policy",
    "subscription_key",
    "demands",
    "address",
    "settings",
    "asked",
    "token",
    "credential_version",
)


@dataclass(frozen=True, slots=True)
class TurnFound:
    """`asked` is the attempt that was asked about. `good` and `bad` are None where nothing was good before it.

    `marks` are the changes between the two, oldest first, `cause` the one that explains most, None for none; `since` is
    its moment, or that of the first bad one. `failed` counts the failing ones up to `asked`. `is_other`: the good one
    called something else.
    """

    asked: AttemptRecord
    good: AttemptRecord | None = None
    bad: AttemptRecord | None = None
    turning: Turning | None = None
    marks: tuple[ChangeMark, ...] = ()
    cause: ChangeMark | None = None
    failed: int = 0
    is_other: bool = False
    sees_policy: bool = False

    @property
    def is_failing(self) -> bool:
        return is_failing(self.asked.status)

    @property
    def since(self) -> int:
        if self.cause is not None:
            return self.cause.at
        return self.bad.created_at if self.bad is not None else self.asked.created_at


def may_look(actor: Actor, attempt_id: str | None) -> bool:
    """Whether there is something to look for: the actor sees that attempt, and it failed."""
    return attempt_id is not None and turns.may_look(actor, attempt_id)


def of_attempt(actor: Actor, attempt_id: str) -> TurnFound:
    """Raises NotFound for an attempt that the actor may not see, Busy beside others of the same person."""
    asked = attempts.get(actor, attempt_id).value
    if not is_failing(asked.status):
        return TurnFound(asked)
    found = turns.around(actor, asked)
    if found.good_id is None or found.bad_id is None:
        return TurnFound(asked)
    good = attempts.get(actor, found.good_id).value
    bad = asked if found.bad_id == asked.id else attempts.get(actor, found.bad_id).value
    with budget.thinking(actor, good.size_bytes + bad.size_bytes):
        differences = turning(good.evidence, bad.evidence)
    names = seen.apis_of(actor)
    changed = _marks(actor, good, bad, names)
    return TurnFound(
        asked,
        good,
        bad,
        differences,
        marks=changed,
        cause=deciding(differences, changed),
        failed=found.failed,
        is_other=found.is_other,
        sees_policy=asked.api_id in names,
    )


def _marks(actor: Actor, good: AttemptRecord, bad: AttemptRecord, names: dict[str, str]) -> tuple[ChangeMark, ...]:
    wanted = HistoryFilter(profile_id=bad.profile_id or "", since=good.created_at)
    marked = marks.of(actor, seen.of(actor), [bad.api_id] if bad.api_id else [], names, wanted=wanted)
    return marks.between(good.created_at, bad.created_at, marked)


def deciding(found: Turning, changed: tuple[ChangeMark, ...]) -> ChangeMark | None:
    """The first change of which something is seen in what was sent; else the first that may not be seen there.

    A change of which nothing is seen, although it would be, explains nothing. None for no such change, and where the
    attempts themselves tell it.
    """
    differs = {one.code for one in found.different}
    unknown = {one.code for one in found.unknown}
    if "life" in differs:
        return None
    shown = [one for one in changed if differs & {*_SHOWS_IN[one.changed]}]
    hidden = [one for one in changed if not _SHOWS_IN[one.changed] or unknown & {*_SHOWS_IN[one.changed]}]
    explained = bool(differs & {*_FIRST})
    return next(iter(shown), None) or (None if explained else next(iter(hidden), None))


def first_difference(found: Turning) -> str:
    """What differs, as part of a sentence: what explains a refusal by itself first; "" for nothing."""
    told = {one.code: one.told for one in found.different}
    return next((told[code] for code in (*_FIRST, *told) if code in told), "")


def about_token(found: Turning) -> str:
    """What is to be said of the token beside something else that changed; "" where nothing is known or it is told."""
    part = next((one for one in found.parts if one.code == "token"), None)
    if part is None or part.sameness is Sameness.UNKNOWN:
        return "whether the token is the same is unknown"
    if part.sameness is Sameness.SAME:
        return "the token is the same but for its times"
    return part.told
