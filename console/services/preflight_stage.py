"""What one stage of a preflight is given, and what it leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from console.adapters.transport import Transport
from console.core.call import ApiCall
from console.core.exchange import Exchange
from console.core.preflight.base import StageResult
from console.core.redaction.redact import Redactor
from console.core.redaction.typed import typed_secrets
from console.services.opening import OpenProfile
from console.store.runs import RunRecord

PICKED = "picked"


@dataclass(frozen=True, slots=True)
class StageTask:
    """A stage that is to be made now, for a profile that is open for use. `now` is epoch seconds."""

    opened: OpenProfile
    run: RunRecord
    transport: Transport
    now: int

    @property
    def kept(self) -> Mapping[str, str]:
        """What the stages before left."""
        return self.run.kept

    @property
    def call(self) -> ApiCall:
        """The call that was shown before the start."""
        return call_of(self.kept)

    @property
    def is_picked(self) -> bool:
        """Whether a person chose the call, or it was answered well before."""
        return bool(self.kept.get(PICKED))


@dataclass(frozen=True, slots=True)
class MadeStage:
    """`steps` is what went over the wire, redacted; `keep` what later stages need, texts by name."""

    result: StageResult
    steps: tuple[Exchange, ...] = ()
    keep: Mapping[str, str] = field(default_factory=dict, repr=False)


MakeStage = Callable[[StageTask], MadeStage | None]  # None: not now


def named(call: ApiCall) -> str:
    """Method and path for people, without what of the path may be secret."""
    return Redactor(typed_secrets(call)).text(f"{call.method} {call.path or '/'}")


def call_of(kept: Mapping[str, str]) -> ApiCall:
    """The call as it is kept with a run."""
    return ApiCall(kept.get("method", "GET"), kept.get("path", ""), kept.get("query", ""))


def kept_of(call: ApiCall, *, is_picked: bool) -> dict[str, str]:
    """The opposite of `call_of`."""
    return {"method": call.method, "path": call.path, "query": call.query, PICKED: "yes" if is_picked else ""}
