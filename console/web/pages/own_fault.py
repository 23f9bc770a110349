"""The fault that the sandbox of a profile has, and those that its user may set from the page of it or of its call."""

from typing import Any

from console.services import practice, practice_again
from console.services.calls import OpenAttempt
from console.services.opening import OpenProfile
from console.web.present.breaking import practice_context
from console.web.present.sandbox import active_fault


def fault_context(opened: OpenProfile) -> dict[str, Any]:
    """`fault` is what is switched on, None for none: nobody shall puzzle over their own. `breaking` are the groups of
    faults that "Break it" offers, empty where one press cannot do it, which `unbreakable` then explains; `fault_of` is
    whose sandbox it is, "" for theirs.
    """
    found = practice.of_profile(opened)
    is_of_another = practice.is_of_another(opened, found.active)
    return {**practice_context(found), "fault_of": _whose(opened), "is_of_another": is_of_another}


def switched_on(opened: OpenProfile, back: str) -> dict[str, Any]:
    """What components/fault_banner.html needs where the profile is put to use and nothing is broken. `back` is the
    address of that page, come back to through the same connection.
    """
    code = practice.active_in(opened)
    active, is_of_another = active_fault(code or None), practice.is_of_another(opened, code)
    through = f"?connection={opened.connection_id}" if opened.connection_id else ""
    return {
        "fault": active,
        "fault_of": _whose(opened),
        "fault_back": f"{back}{through}",
        "is_of_another": is_of_another,
    }


def _whose(opened: OpenProfile) -> str:
    return "" if opened.held.is_own else opened.held.owner


def past_practice(profile: OpenProfile, opened: OpenAttempt) -> dict[str, Any] | None:
    """What calls/break_it.html needs of a call of the past; None where nothing can be practised with it."""
    found = practice_again.of_record(profile, opened.record)
    return {**practice_context(found.practice), "is_whole": found.is_whole} if found else None


def fault_behind(profile: OpenProfile, opened: OpenAttempt) -> str:
    """The title of the fault that is switched on in the actor's own sandbox, where it explains the attempt; else ""."""
    cause, active = opened.diagnosis.primary, active_fault(practice.of_profile(profile).active or None)
    is_behind = active is not None and cause is not None and active["cause"] == cause.cause
    return active["title"] if active and is_behind and profile.held.is_own else ""
