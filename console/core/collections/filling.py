"""A request with values of earlier answers put where it names them, each written so that it stays one value there."""

import json
import re
from collections import Counter
from dataclasses import dataclass, replace

from console.core.collections.names import names_in
from console.core.collections.taken import TakenValue, TakenValues
from console.core.compose.bodies import FILE, JSON, OF_FIELDS
from console.core.compose.draft import RequestDraft
from console.core.compose.variables import NAMED
from console.core.exchange import Header, header

_GIVE = "Let an earlier step take it from its answer, or give it a value under Variables on the profile’s page."
MOST_BODY = 256_000  # characters, as of a body or a form that is typed
# Headers by which some server chooses the host, the address or the method: no answer of a far side decides these.
_LEADS = frozenset({
    "host", "forwarded", "x-forwarded-host", "x-forwarded-server", "x-host", "x-original-host", "x-original-url",
    "x-rewrite-url", "x-forwarded-prefix", "x-http-method", "x-http-method-override", "x-method-override",
    "authorization", "proxy-authorization", "content-length", "transfer-encoding", "connection", "upgrade",
})  # fmt: skip
_STRING = re.compile(r'"(?:[^"\\]|\\.?)*+"?', re.DOTALL)  # an open one goes to the end: each start is tried once


@dataclass(frozen=True, slots=True)
class UnfilledRequest:
    """Why a request cannot be sent: `what` is one sentence. `lacks` are the names that nobody gave a value."""

    what: str
    do: str
    lacks: tuple[str, ...] = ()


_TOO_LONG = UnfilledRequest(f"With its values the body is longer than {MOST_BODY} characters.", "Take smaller values.")


def filled_draft(draft: RequestDraft, values: TakenValues) -> RequestDraft | UnfilledRequest:
    """The request as it may be sent. Where it goes is for its sender to judge, as of any that was typed."""
    if lacks := tuple(name for name in named_in_request(draft) if name not in values):
        told = " and ".join(f"{{{{{name}}}}}" for name in lacks[:3])
        return UnfilledRequest(f"Nobody gave a value for {told}.", _GIVE, lacks)
    if draft.body_kind == FILE:
        return UnfilledRequest("Its body is a file, and no file is kept.", "Save the request with a body of text.")
    if _most(draft, values) > 4 * MOST_BODY:  # before it is built: a far side chooses what is put in, and how often
        return _TOO_LONG
    headers = _headers(draft, values)
    if isinstance(headers, UnfilledRequest):
        return headers
    filled = replace(
        draft,
        path=_encoded(draft.path, values),
        query=_encoded(draft.query, values),
        headers=headers,
        body=_body(draft, values),
        fields=tuple((_text(name, values), _text(value, values)) for name, value in draft.fields),
    )
    if _size(filled) > MOST_BODY and filled != draft:
        return _TOO_LONG
    return filled


def named_in_request(draft: RequestDraft) -> list[str]:
    """The names that a request wants a value for, in order."""
    headers = (value for _, value in draft.headers)
    if draft.body_kind in OF_FIELDS:
        return names_in(draft.path, draft.query, *headers, *(text for pair in draft.fields for text in pair))
    return names_in(draft.path, draft.query, *headers, draft.body)


def _most(draft: RequestDraft, values: TakenValues) -> int:
    """Characters that the values would take, however each is spelled."""
    texts = (draft.path, draft.query, draft.body, *(text for pair in (*draft.headers, *draft.fields) for text in pair))
    times = Counter(name for text in texts for name in NAMED.findall(text) if name in values)
    return sum(count * len(values[name].as_percent_encoded) for name, count in times.items())


def _size(draft: RequestDraft) -> int:
    return len(draft.body) + sum(len(name) + len(value) for name, value in draft.fields)


def _headers(draft: RequestDraft, values: TakenValues) -> tuple[Header, ...] | UnfilledRequest:
    headers = []
    for name, value in draft.headers:
        put = _text(value, values)
        is_of_answer = any(not values[one].is_typed for one in names_in(value))
        if value != put and (problem := _header_problem(name, put, is_of_answer=is_of_answer)):
            return problem
        headers.append((name, put.strip() if value != put else value))
    return tuple(headers)


def _header_problem(name: str, value: str, *, is_of_answer: bool) -> UnfilledRequest | None:
    if is_of_answer and name.lower() in _LEADS:
        return UnfilledRequest(
            f"The header {name} holds a value of an earlier answer, and by it a server may choose where a call goes.",
            "Write the value of this header by hand.",
        )
    if any(ord(char) < 32 or ord(char) == 127 or ord(char) > 255 for char in value):
        return UnfilledRequest(
            f"The value for the header {name} holds a character that no header may hold.",
            "Take another value, or send it in the body.",
        )
    return None


def _text(text: str, values: TakenValues) -> str:
    return NAMED.sub(lambda one: values[one[1]].text, text)


def _encoded(text: str, values: TakenValues) -> str:
    return NAMED.sub(lambda one: values[one[1]].as_percent_encoded, text)


def _body(draft: RequestDraft, values: TakenValues) -> str:
    """By what the body is: JSON, a form, or other text, which takes the value as it is."""
    kind = (header(draft.headers, "Content-Type") or "").lower()
    if draft.body_kind in OF_FIELDS or not NAMED.search(draft.body):
        return draft.body
    if "x-www-form-urlencoded" in kind:
        return _encoded(draft.body, values)
    if draft.body_kind == JSON or "json" in kind or (not kind and draft.body.lstrip()[:1] in ("{", "[", '"')):
        return _json_body(draft.body, values)
    return _text(draft.body, values)


def _json_body(body: str, values: TakenValues) -> str:
    """Inside a string the value is a part of it; elsewhere it stands as a value of its own, a string in quotes."""
    pieces, at = list[str](), 0
    for string in _STRING.finditer(body):
        pieces.append(NAMED.sub(lambda one: values[one[1]].as_json, body[at : string.start()]))
        pieces.append(NAMED.sub(lambda one: _inside(values[one[1]]), string[0]))
        at = string.end()
    pieces.append(NAMED.sub(lambda one: values[one[1]].as_json, body[at:]))
    return "".join(pieces)


def _inside(value: TakenValue) -> str:
    return json.dumps(value.text)[1:-1]
