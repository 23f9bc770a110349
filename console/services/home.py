"""Where an integrator stands: each profile's answers and what ends next, and what failed last, in a fixed number of
queries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.adapters import clock
from console.core.actor import Actor
from console.core.api import Api
from console.core.checklist.checklist import Checklist
from console.core.credential import CredentialKind
from console.core.profile import Profile
from console.services import apis, checklist, opening, profiles, tokens
from console.services.own_sandbox import OwnSandbox
from console.store import answers
from console.store import tokens as token_store
from console.store.answers import AnswerLine

SHOWN = 20  # answers of a profile
LOOKED_THROUGH = 200  # attempts for what failed last
FAILED_WITHIN_S = 14 * 86_400
TROUBLES = 5


@dataclass(frozen=True, slots=True)
class ProfileState:
    """A profile with its newest answers (newest first). `token_until` is epoch seconds, None without a stored token or
    an end; `has_token` tells which. `credential_until` is the end of its certificate, None when nobody here knows one.
    """

    profile: Profile
    api: Api | None
    answers: tuple[AnswerLine, ...] = ()
    has_token: bool = False
    token_until: int | None = None
    credential_until: int | None = None

    @property
    def last(self) -> AnswerLine | None:
        return self.answers[0] if self.answers else None


@dataclass(frozen=True, slots=True)
class Trouble:
    """One cause with one profile: how often, from when to when; `is_over` when a later call was answered well."""

    cause: str
    newest: AnswerLine
    profile: Profile | None
    times: int
    first_at: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class Home:
    """`sample` is the profile to begin with, None without one. `done` are the newcomer's steps that were taken.

    `furthest` is the profile that is furthest from well, with its checklist; None where all are well.
    """

    now: int
    states: tuple[ProfileState, ...]
    troubles: tuple[Trouble, ...]
    sample: ProfileState | None
    done: frozenset[str]
    furthest: tuple[Profile, Checklist] | None = None


def of_actor(actor: Actor) -> Home:
    now = clock.now()
    own = OwnSandbox(actor)
    states = _states(own)
    troubles = _troubles(actor, states, since=now - FAILED_WITHIN_S)
    sample, done = _sample(own, states), _done(states, troubles)
    return Home(now, states, troubles, sample=sample, done=done, furthest=_furthest(actor, states))


def profile_states(actor: Actor) -> tuple[ProfileState, ...]:
    """Every profile the actor sees, by name."""
    return _states(OwnSandbox(actor))


def _states(own: OwnSandbox) -> tuple[ProfileState, ...]:
    actor = own.actor
    found = profiles.list_profiles(actor)
    offered = {api.id: api for api in apis.list_apis(actor, own)}
    seen = answers.newest_of(actor, [one.id for one in found], limit=SHOWN)
    held = token_store.ends_of([tokens.token_key(own, one) for one in found], after=clock.now())
    return tuple(_state(one, offered.get(one.api_id or ""), seen.get(one.id, ()), held) for one in found)


def _state(
    profile: Profile, api: Api | None, seen: Iterable[AnswerLine], held: Mapping[str, int | None]
) -> ProfileState:
    certificate = profile.credential.certificate
    return ProfileState(
        profile,
        api,
        answers=tuple(seen),
        has_token=profile.id in held,
        token_until=held.get(profile.id),
        credential_until=certificate.not_after if certificate else None,
    )


def _troubles(actor: Actor, states: Iterable[ProfileState], *, since: int) -> tuple[Trouble, ...]:
    by_id = {state.profile.id: state for state in states}
    groups: dict[tuple[str, str | None], list[AnswerLine]] = {}
    for one in answers.troubled(actor, since=since, limit=LOOKED_THROUGH):
        groups.setdefault((one.cause, one.profile_id), []).append(one)
    return tuple(_trouble(group, by_id) for group in list(groups.values())[:TROUBLES])


def _trouble(group: list[AnswerLine], by_id: Mapping[str, ProfileState]) -> Trouble:
    newest = group[0]
    state = by_id.get(newest.profile_id or "")
    last = state.last if state else None
    is_over = last is not None and last.is_good and last.at > newest.at
    return Trouble(newest.cause, newest, state.profile if state else None, len(group), group[-1].at, is_over)


def _furthest(actor: Actor, states: Iterable[ProfileState]) -> tuple[Profile, Checklist] | None:
    """The refused one that was called last, else the first without a credential: one list, however many profiles."""
    refused = [one for one in states if one.last is not None and not one.last.is_good]
    bare = (one for one in states if one.profile.credential.kind is CredentialKind.NONE)
    worst = max(refused, key=_last_at) if refused else next(bare, None)
    if worst is None:
        return None
    return worst.profile, checklist.of_profile(opening.of_profile(actor, "view", worst.profile.id))


def _last_at(state: ProfileState) -> int:
    return state.last.at if state.last else 0


def _sample(own: OwnSandbox, states: Iterable[ProfileState]) -> ProfileState | None:
    """The sandbox profile to begin with: with a secret, for the first API of the gateway."""
    mine = [one for one in states if one.profile.provider == "sandbox" and one.api is not None]
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
    for state in states:
        if state.has_token or state.answers:
            steps.add("token")
        if any(one.is_good for one in state.answers):
            steps.add("call")
    if any(troubles):
        steps.add("break")
    return frozenset(steps)
