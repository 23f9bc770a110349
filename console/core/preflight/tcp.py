"""A connection can be opened to each place."""

from console.core.http.reached import ReachedPlace
from console.core.owner import Owner
from console.core.preflight.base import PreflightStage, StageFact, StageResult, StageStatus, not_needed, well
from console.core.preflight.reached import SeenPlaces


def judge(seen: SeenPlaces) -> StageResult:
    failed, outside = seen.failed, seen.outside
    if failed is not None and failed.failure is not None:
        return StageResult(
            StageStatus.FAIL,
            f"No connection to {failed.host} at port {failed.port}.",
            failed.failure.detail,
            "Check the port, then have this machine let through to it by the firewalls on the way.",
            Owner.NETWORK,
            facts=tuple(_fact(one) for one in outside if one.failure is None),
        )
    if not outside:
        return not_needed(seen.why_none("No connection is opened"))
    told = "The place accepts" if len(outside) == 1 else f"All {len(outside)} places accept"
    return well(f"{told} connections.", *map(_fact, outside))


def _fact(place: ReachedPlace) -> StageFact:
    return StageFact(f"{place.purpose}, {place.host}:{place.port}", f"open after {place.elapsed_ms} ms")


STAGE: PreflightStage[SeenPlaces] = PreflightStage(
    code="tcp",
    title="Connection",
    explains="Opens a connection to the port of each place and closes it again, which tells firewalls and closed ports "
    "from everything above them.",
    judge=judge,
)
