"""What differs between two requests, or two answers: headers by name, query and form by field, JSON by place.

All of it is redacted before it comes here: what was masked on both sides is the same.
"""

import difflib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from console.core.attempts import each_time
from console.core.exchange import Exchange, Header, Response
from console.core.http.content import binary_kind
from console.core.json.changes import MOST, PlaceChange, json_changes, value_text
from console.core.json.strict import read
from console.core.json.text import shorten

MOST_LINES = 400  # of a text that is no JSON, compared line by line; of a longer one the first that differs is told
_MOST_FOLDED = 1000


@dataclass(frozen=True, slots=True)
class WireChanges:
    """`matters` are at most MOST, `more` tells that there were others; `folded` never matter (each_time.py).

    `same` are the parts of which there was something to compare and nothing that matters differs: "the body".
    """

    matters: tuple[PlaceChange, ...] = ()
    folded: tuple[PlaceChange, ...] = ()
    same: tuple[str, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """`name` is how a sentence calls it; `is_there`: at least one side has something of it."""

    name: str
    changes: Iterable[PlaceChange]
    is_folded: Callable[[PlaceChange], bool] = lambda _: False
    is_there: bool = True


def of_requests(before: Exchange, after: Exchange) -> WireChanges:
    """What was sent: method, address, query, headers, body, the assertion that it carried, and its own timeout."""
    old, new = before.request, after.request
    lines = [{"method": one.method, "address": one.url.split("?", 1)[0]} for one in (old, new)]
    queries = [parse_qsl(urlsplit(one.url).query, keep_blank_values=True) for one in (old, new)]
    proofs = [_assertion(one) for one in (before, after)]
    limits = [{"timeout": f"{one.timeout_s} s"} if one.timeout_s else {} for one in (old, new)]
    return _gathered(
        _Part("the address", json_changes(*lines)),
        _Part("the query", _pairs(*queries, place="query"), is_there=any(queries)),
        _Part("the headers", _headers(old.headers, new.headers), lambda one: one.name in each_time.HEADERS_SENT),
        _bodies(old.body, new.body, forms=[_is_form(one.headers) for one in (old, new)]),
        _Part("the assertion", json_changes(*proofs), lambda one: one.name in each_time.CLAIMS, is_there=any(proofs)),
        _Part("the timeout", json_changes(*limits), is_there=any(limits)),
    )


def of_answers(before: Exchange, after: Exchange) -> WireChanges:
    """What came back: the status, or why nothing did; headers and body."""
    old, new = (one.response for one in (before, after))
    headers = [one.headers if one else () for one in (old, new)]
    return _gathered(
        _Part("the status", json_changes(*({"status": _status(one)} for one in (before, after)))),
        _Part("the headers", _headers(*headers), lambda one: one.name in each_time.HEADERS_RECEIVED),
        _bodies(_body(old), _body(new), forms=[False, False]),
    )


def _gathered(*parts: _Part) -> WireChanges:
    matters: list[PlaceChange] = []
    folded: list[PlaceChange] = []
    same: list[str] = []
    for part in parts:
        found = list(islice(part.changes, _MOST_FOLDED))
        loud = [one for one in found if not part.is_folded(one)]
        matters += loud
        folded += (one for one in found if part.is_folded(one))
        if not loud and part.is_there:
            same.append(part.name)
    return WireChanges(tuple(matters[:MOST]), tuple(folded), tuple(same), more=len(matters) > MOST)


def _status(exchange: Exchange) -> str:
    if exchange.response is not None and exchange.failure is None:
        return str(exchange.response.status)
    return f"no answer ({exchange.failure.kind.value})" if exchange.failure else "no answer"


def _headers(before: Iterable[Header], after: Iterable[Header]) -> Iterable[PlaceChange]:
    lowered = ([(name.lower(), value) for name, value in headers] for headers in (before, after))
    return _pairs(*lowered, place="header")


def _pairs(before: Iterable[tuple[str, str]], after: Iterable[tuple[str, str]], *, place: str) -> Iterable[PlaceChange]:
    """Values by name; those of one name in their order, in which they mean something."""
    old, new = _by_name(before), _by_name(after)
    for name in {**old, **new}:
        if old.get(name) != new.get(name):
            sides = [", ".join(one[name]) if name in one else None for one in (old, new)]
            shown = [None if one is None else value_text(one) for one in sides]
            yield PlaceChange(f"{place} {shorten(name)}", name, shown[0], shown[1])


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _is_form(headers: Iterable[Header]) -> bool:
    return any(name.lower() == "content-type" and "x-www-form-urlencoded" in value.lower() for name, value in headers)


def _body(response: Response | None) -> bytes:
    if response is None:
        return b""
    return binary_kind(response).encode() or response.body


def _bodies(before: bytes, after: bytes, *, forms: Collection[bool]) -> _Part:
    name, is_there = "the body", bool(before or after)
    if before == after:
        return _Part(name, (), is_there=is_there)
    if all(forms):
        pairs = (parse_qsl(one.decode("utf-8", "replace"), keep_blank_values=True) for one in (before, after))
        return _Part(name, _pairs(*pairs, place="field"), lambda one: one.name in each_time.FORM_FIELDS)
    old, new = read(before), read(after)
    if old.is_json and new.is_json:
        return _Part(name, json_changes(old.value, new.value, place="body"), _is_new_each_time)
    return _Part(name, _texts(*(one.decode("utf-8", "replace") for one in (before, after))))


def _is_new_each_time(change: PlaceChange) -> bool:
    is_told_anew = change.before is not None and change.after is not None
    is_same_but_for_ids = is_told_anew and each_time.without_ids(change.before) == each_time.without_ids(change.after)
    return each_time.is_member(change.name) or is_same_but_for_ids


def _texts(before: str, after: str) -> Iterable[PlaceChange]:
    """Of two texts what differs, in runs of lines."""
    if not before or not after:
        yield PlaceChange("body", "body", value_text(before) if before else None, value_text(after) if after else None)
        return
    old, new = before.splitlines(), after.splitlines()
    start = next(
        (n for n, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), min(len(old), len(new))
    )
    is_long = max(len(old), len(new)) - start > MOST_LINES
    if is_long:
        old, new = old[: start + 1], new[: start + 1]
    for tag, a, b, c, d in difflib.SequenceMatcher(a=old[start:], b=new[start:], autojunk=False).get_opcodes():
        if tag != "equal":
            sides = ["\n".join(old[start + a : start + b]), "\n".join(new[start + c : start + d])]
            shown = [value_text(one) if one else None for one in sides]
            first = start + (a if b > a else c) + 1
            yield PlaceChange(f"line {first}" + (" and on" if is_long else ""), "body", shown[0], shown[1])
    if not old[start:] and not new[start:]:
        yield PlaceChange("line ends", "body", "of one kind", "of another")


def _assertion(exchange: Exchange) -> dict[str, Any]:
    told = exchange.assertion or exchange.subject
    return {} if told is None else {"assertion": {"header": told.header, "claims": told.claims}}
