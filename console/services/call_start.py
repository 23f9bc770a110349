"""What the form of a call begins with: the operations that are known, and the call that was sent last."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from console.core.actor import Actor
from console.core.call import METHODS, CallProblem, call_url
from console.core.compose.keeping import KeptRequest
from console.core.held import Held
from console.core.openapi.filling import filled
from console.core.openapi.model import DocumentOperation
from console.services import api_operations, saved_requests
from console.services.opening import OpenProfile
from console.store import answers
from console.store.answers import AnswerLine
from console.store.saved_requests import RequestLine, RequestRecord

MOST = 12  # operations learned from them
LISTED = 40  # operations of a document that stand in the list; the others are found on the page of the API's operations


@dataclass(frozen=True, slots=True)
class Offer:
    """An operation. `method` may be `*` (any); in `path` a `*` or a `{name}` stands for a part to fill in."""

    method: str
    path: str

    @property
    def is_ready(self) -> bool:
        return not {"*", "{"} & set(f"{self.method}{self.path}")


@dataclass(frozen=True, slots=True)
class CallStart:
    """`method` and `path` to begin with. `known` operations are the API's own, `learned` ones were answered before, and
    `worked` ones with this very profile; the newest first.

    `has_document`: `known` are the first of the API's OpenAPI document. `operation` is the one of it that was chosen,
    None when none was: `query`, `headers` (lines of "Name: value") and `body` come of it; `path` keeps its `{name}`.
    `needs_key` is None when nobody knows whether the gateway asks for a subscription key. `last` is the last call.
    """

    method: str = "GET"
    path: str = ""
    query: str = ""
    headers: str = ""
    body: str = ""
    operation: DocumentOperation | None = None
    has_document: bool = False
    known: tuple[Offer, ...] = ()
    learned: tuple[Offer, ...] = ()
    worked: tuple[Offer, ...] = ()
    needs_key: bool | None = None
    last: AnswerLine | None = None


def of_profile(opened: OpenProfile, *, wanted: str = "") -> CallStart:
    """Where the form begins: the operation that is `wanted` ("GET /orders"), the last call, or the first operation."""
    api, profile = opened.api, opened.profile
    if api is None:
        return CallStart()
    seen = answers.of_api(opened.actor, api.id)
    own = opened.own.gateway_apis().get(api.base_url.rstrip("/"))
    documented = api_operations.first(opened.actor, api.id, limit=LISTED) if api.operation_count else []
    offered = tuple(Offer(one.method, one.path) for one in documented if one.method in METHODS)
    known = offered or (tuple(_offer(text) for text in own.operations) if own else ())
    other = tuple(_learned(seen, known))
    last = next((one for one in seen if one.profile_id == profile.id), None)
    start = CallStart(
        known=known,
        learned=other,
        worked=tuple(_learned([one for one in seen if one.profile_id == profile.id], ())),
        has_document=bool(documented),
        needs_key=own.requires_key if own else None,
        last=last,
    )
    operation = api_operations.chosen(opened.actor, api.id, wanted) if wanted and documented else None
    if operation is not None and operation.method in METHODS:
        call = filled(operation, key_header=api.subscription_key_header)
        path = operation.path.partition("?")[0]  # open: an example in it would pass for what a person wants
        chosen = replace(start, operation=operation, method=call.method, path=path)
        return replace(chosen, query=call.query, headers=call.headers, body=call.body)
    first = _chosen(wanted, (*known, *other)) or _of_title(last.title if last else "") or _first(known)
    method = first.method if first and first.method != "*" else "GET"
    return replace(start, method=method, path=first.path.split("*")[0] if first else "")


def learned(actor: Actor, api_id: str) -> tuple[Offer, ...]:
    """The operations of an Api that answered well when they were called, of the newest calls that the actor sees."""
    return tuple(_learned(answers.of_api(actor, api_id), ()))


def usual_profile(actor: Actor, api_id: str, profile_ids: list[str]) -> str:
    """Which of the profiles an Api is called with when nobody has chosen: the one the actor used last, of their newest
    calls; without one the first. "" where there is none.
    """
    if len(profile_ids) < 2:
        return profile_ids[0] if profile_ids else ""
    used = (one.profile_id for one in answers.of_api(actor, api_id))
    return next((one for one in used if one in profile_ids), profile_ids[0])


@dataclass(frozen=True, slots=True)
class FormStart:
    """What the form begins with when a person opens it.

    `kept` is the request that it holds whole: the `saved` one that was opened, or what the person sent last. None: the
    form holds what `call` says. `saved` is None where none was opened; `listed` are all of the profile.
    """

    call: CallStart
    kept: KeptRequest | None = None
    saved: Held[RequestRecord] | None = None
    listed: tuple[Held[RequestLine], ...] = ()


def of_form(opened: OpenProfile, *, wanted: str = "", saved_id: str = "") -> FormStart:
    """Begins with the saved request of `saved_id`, the operation that is `wanted`, what was sent last, or as
    `of_profile`. Raises NotFound for a saved request that the profile has not.
    """
    call = of_profile(opened, wanted=wanted)
    if opened.api is None:
        return FormStart(call)
    found = saved_requests.of_profile(opened)
    if saved_id:
        saved = saved_requests.open_saved(opened, saved_id)
        return FormStart(call, saved.value.kept, saved, found.named)
    return FormStart(call, None if wanted else found.last, None, found.named)


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


def _learned(seen: Iterable[AnswerLine], known: tuple[Offer, ...]) -> list[Offer]:
    """Operations that were answered well, the newest first, without those the API names itself."""
    found = map(_of_title, dict.fromkeys(one.title for one in seen if one.is_good))
    distinct = dict.fromkeys(one for one in found if one is not None and one not in known)
    return list(distinct)[:MOST]
