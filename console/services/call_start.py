"""What the form of a call begins with: the operations that are known, and the call that was sent last."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.core.call import METHODS, CallProblem, call_url
from console.services.opening import OpenProfile
from console.store import answers
from console.store.answers import AnswerLine

SEEN = 60  # calls that are looked through for operations that were answered
MOST = 12  # operations learned from them


@dataclass(frozen=True, slots=True)
class Offer:
    """An operation. `method` may be `*` (any); in `path` a `*` stands for a part to fill in."""

    method: str
    path: str

    @property
    def is_ready(self) -> bool:
        return "*" not in f"{self.method}{self.path}"


@dataclass(frozen=True, slots=True)
class CallStart:
    """`method` and `path` to begin with. `known` operations are the API's own, `learned` ones were answered before.

    `needs_key` is None when nobody knows whether the gateway asks for a subscription key. `last` is the last call.
    """

    method: str = "GET"
    path: str = ""
    known: tuple[Offer, ...] = ()
    learned: tuple[Offer, ...] = ()
    needs_key: bool | None = None
    last: AnswerLine | None = None


def of_profile(opened: OpenProfile, *, wanted: str = "") -> CallStart:
    """Where the form begins: the operation that is `wanted` ("GET /orders"), the last call, or the first operation."""
    api, profile = opened.api, opened.profile
    if api is None:
        return CallStart()
    seen = answers.of_api(opened.actor, api.id, limit=SEEN)
    own = opened.own.gateway_apis().get(api.base_url.rstrip("/"))
    known = tuple(_offer(text) for text in own.operations) if own else ()
    learned = tuple(_learned(seen, known))
    last = next((one for one in seen if one.profile_id == profile.id), None)
    first = _chosen(wanted, (*known, *learned)) or _of_title(last.title if last else "") or _first(known)
    return CallStart(
        method=first.method if first and first.method != "*" else "GET",
        path=first.path.split("*")[0] if first else "",
        known=known,
        learned=learned,
        needs_key=own.requires_key if own else None,
        last=last,
    )


def _chosen(wanted: str, offers: Iterable[Offer]) -> Offer | None:
    return next((one for one in offers if f"{one.method} {one.path}" == wanted), None)


def _first(known: tuple[Offer, ...]) -> Offer | None:
    return next((one for one in known if one.is_ready), None)


def _offer(text: str) -> Offer:
    method, _, path = text.partition(" ")
    return Offer(method, path)


def _of_title(title: str) -> Offer | None:
    """The operation a kept title names; None when a part of it was masked, or it could not be sent again."""
    found = _offer(title)
    is_whole = found.method in METHODS and found.is_ready and "<" not in found.path and "…" not in found.path
    return found if is_whole and not isinstance(call_url("", found.path, ""), CallProblem) else None


def _learned(seen: Iterable[AnswerLine], known: tuple[Offer, ...]) -> Iterable[Offer]:
    """Operations that were answered well, the newest first, without those the API names itself."""
    found = (_of_title(one.title) for one in seen if one.is_good)
    distinct = dict.fromkeys(one for one in found if one is not None and one not in known)
    return list(distinct)[:MOST]
