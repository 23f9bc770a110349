"""Where an integrator stands: each profile's answers and what ends next, and what failed last, in a fixed number of
queries.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from console.adapters import clock
from console.core.actor import Actor, Role
from console.core.api import Api
from console.core.attempts.history import HistorySpan, starts
from console.core.checklist.checklist import Checklist
from console.core.credential import CredentialKind
from console.core.ending import Ending, of_profile
from console.core.held import Held
from console.core.profile import Profile
from console.core.profile_checks.client_auth import lacks_credential
from console.services import apis, checklist, endings, opening, profiles, refusal_hours, sharing, token_keys
from console.services.opening import OpenProfile
from console.services.own_sandbox import OwnSandbox
from console.services.refusal_hours import RefusalSum
from console.store import answers, attempt_hours, heartbeats
from console.store import tokens as token_store
from console.store.answers import AnswerLine
from console.store.heartbeats import HeartbeatRecord
from console.store.seen import SeenAttempts

SHOWN = 20  # answers of a profile
LOOKED_THROUGH = 200  # attempts for what failed last
FAILED_WITHIN_S = 14 * 86_400
TROUBLES = 5


@dataclass(frozen=True, slots=True)
class ProfileState:
    """A profile with its newest answers (newest first). `token_until` is epoch seconds, None without a stored token or
    an end; `has_token` tells which. `ends_next` is what ends first of it, None when nobody here knows an end.
    `share_count`: with how many people and groups the actor, who manages it, shares it. `heartbeat` is None where it
    was never switched on, or is off.
    """

    held: Held[Profile]
    api: Api | None
    answers: tuple[AnswerLine, ...] = ()
    has_token: bool = False
    token_until: int | None = None
    ends_next: Ending | None = None
    share_count: int = 0
    heartbeat: HeartbeatRecord | None = None

    @property
    def profile(self) -> Profile:
        return self.held.value

    @property
    def last(self) -> AnswerLine | None:
        return self.answers[0] if self.answers else None


@dataclass(frozen=True, slots=True)
class Trouble:
    """One cause with one profile. `times` it was refused in the week, as the history counts: 0 where what failed is no
    refusal. `is_over` when a later call was answered well.
    """

    cause: str
    newest: AnswerLine
    profile: Profile | None
    times: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class Home:
    """`sample` is the profile to begin with, None without one. `done` are the newcomer's steps that were taken.

    `furthest` is the profile that is furthest from well, with its checklist; None where all are well. `endings` are as
    `endings.of_actor` gives them, `declined` as `apis.declined`. `refused` is what the history counts for 7 days.
    `administers`: it is the page of who looks after this console.
    """

    now: int
    states: tuple[ProfileState, ...]
    troubles: tuple[Trouble, ...]
    refused: RefusalSum
    sample: ProfileState | None
    done: frozenset[str]
    furthest: tuple[OpenProfile, Checklist] | None = None
    endings: tuple[Ending, ...] = ()
    declined: tuple[Api, ...] = ()
    administers: bool = False


def of_actor(actor: Actor) -> Home:
    now = clock.now()
    own = OwnSandbox(actor)
    offered = apis.list_apis(actor, own)
    states = _states(own, profiles.list_held(actor), offered)
    refusals = attempt_hours.refusals(_seen(actor, states), since=starts(HistorySpan.WEEK, now) or 0)
    times = {(one.cause, one.profile_id): one.count for one in refusals}
    troubles = _troubles(actor, states, times, since=now - FAILED_WITHIN_S)
    sample, done = _sample(own, states), _done(states, troubles)
    ends = endings.with_others(actor, [state.held for state in states])
    return Home(
        now,
        states,
        troubles,
        refused=refusal_hours.sum_of(refusals, now),
        sample=sample,
        done=done,
        furthest=_furthest(actor, states),
        endings=ends,
        declined=apis.declined(actor, offered),
        administers=actor.has(Role.ADMIN),
    )


def _seen(actor: Actor, states: Iterable[ProfileState]) -> SeenAttempts:
    """As `seen.of`, whose profiles are known already."""
    return SeenAttempts(actor.user_id, tuple((one.profile.id, one.profile.name) for one in states))


def states_of(actor: Actor, found: Sequence[Held[Profile]]) -> tuple[ProfileState, ...]:
    """How these profiles stand, in their order."""
    own = OwnSandbox(actor)
    return _states(own, found, apis.list_apis(actor, own))


def _states(own: OwnSandbox, found: Sequence[Held[Profile]], apis_seen: Sequence[Api]) -> tuple[ProfileState, ...]:
    actor = own.actor
    offered = {api.id: api for api in apis_seen}
    newest = answers.newest_of(actor, [one.value.id for one in found], limit=SHOWN)
    ends = token_store.ends_of(token_keys.of_profiles(own, [one.value for one in found]), after=clock.now())
    shared = sharing.counts(actor, "profile")
    states = (_state(one, offered.get(one.value.api_id or ""), newest.get(one.value.id, ()), ends) for one in found)
    beats = heartbeats.of_profiles([one.value.id for one in found])
    return tuple(
        replace(one, share_count=shared.get(one.profile.id, 0), heartbeat=beats.get(one.profile.id)) for one in states
    )


def _state(
    held: Held[Profile], api: Api | None, seen: Iterable[AnswerLine], ends: Mapping[str, int | None]
) -> ProfileState:
    profile = held.value
    dated = [one for one in of_profile(held) if one.ends_at is not None]
    return ProfileState(
        held,
        api,
        answers=tuple(seen),
        has_token=profile.id in ends,
        token_until=ends.get(profile.id),
        ends_next=min(dated, key=lambda one: one.ends_at or 0, default=None),
    )


def _troubles(
    actor: Actor, states: Iterable[ProfileState], times: Mapping[tuple[str, str | None], int], *, since: int
) -> tuple[Trouble, ...]:
    """The newest of each cause and profile; `times` are those of the history."""
    by_id = {state.profile.id: state for state in states}
    newest: dict[tuple[str, str | None], AnswerLine] = {}
    for one in answers.troubled(actor, since=since, limit=LOOKED_THROUGH):
        newest.setdefault((one.cause, one.profile_id), one)
    return tuple(_trouble(one, by_id, times.get(key, 0)) for key, one in list(newest.items())[:TROUBLES])


def _trouble(newest: AnswerLine, by_id: Mapping[str, ProfileState], times: int) -> Trouble:
    state = by_id.get(newest.profile_id or "")
    last = state.last if state else None
    is_over = last is not None and last.is_good and last.at > newest.at
    return Trouble(newest.cause, newest, state.profile if state else None, times, is_over)


def _furthest(actor: Actor, states: Iterable[ProfileState]) -> tuple[OpenProfile, Checklist] | None:
    """The refused one that was called last, else the first without a credential: one list, however many profiles.

    Of those alone that the actor can mend.
    """
    mended = [one for one in states if one.held.may("manage")]
    refused = [one for one in mended if one.last is not None and not one.last.is_good]
    bare = (one for one in mended if lacks_credential(one.profile, one.profile.credential.kind))
    worst = max(refused, key=_last_at) if refused else next(bare, None)
    if worst is None:
        return None
    opened = opening.of_profile(actor, "view", worst.profile.id)
    return opened, checklist.of_profile(opened)


def _last_at(state: ProfileState) -> int:
    return state.last.at if state.last else 0


def _sample(own: OwnSandbox, states: Iterable[ProfileState]) -> ProfileState | None:
    """The actor's own sandbox profile to begin with: with a secret, for the first API of the gateway."""
    own_ones = (one for one in states if one.held.is_own)
    mine = [one for one in own_ones if one.profile.provider == "sandbox" and one.api is not None]
    if not mine:
        return None
    served = list(own.gateway_apis())

    def rank(one: ProfileState) -> tuple[int, bool]:
        base = one.api.base_url if one.api else ""
        place = served.index(base) if base in served else len(served)
        return place, one.profile.credential.kind is not CredentialKind.SECRET

    return min(mine, key=rank)


def _done(states: Iterable[ProfileState], troubles: Iterable[Trouble]) -> frozenset[str]:
    steps = set()
    for state in (one for one in states if one.held.may("use")):
        if state.has_token or state.answers:
            steps.add("token")
        if any(one.is_good for one in state.answers):
            steps.add("call")
    if any(troubles):
        steps.add("break")
    return frozenset(steps)
