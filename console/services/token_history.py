"""What a token request leaves in the history: evidence, explained, and its steps."""

from dataclasses import dataclass

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.api import Api
from console.core.attempts import attempt
from console.core.attempts.attempt import TokenFacts
from console.core.attempts.token_result import TokenResult
from console.core.diagnosis import ABOUT_TOKEN, CATALOGUE_VERSION, CAUSES, explain
from console.core.diagnosis.base import Diagnosis
from console.core.evidence import Evidence
from console.core.profile import Profile
from console.store import attempts
from console.store.attempts import AttemptRecord

_TITLE = "Token for "


@dataclass(frozen=True, slots=True)
class KeptAttempt:
    """An attempt of the history, by its id, with what it means."""

    attempt_id: str
    diagnosis: Diagnosis
    evidence: Evidence


def keep(
    actor: Actor, profile: Profile, api: Api | None, result: TokenResult, *, used: TokenFacts | None, now: int
) -> KeptAttempt:
    """Explains and stores what happened; `used` is the token when there is one.

    Of a token that was given it is only asked what may be wrong with the token itself.
    """
    evidence = attempt.of_token_request(profile, api, result=result, used=used, now=now)
    diagnosis = explain(evidence, ABOUT_TOKEN if used else CAUSES)
    last = result.steps[-1] if result.steps else None
    record = AttemptRecord(
        id=random.ordered_id(clock.now_us()),
        kind="token",
        profile_id=profile.id,
        api_id=api.id if api else None,
        title=f"{_TITLE}{profile.name}",
        created_at=now,
        evidence=evidence,
        exchanges=result.steps,
        status=last.response.status if last and last.response else None,
        primary_cause=diagnosis.primary.cause if diagnosis.primary else "",
        catalogue_version=CATALOGUE_VERSION,
    )
    return KeptAttempt(attempts.add(actor, record), diagnosis, evidence)


def name_in(title: str) -> str:
    """The name that the profile had, by the title of one of its token requests."""
    return title.removeprefix(_TITLE)
