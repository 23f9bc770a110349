"""The checklist of a profile or an Api, told from what is stored: attempts, credential facts, a kept token.

No request leaves.
"""

from console.adapters import clock
from console.core.actor import Actor
from console.core.api import Api
from console.core.checklist import Checklist, Facts, Seen, StoredTokenFacts, checklist
from console.core.credential import CredentialKind
from console.core.diagnosis import explain
from console.core.errors import Misconfigured
from console.core.profile import Profile
from console.services import apis, profiles, tokens
from console.store import attempts, credentials
from console.store.attempts import AttemptRecord


def of_profile(actor: Actor, profile_id: str) -> Checklist:
    """The seven steps for one profile of the actor; raises NotFound for a stranger's."""
    profile = profiles.open_profile(actor, "use", profile_id)
    return of_opened(actor, profile, profiles.api_of(actor, profile))


def of_opened(actor: Actor, profile: Profile, api: Api | None) -> Checklist:
    """The same for a profile that was opened already, with its Api."""
    return checklist(_facts(actor, profile, api))


def of_api(actor: Actor, api_id: str) -> list[tuple[Profile | None, Checklist]]:
    """The steps for each of the actor's profiles for an Api; without any, one list that begins with making one."""
    api = apis.get(actor, "view", api_id)
    mine = [profile for profile in profiles.list_profiles(actor) if profile.api_id == api.id]
    if not mine:
        return [(None, checklist(Facts(clock.now(), api)))]
    return [(profile, of_opened(actor, profile, profiles.api_of(actor, profile))) for profile in mine]


def _facts(actor: Actor, profile: Profile, api: Api | None) -> Facts:
    problem = _credential_problem(actor, profile)
    kept = profile.credential
    token_seen = _seen(attempts.newest(actor, profile.id, "token"))
    call_seen = _seen(attempts.newest(actor, profile.id, "call"))
    token_given = attempts.newest_answered(actor, profile.id, "token")
    call_answered = attempts.newest_answered(actor, profile.id, "call", api_id=profile.api_id)
    is_bound = kept.kind is CredentialKind.NONE or kept.bound_to == profiles.destination_of(profile)
    return Facts(
        now=clock.now(),
        api=api,
        profile=profile,
        token_endpoint=profiles.endpoints_of(actor, profile).token_endpoint,
        is_bound_here=is_bound,
        credential_problem=problem,
        token_seen=token_seen,
        call_seen=call_seen,
        token_given=_given(_seen(token_given, known=token_seen)),
        call_answered=_let_in(_seen(call_answered, known=call_seen)),
        stored_token=None if problem else _stored_token(actor, profile, api),
    )


def _credential_problem(actor: Actor, profile: Profile) -> str:
    """Why the stored credential cannot be opened; "" when it can, or when there is none."""
    try:
        credentials.load(actor, profile.id)
    except Misconfigured as refused:
        return refused.why or refused.what
    return ""


def _seen(record: AttemptRecord | None, *, known: Seen | None = None) -> Seen | None:
    """`known` is what was made of another record, which is often the same one: to explain costs most here."""
    if record is None:
        return None
    if known is not None and known.attempt_id == record.id:
        return known
    return Seen(record.id, record.created_at, record.evidence, record.status, explain(record.evidence).primary)


def _given(seen: Seen | None) -> Seen | None:
    return seen if seen is not None and seen.has_token else None


def _let_in(seen: Seen | None) -> Seen | None:
    return seen if seen is not None and seen.was_let_in else None


def _stored_token(actor: Actor, profile: Profile, api: Api | None) -> StoredTokenFacts | None:
    found = tokens.stored(actor, profile, api)
    return StoredTokenFacts(found.obtained_at, found.expires_at, found.findings) if found else None
