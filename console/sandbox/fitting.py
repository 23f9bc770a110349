"""Which faults show with a profile, and how each ends: the one place that decides what can be practised with it."""

from dataclasses import dataclass
from enum import StrEnum

from console.core.grants import grant_of
from console.core.grants.base import Need
from console.core.profile import Profile
from console.sandbox.faults import FAULTS
from console.sandbox.faults.base import ENTRA, REFRESH, Fault, Needs, ShowsAt
from console.sandbox.providers import PLAYED

CLIENT_CREDENTIALS = "client_credentials"
_OF_THEIR_OWN = frozenset(one.segment for one in PLAYED)  # all others are played by the tenant in Entra's shape


class HowItEnds(StrEnum):
    """How a call ends that a fault breaks, in the order of the way that it goes."""

    NO_TOKEN = "no token"
    SIGN_IN_ENDS = "sign-in ends"
    TOKEN_REFUSED = "token refused"
    CALL_FAILS = "call fails"


@dataclass(frozen=True, slots=True)
class FittingFault:
    fault: Fault
    outcome: HowItEnds


def fitting(profile: Profile, *, is_behind_gateway: bool = True) -> tuple[FittingFault, ...]:
    """For a profile at a provider that the sandbox plays, in the order of the catalogue.

    Those alone that end in a refusal: what a gateway lets in wrongly is found by the auth matrix. A grant with a person
    gets its next token with the refresh token of their sign-in. `is_behind_gateway`: its Api is one of the sandbox's
    own gateway, which is what refuses a call; without that nothing shows but at the token endpoint.
    """
    grant_type = _asked_with(profile)
    found = (one for one in FAULTS if one.cause and (is_behind_gateway or one.shows_at is ShowsAt.TOKEN))
    return tuple(FittingFault(one, _outcome(one, profile)) for one in found if _shows(one, profile, grant_type))


def _asked_with(profile: Profile) -> str:
    grant = grant_of(profile.grant)
    return REFRESH if Need.USER in grant.needs else grant.grant_type


def _shows(one: Fault, profile: Profile, grant_type: str) -> bool:
    return (
        (_is_of_call(one) or one.provider == _played_by(profile))
        and (not one.grant_types or grant_type in one.grant_types)
        and one.needs in (Needs.ANY, profile.credential.kind.value)
        and (not one.is_of_applications or grant_type == CLIENT_CREDENTIALS)
        and (not one.needs_setting or bool(profile.settings.get(one.needs_setting)))
    )


def is_hidden_by_stored_tokens(one: Fault, profile: Profile) -> bool:
    """Whether it shows with this profile where a token is asked for alone: a stored one is as it was made."""
    return not _is_of_call(one) and _shows(one, profile, _asked_with(profile))


def is_of_another(one: Fault, profile: Profile) -> bool:
    """Whether another provider of the sandbox misbehaves than the one of this profile: nothing of it shows there."""
    return not _is_of_call(one) and one.provider != _played_by(profile)


def _played_by(profile: Profile) -> str:
    return profile.provider if profile.provider in _OF_THEIR_OWN else ENTRA


def _is_of_call(one: Fault) -> bool:
    """It shows whoever made the token."""
    return one.shows_at is ShowsAt.CALL and one.on_issue is None and one.on_claims is None


def _outcome(one: Fault, profile: Profile) -> HowItEnds:
    """A refused refresh ends a sign-in; a provider that is down, or too slow, says nothing of it."""
    if one.shows_at is ShowsAt.CALL:
        return HowItEnds.CALL_FAILS if _is_of_call(one) else HowItEnds.TOKEN_REFUSED
    is_passing = one.token_answer is not None
    is_persons = Need.USER in grant_of(profile.grant).needs
    return HowItEnds.SIGN_IN_ENDS if is_persons and not is_passing else HowItEnds.NO_TOKEN
