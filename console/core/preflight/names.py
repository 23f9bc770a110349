"""Each host name leads to an address that this console may call."""

from console.core.http.reached import ReachedPlace
from console.core.owner import Owner
from console.core.preflight.base import PreflightStage, StageFact, StageResult, StageStatus, not_needed, well
from console.core.preflight.reached import SeenPlaces


def judge(seen: SeenPlaces) -> StageResult:
    failed, outside = seen.failed, seen.outside
    if failed is not None and failed.failure is not None:
        return StageResult(
            StageStatus.FAIL,
            f"{failed.host} cannot be called.",
            failed.failure.detail,
            "Check the spelling of the address, and that its name is known where this console runs.",
            Owner.NETWORK,
            facts=tuple(map(_fact, seen.outside)),
        )
    if not outside:
        return not_needed(seen.why_none("No name is looked up"))
    hosts = len({one.host for one in outside})
    told = "The host name leads" if hosts == 1 else f"All {hosts} host names lead"
    return well(f"{told} to addresses that this console may call.", *map(_fact, outside))


def _fact(place: ReachedPlace) -> StageFact:
    inside = place.hidden_addresses
    hidden = f"{inside} address{'es' if inside > 1 else ''} of an internal network" if inside else ""
    found = ", ".join(filter(None, (*place.addresses, hidden))) or "no address"
    return StageFact(f"{place.purpose}, {place.host}", found)


STAGE: PreflightStage[SeenPlaces] = PreflightStage(
    code="names",
    title="Name resolution",
    explains="Looks up the host names of the provider and of the API, where this console runs, and checks that its own "
    "rules let it call what they lead to.",
    judge=judge,
)
