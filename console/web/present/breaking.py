"""The faults of the sandbox that show with one profile: what "Break it" offers, by how each ends."""

from collections.abc import Iterable
from typing import Any

from console.sandbox.fitting import FittingFault, HowItEnds
from console.services.practice import Practice
from console.web.present.sandbox import active_fault

FIRST_FAULT = "missing-role"
GROUPS = (
    (HowItEnds.TOKEN_REFUSED, "Ends at the gateway: the token is refused"),
    (HowItEnds.NO_TOKEN, "Ends at the provider: no token is given"),
    (HowItEnds.SIGN_IN_ENDS, "Ends the sign-in: somebody signs in again afterwards"),
    (HowItEnds.CALL_FAILS, "Ends with the call: the token is good"),
)


def practice_context(practice: Practice) -> dict[str, Any]:
    """For profiles/break_it.html and calls/break_it.html."""
    refused = practice.refused
    return {
        "fault": active_fault(practice.active or None),
        "breaking": fault_choices(practice.faults, practice.active),
        "unbreakable": f"{refused.why} {refused.do}" if refused else "",
    }


def fault_choices(found: Iterable[FittingFault], active: str | None) -> list[dict[str, Any]]:
    """In groups, empty ones left out. One is chosen: what is switched on, else a good first one, which ends no sign-in
    unless all do.
    """
    listed = tuple(found)
    chosen = _chosen(listed, active)
    groups = (
        {
            "title": title,
            "faults": [
                {"code": one.fault.code, "title": one.fault.title, "is_chosen": one.fault.code == chosen}
                for one in listed
                if one.outcome is outcome
            ],
        }
        for outcome, title in GROUPS
    )
    return [group for group in groups if group["faults"]]


def _chosen(listed: tuple[FittingFault, ...], active: str | None) -> str:
    codes = [one.fault.code for one in sorted(listed, key=lambda one: one.outcome is HowItEnds.SIGN_IN_ENDS)]
    return next((code for code in (active, FIRST_FAULT) if code in codes), codes[0] if codes else "") or ""
