"""The checklist of a profile or an Api, told from what is stored: attempts, credential facts, a kept token.

No request leaves.
"""

from console.adapters import clock
from console.core.actor import Actor
from console.core.api import Api
from console.core.checklist.checklist import Checklist, Facts, Seen, StoredTokenFacts, checklist
from console.core.credential import CredentialKind
from console.core.diagnosis import explain
from console.core.errors import Misconfigured, NotFound
from console.core.profile import Profile
from console.services import apis, profiles, tokens
from console.store import attempts, credentials
from console.store.attempts import AttemptRecord


def of_profile(actor: Actor, profile_id: str) -> Checklist:
    """The seven steps for one profile; raises NotFound when it is not the actor's to see."""
    profile = profiles.open_profile(actor, "view", profile_id)
    return of_opened(actor, profile, profiles.api_of(actor, profile))


def of_opened(actor: Actor, profile: Profile, api: Api | None) -> Checklist:
    """The seven steps for a profile that the actor has open already, with its Api."""
    return checklist(_facts(actor, profile, api))


def of_api(actor: Actor, api_id: str) -> list[tuple[Profile | None, Checklist]]:
    """The steps for each of the actor's profiles for an Api; without any, one list that begins with making one."""
    api = apis.get(actor, "view", api_id)
    mine = [profile for profile in profiles.list_profiles(actor) if profile.api_id == api.id]
    if not mine:
        return [(None, checklist(Facts(clock.now(), api)))]
    return [(profile, checklist(_facts(actor, profile, profiles.api_of(actor, profile)))) for profile in mine]


def _facts(actor: Actor, profile: Profile, api: Api | None) -> Facts:
    problem = _credential_problem(actor, profile)
    kept = profile.credential
    token, call = (attempts.newest(actor, profile.id, kind) for kind in ("token", "call"))
    good_token = _answered(actor, profile, token, "token")
    good_call = _answered(actor, profile, call, "call", api_id=profile.api_id)
    is_bound = kept.kind is CredentialKind.NONE or kept.bound_to == profiles.destination_of(profile)
    return Facts(
        now=clock.now(),
        api=api,
        profile=profile,
        token_endpoint=_token_endpoint(actor, profile),
        is_bound_here=is_bound,
        credential_problem=problem,
        token_seen=(token_seen := _seen(token)),
        call_seen=(call_seen := _seen(call)),
        token_given=_given(token_seen if token is good_token else _seen(good_token)),
        call_answered=_let_in(call_seen if call is good_call else _seen(good_call)),
        stored_token=None if problem else _stored_token(actor, profile, api),
    )


def _token_endpoint(actor: Actor, profile: Profile) -> str:
    """Today's; "" while the sandbox's workspace cannot be opened, which the profile's page says."""
    try:
        return profiles.place_of(actor, profile).token_endpoint
    except Misconfigured:
        return ""


def _answered(
    actor: Actor, profile: Profile, newest: AttemptRecord | None, kind: str, *, api_id: str | None = None
) -> AttemptRecord | None:
    """The newest attempt that was answered 2xx; mostly the newest of all, which is not read twice."""
    if newest is None:
        return None
    is_good = newest.status is not None and 200 <= newest.status < 300
    if is_good and api_id in (None, newest.api_id):
        return newest
    return attempts.newest_answered(actor, profile.id, kind, api_id=api_id)


def _credential_problem(actor: Actor, profile: Profile) -> str:
    """Why the stored credential cannot be opened; "" when it can, or when there is none."""
    try:
        credentials.load(actor, profile.id)
    except Misconfigured as refused:
        return refused.why or refused.what
    except NotFound:  # it is open to be seen, not to be used
        return ""
    return ""


def _seen(record: AttemptRecord | None) -> Seen | None:
    if record is None:
        return None
    return Seen(record.id, record.created_at, record.evidence, record.status, explain(record.evidence).primary)


def _given(seen: Seen | None) -> Seen | None:
    return seen if seen is not None and seen.has_token else None


def _let_in(seen: Seen | None) -> Seen | None:
    return seen if seen is not None and seen.was_let_in else None


def _stored_token(actor: Actor, profile: Profile, api: Api | None) -> StoredTokenFacts | None:
    found = tokens.stored(actor, profile, api)
    kept = found.response if found else None
    return StoredTokenFacts(kept.obtained_at, kept.expires_at, found.findings) if found and kept else None
