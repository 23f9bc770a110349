"""At which step a profile stops, from what a list of many can be asked: the last attempts by their cause and status."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from console.core.checklist.checklist import TITLES
from console.core.checklist.evidence import CLIENT_CAUSES, OTHER_POLICIES, PERMISSION_CAUSES, TOKEN_STAGES
from console.core.diagnosis import cause_by_slug
from console.core.diagnosis.terms import Stage


@dataclass(frozen=True, slots=True)
class ProfileProgress:
    """`has_token`, `has_answer`: one was ever given. `token_cause` and `call_cause` are those of the last attempts, ""
    for none; `has_called`: a call was ever sent. `is_practice`: it is a profile of the sandbox.
    """

    id: str
    name: str
    has_api: bool
    has_client: bool
    has_credential: bool
    has_token: bool
    has_answer: bool
    has_called: bool = False
    token_cause: str = ""
    call_cause: str = ""
    is_practice: bool = False


@dataclass(frozen=True, slots=True)
class StepStalls:
    """How many profiles stop at a step, and how many of those are practice; `causes` are those that stop them most,
    with how often.
    """

    code: str
    title: str
    count: int
    practice: int
    causes: tuple[tuple[str, int], ...] = ()


MOST_CAUSES = 3


def stops_at(progress: ProfileProgress) -> str:
    """The code of the step that is not done, "" when a call was answered. What was done once stays done."""
    if progress.has_answer:
        return ""
    if not progress.has_api:
        return "api"
    if not progress.has_client:
        return "client"
    return _before_answer(progress) if progress.has_token else _before_token(progress)


def _before_token(progress: ProfileProgress) -> str:
    if progress.token_cause in CLIENT_CAUSES:
        return "client"
    if progress.token_cause in PERMISSION_CAUSES:
        return "permission"
    if _stage(progress.token_cause) is Stage.CREDENTIAL:
        return "credential"
    return "token" if progress.has_credential or progress.token_cause else "credential"


def _before_answer(progress: ProfileProgress) -> str:
    if progress.call_cause in PERMISSION_CAUSES:
        return "permission"
    is_about_token = _stage(progress.call_cause) in TOKEN_STAGES and progress.call_cause not in OTHER_POLICIES
    return "accepted" if is_about_token else "call"


def _stage(slug: str) -> Stage | None:
    cause = cause_by_slug(slug)
    return cause.stage if cause is not None else None


def stalls(found: Iterable[ProfileProgress]) -> tuple[StepStalls, ...]:
    """Every step in its order, also those at which nobody stops."""
    stopped: dict[str, list[ProfileProgress]] = {code: [] for code in TITLES}
    for one in found:
        if code := stops_at(one):
            stopped[code].append(one)
    return tuple(_at(code, here) for code, here in stopped.items())


def _at(code: str, here: list[ProfileProgress]) -> StepStalls:
    why = Counter(cause for one in here if (cause := one.call_cause if one.has_token else one.token_cause))
    ordered = sorted(why.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_CAUSES]
    return StepStalls(code, TITLES[code][0], len(here), sum(one.is_practice for one in here), tuple(ordered))
