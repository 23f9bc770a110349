"""What the stages below any request look at: each place of a profile, once."""

from dataclasses import dataclass

from console.core.http.reached import ReachedPlace


@dataclass(frozen=True, slots=True)
class SeenPlaces:
    """All that a stage looked at, each place once. `now` is epoch seconds."""

    places: tuple[ReachedPlace, ...]
    now: int = 0

    @property
    def outside(self) -> tuple[ReachedPlace, ...]:
        """Those that this console opens connections to itself."""
        return tuple(one for one in self.places if not one.is_local and not one.is_proxied)

    @property
    def failed(self) -> ReachedPlace | None:
        return next((one for one in self.places if one.failure is not None), None)

    def why_none(self, what: str) -> str:
        """Why nothing was looked at: a sentence; `what` is left out, as "No name is looked up"."""
        if any(one.is_proxied for one in self.places):
            return f"{what}: a proxy of this deployment does that for every request."
        if any(one.is_local for one in self.places):
            return f"{what}: the sandbox answers inside this console."
        return f"{what}: this profile names no address."
