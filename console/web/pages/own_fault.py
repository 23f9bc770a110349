"""The fault that the sandbox of a profile has, and those that its user may set from the profile's page."""

from typing import Any

from django.conf import settings

from console.core.errors import Misconfigured
from console.services import connection_tokens
from console.services.opening import OpenProfile
from console.web.forms.given import form_for, is_optional
from console.web.present.breaking import fitting_faults
from console.web.present.sandbox import active_fault


def fault_context(opened: OpenProfile) -> dict[str, Any]:
    """`fault` is what is switched on, None for none: nobody shall puzzle over their own. `breaking` are the groups of
    faults that "Break it" offers, empty where one press cannot do it; `fault_of` is whose sandbox it is, "" for theirs.
    """
    code = _active(opened)
    return {
        "fault": active_fault(code or None),
        "fault_of": "" if opened.held.is_own else opened.held.owner,
        "breaking": fitting_faults(opened.profile, code) if code is not None and _can_break(opened) else [],
    }


def _active(opened: OpenProfile) -> str | None:
    """The code of the fault, "" for none; None where the profile does not act in a sandbox that can be opened."""
    if opened.profile.provider != "sandbox" or not settings.CONSOLE_SANDBOX:
        return None
    try:
        return opened.own.workspace.state.fault or ""
    except Misconfigured:  # the page says already that the key ring does not fit
        return None


def _can_break(opened: OpenProfile) -> bool:
    """Whether one press gets a token and calls: nobody has to sign in, and nothing is to be typed for it."""
    wanted = form_for(opened.profile)
    is_asked = wanted is not None and not is_optional(opened.profile)
    is_ready = opened.api is not None and opened.held.is_own and opened.held.may("use") and not is_asked
    return is_ready and not connection_tokens.needs_person(opened)
