"""The checklist of a profile or an Api, told from what is stored: attempts, credential facts, a kept token.

No request leaves.
"""

from collections.abc import Callable

from console.adapters import clock
from console.core.actor import Actor
from console.core.checklist.checklist import Checklist, ChecklistFacts, SeenAttempt, StoredTokenFacts, checklist
from console.core.credential import CredentialKind
from console.core.diagnosis import cause_by_slug, explain
from console.core.diagnosis.base import RankedCause
from console.core.errors import Misconfigured, NotFound
from console.services import apis, opening, profiles, tokens
from console.services.obtained import Obtained
from console.services.opening import OpenProfile
from console.store import attempts
from console.store.attempts import AttemptRecord, ProfileAttempts


def of_profile(opened: OpenProfile) -> Checklist:
    """The seven steps for one profile, each attempt explained as it is today."""
    found = attempts.of_profile(opened.actor, opened.profile)
    return checklist(_facts(opened, found, _explained, kept=tokens.stored(opened)))


def milestones(opened: OpenProfile, found: ProfileAttempts, kept: Obtained | None) -> Checklist:
    """The same for a page that shows no more than how far each step is: what was wrong is told by the cause that is
    kept beside each attempt. `kept` is the stored token, `found` the profile's attempts.
    """
    return checklist(_facts(opened, found, _by_kept_cause, kept=kept))


def of_api(actor: Actor, api_id: str) -> list[tuple[OpenProfile | None, Checklist]]:
    """The steps for each profile that the actor sees for an Api; without any, one list that begins with making one."""
    api = apis.get(actor, "view", api_id)
    mine = [profile for profile in profiles.list_profiles(actor) if profile.api_id == api.id]
    if not mine:
        return [(None, checklist(ChecklistFacts(clock.now(), api)))]
    opened = (opening.of_profile(actor, "view", profile.id) for profile in mine)
    return [(one, of_profile(one)) for one in opened]


def _facts(
    opened: OpenProfile,
    found: ProfileAttempts,
    cause_of: Callable[[AttemptRecord], RankedCause | None],
    *,
    kept: Obtained | None,
) -> ChecklistFacts:
    problem, profile = _credential_problem(opened), opened.profile
    summary = profile.credential
    seen = {one.id: _seen(one, cause_of(one)) for one in found.distinct}
    token, call, given, answered = (seen[one.id] if one else None for one in found.all)
    is_bound = summary.kind is CredentialKind.NONE or summary.bound_to == profiles.destination_of(profile)
    return ChecklistFacts(
        now=clock.now(),
        api=opened.api,
        profile=profile,
        token_endpoint=_token_endpoint(opened),
        is_bound_here=is_bound,
        credential_problem=problem,
        token_seen=token,
        call_seen=call,
        token_given=_given(given),
        call_answered=_let_in(answered),
        stored_token=None if problem else _token_facts(kept),
    )


def _token_endpoint(opened: OpenProfile) -> str:
    """Today's; "" while the sandbox's workspace cannot be opened, which the profile's page says."""
    try:
        return profiles.place_of(opened.own, opened.profile).token_endpoint
    except Misconfigured:
        return ""


def _credential_problem(opened: OpenProfile) -> str:
    """Why the stored credential cannot be opened; "" when it can, or when there is none."""
    try:
        opened.sealed.credential()
    except Misconfigured as refused:
        return refused.why or refused.what
    except NotFound:  # it is open to be seen, not to be used
        return ""
    return ""


def _explained(record: AttemptRecord) -> RankedCause | None:
    return explain(record.evidence).primary


def _by_kept_cause(record: AttemptRecord) -> RankedCause | None:
    return cause_by_slug(record.primary_cause)


def _seen(record: AttemptRecord, cause: RankedCause | None) -> SeenAttempt:
    return SeenAttempt(record.id, record.created_at, record.evidence, record.status, cause)


def _given(seen: SeenAttempt | None) -> SeenAttempt | None:
    return seen if seen is not None and seen.has_token else None


def _let_in(seen: SeenAttempt | None) -> SeenAttempt | None:
    return seen if seen is not None and seen.was_let_in else None


def _token_facts(found: Obtained | None) -> StoredTokenFacts | None:
    kept = found.response if found else None
    return StoredTokenFacts(kept.obtained_at, kept.expires_at, found.findings) if found and kept else None
