"""The faults of the sandbox that show with one profile: what "Break it" offers."""

from typing import Any

from console.core.grants import grant_of
from console.core.profile import Profile
from console.web.present.sandbox import fault_groups, words_of_grant

FIRST_FAULT = "missing-role"


def fitting_faults(profile: Profile, active: str | None) -> list[dict[str, Any]]:
    """In groups, those without a fitting one left out. One is chosen: what is switched on, else a good first one."""
    kind, grant = profile.credential.kind.value, words_of_grant(grant_of(profile.grant).grant_type)
    groups = [{**group, "faults": _fitting(group["faults"], kind, grant)} for group in fault_groups(active)]
    listed = [one for group in groups for one in group["faults"]]
    chosen = next((one["code"] for one in listed if one["is_active"]), FIRST_FAULT)
    for one in listed:
        one["is_chosen"] = one["code"] == chosen
    return [group for group in groups if group["faults"]]


def _fitting(faults: list[dict[str, Any]], kind: str, grant: str) -> list[dict[str, Any]]:
    """Of those that end in a refusal: what a gateway lets in wrongly is found by the auth matrix."""
    refusing = [one for one in faults if one["cause"]]
    return [one for one in refusing if one["needs"] in ("", kind) and (not one["grants"] or grant in one["grants"])]
