"""What the audit trail says of what leaves this server: that it began, where to, and how it ended.

"Began" is written before anything is sent, the other entry after it: one without the other is a process that died.
"""

from collections.abc import Callable, Sequence
from functools import partial

from console.adapters import clock
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.destination import origin
from console.core.exchange import Exchange, FailureKind, Request
from console.core.profile import Profile
from console.store import audit

_REFUSED_HERE = (FailureKind.BLOCKED_ADDRESS, FailureKind.BUSY)  # by the console itself: nothing was sent


def began(actor: Actor, action: Action, profile: Profile, *, detail: str) -> None:
    """Before the first request; `detail` says where it goes."""
    _append(actor, action, profile, result="began", detail=detail)


def ended(actor: Actor, action: Action, profile: Profile, exchanges: Sequence[Exchange], *, problem: str = "") -> None:
    """After the last one. `problem` says what stopped it where no exchange does."""
    detail = "; ".join(text for text in (_detail(exchanges), problem) if text)
    _append(actor, action, profile, result=_result(exchanges, problem), detail=detail)


class LastEntry:
    """Around what is made of the answers: the entry of how it ended is written with what is kept of them, in one
    transaction, and without it where nothing comes to be kept, whatever went wrong.
    """

    def __init__(self, actor: Actor, action: Action, profile: Profile, exchanges: Sequence[Exchange]) -> None:
        self._tell = partial(
            _append,
            *(actor, action, profile),
            result=_result(exchanges, ""),
            detail=_detail(exchanges),
            now=clock.now(),
        )
        self._is_told = False

    def __enter__(self) -> "LastEntry":
        return self

    def __exit__(self, *_: object) -> None:
        if not self._is_told:
            self._tell()

    def told_beside(self, keep: Callable[[], object]) -> None:
        """Writes the entry; `keep` is done in the same transaction, and sends nothing."""
        self._tell(beside=keep)
        self._is_told = True


def where(request: Request) -> str:
    """Method and origin: never path, query or headers."""
    return f"{request.method} {origin(request.url)}"


def outcome(exchange: Exchange) -> str:
    """The status, or the kind and rule of the failure."""
    failure = exchange.failure
    if failure is not None:
        return f"{failure.kind} ({failure.rule})" if failure.rule else str(failure.kind)
    return str(exchange.response.status) if exchange.response else "no answer"


def _detail(exchanges: Sequence[Exchange]) -> str:
    return "; ".join(f"{where(one.request)}: {outcome(one)}" for one in exchanges)


def _result(exchanges: Sequence[Exchange], problem: str) -> str:
    failure = exchanges[-1].failure if exchanges else None
    if failure is not None:
        return "refused" if failure.kind in _REFUSED_HERE else "failed"
    if not exchanges:
        return "failed" if problem else "nothing sent"
    return "failed" if problem else "answered"


def _append(
    actor: Actor,
    action: Action,
    profile: Profile,
    *,
    result: str,
    detail: str,
    now: int | None = None,
    beside: Callable[[], object] | None = None,
) -> None:
    audit.append(
        actor,
        action,
        object_kind="profile",
        object_id=profile.id,
        result=result,
        now=clock.now() if now is None else now,
        detail=detail,
        beside=beside,
    )
