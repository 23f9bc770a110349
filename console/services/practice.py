"""Practise a failure: one step sets a fault of the sandbox, asks for a fresh token and sends the call."""

from dataclasses import dataclass, replace

from django.conf import settings

from console.core.call import ApiCall
from console.core.errors import Misconfigured, NotAllowed, NotFound
from console.core.grants import grant_of
from console.core.grants.base import Need
from console.core.oauth.setting import SUBJECT_FROM
from console.core.profile import Profile
from console.core.providers import provider_of
from console.sandbox.faults import fault
from console.sandbox.fitting import FittingFault, fitting, is_hidden_by_stored_tokens
from console.sandbox.fitting import is_of_another as is_of_another_provider
from console.services import call_start, calls, connection_tokens, opening, sandbox, tokens
from console.services.calls import SentCall
from console.services.obtained import Obtained
from console.services.opening import OpenProfile
from console.services.own_sandbox import OwnSandbox


@dataclass(frozen=True, slots=True)
class Practised:
    """`sent` is None when already the token failed."""

    opened: OpenProfile
    obtained: Obtained
    sent: SentCall | None

    @property
    def attempt_id(self) -> str | None:
        """The attempt that tells how it ended; None when nothing was kept."""
        sent = self.sent.attempt_id if self.sent else None
        return sent or self.obtained.attempt_id


@dataclass(frozen=True, slots=True)
class Practice:
    """What can be practised with a profile: the faults that one press can show with it.

    `active` is the code of the fault that is switched on in its sandbox, "" for none, None where there is no sandbox
    that can be opened. `refused` says why nothing can be practised at this moment, None where it can, and where nobody
    would expect to.
    """

    active: str | None = None
    faults: tuple[FittingFault, ...] = ()
    refused: NotAllowed | None = None


def is_of_another(opened: OpenProfile, active: str | None) -> bool:
    """Whether the fault of this code belongs to another provider of the sandbox than the profile's."""
    found = fault(active)
    return found is not None and is_of_another_provider(found, opened.profile)


def hidden_by_stored(opened: OpenProfile, sent: SentCall, *, then: str) -> str:
    """What is to be known where a stored token went along, in which the fault that is switched on need not show; ""
    elsewhere. Where the fault explains the answer, it was in the token. `then` is what to do with a fresh one.
    """
    obtained, found = sent.obtained, fault(active_in(opened))
    if found is None or obtained is None or not obtained.is_from_store or sent.exchange is None:
        return ""
    primary = sent.diagnosis.primary if sent.diagnosis else None
    is_shown = primary is not None and primary.cause == found.cause
    if is_shown or not is_hidden_by_stored_tokens(found, opened.profile):
        return ""
    return (
        f"It went with a stored token. The fault “{found.title}” shows only in a token that was got while it is "
        f"switched on: get a fresh one on the profile’s page, then {then}."
    )


def of_profile(opened: OpenProfile) -> Practice:
    """For a profile that is open; whoever may not break it, and whatever is outside of the sandbox, has nothing."""
    active = active_in(opened)
    if active is None or opened.api is None or not opened.held.is_own or not opened.held.may("use"):
        return Practice(active)
    refused = _unready(opened)
    return Practice(active, refused=refused) if refused else Practice(active, _fitting(opened))


def of_sample(sample: Profile) -> tuple[FittingFault, ...]:
    """For a sample profile that is not open: its Api is one of the sandbox's gateway."""
    return fitting(sample)


def practise(opened: OpenProfile, code: str | None, *, call: ApiCall | None = None) -> Practised:
    """Sets a fault, or mends the sandbox with None; `call` is what to send, None for the first that is known to work.

    Raises NotAllowed for a profile that cannot be broken, and for a fault that does not show with it; NotFound for an
    unknown fault; and what a call raises.
    """
    _must_be_own_practice(opened)
    if code is not None:
        _must_fit(opened, code)
    sandbox.set_fault(opened.actor, code)
    opened = replace(opened, own=OwnSandbox(opened.actor))  # as it is with the fault
    obtained = tokens.obtain_for(opened, wants_fresh=True)
    if obtained.access_token is None:
        return Practised(_after(opened), obtained, None)
    return Practised(opened, obtained, calls.send_for(opened, call or _first_call(opened)))


def _after(opened: OpenProfile) -> OpenProfile:
    """With its connection as it is now: a refused refresh has ended the sign-in."""
    return opening.of_connection(opened.actor, "use", opened.connection_id) if opened.connection_id else opened


def active_in(opened: OpenProfile) -> str | None:
    """The code of the fault that is switched on in its sandbox, as Practice has it."""
    profile = opened.profile
    if not settings.CONSOLE_SANDBOX or not provider_of(profile.provider).is_played(profile.settings):
        return None
    try:
        return opened.own.workspace.state.fault or ""
    except Misconfigured:  # the page says already that the key ring does not fit
        return None


def _fitting(opened: OpenProfile) -> tuple[FittingFault, ...]:
    base_url = opened.api.base_url.rstrip("/") if opened.api else ""
    return fitting(opened.profile, is_behind_gateway=base_url in opened.own.gateway_apis())


def _must_be_own_practice(opened: OpenProfile) -> None:
    profile = opened.profile
    if not provider_of(profile.provider).is_played(profile.settings) or opened.api is None:
        raise NotAllowed(
            "Only a profile of the sandbox can be broken for practice.",
            why="The sandbox plays provider and gateway; others are not this console's to break.",
            do="Choose one of the sandbox's sample profiles.",
            who="You can do this.",
        )
    if not opened.held.is_own:
        raise NotAllowed(
            "Only a profile of your own can be broken for practice.",
            why=f"This one acts in the sandbox of {opened.held.owner}, and a fault there would be theirs too.",
            do="Choose one of your own sample profiles.",
            who="You can do this.",
        )


def _must_fit(opened: OpenProfile, code: str) -> None:
    """A fault that would not show is not set: its person would wait for a refusal that cannot come."""
    found = fault(code)
    if found is None:
        raise NotFound("There is no such fault.")
    if refused := _unready(opened):
        raise refused
    if found.code not in {one.fault.code for one in _fitting(opened)}:
        raise NotAllowed(
            f"The fault “{found.title}” does not show with this profile.",
            why="Its provider, grant, credential or API is another than the one that the fault needs.",
            do="Choose one of the faults that the profile's page offers.",
            who="You can do this.",
        )


def _unready(opened: OpenProfile) -> NotAllowed | None:
    """Why one press does not do it: somebody has to sign in, or something is to be typed."""
    profile = opened.profile
    needs = grant_of(profile.grant).needs
    if connection_tokens.needs_person(opened):
        return _without_sign_in(opened)
    if Need.PASSWORD in needs:
        return _refused(
            "its password is typed for each token and kept nowhere.",
            "Set the fault on the sandbox's page, then get a token here.",
        )
    if Need.SUBJECT_TOKEN in needs and not profile.settings.get(SUBJECT_FROM):
        return _refused(
            "the token that it passes on is pasted for each request and kept nowhere.",
            "Edit the profile and choose whose token it passes on.",
        )
    return None


def _without_sign_in(opened: OpenProfile) -> NotAllowed | None:
    """A connection that can be renewed stands for its person."""
    held = opened.connection
    if held is None or not held.value.is_connected:
        return _refused("nobody is signed in for it.", "Sign in through one of its connections.")
    if not held.value.has_refresh_token:
        return _refused(
            f"“{held.value.name}” has no refresh token, so that no fresh token can be had for the fault.",
            "Ask for the scope offline_access and sign in again.",
        )
    return None


def _refused(why: str, do: str) -> NotAllowed:
    return NotAllowed(
        "This profile cannot be broken in one press.",
        why=f"{why[:1].upper()}{why[1:]}",
        do=do,
        who="You can do this.",
    )


def _first_call(opened: OpenProfile) -> ApiCall:
    start = call_start.of_profile(opened)
    first = next((one for one in start.known if one.is_ready), None)
    return ApiCall(first.method, first.path) if first else ApiCall(start.method, start.path)
