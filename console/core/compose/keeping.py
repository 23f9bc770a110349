"""What may be kept of a request: everything but its secrets, which are left out and named."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from console.core.compose.draft import RequestDraft, call_of
from console.core.compose.variables import NAMED
from console.core.exchange import Header
from console.core.redaction.redact import Redactor
from console.core.redaction.typed import typed_secrets

_PLAIN = Redactor(())
_HOST = "https://host.invalid"  # a URL is masked whole; what stands before the path is no part of it


@dataclass(frozen=True, slots=True)
class KeptRequest:
    """`left_out` names where a secret stood, as people call it: "the header X-Api-Key", "the body"."""

    draft: RequestDraft
    left_out: tuple[str, ...] = ()


def without_secrets(draft: RequestDraft, *, public: Iterable[str] = ()) -> KeptRequest:
    """Where the redaction would mask something, that part is left out whole: of a header its value, of a query the
    value of that parameter, and the body, since half a body is another request. `public` as of a Redactor. A name in
    double braces stands for a value, and is none: `Bearer {{token}}` stays.
    """
    bare = _bare(draft)
    clean = Redactor(typed_secrets(call_of(bare)), public)
    left_out: list[str] = []
    path, below = draft.path, f"{_HOST}/{bare.path.lstrip('/')}"
    if clean.url(below) != below:
        path = ""
        left_out.append("the path")
    query, names = _query(draft.query, clean)
    left_out += [f"{name} in the query" for name in names]
    headers, names = _headers(draft.headers, clean)
    left_out += [f"the header {name}" for name in names]
    body, read = draft.body, bare.body.encode(errors="replace")
    if read and clean.body(read, draft.headers) != read:
        body = ""
        left_out.append("the body")
    fields, names = _fields(draft.fields, clean)
    left_out += [f"the field {name}" for name in names]
    kept = replace(draft, path=path, query=query, headers=headers, body=body, fields=fields)
    return KeptRequest(kept, tuple(left_out))


def _bare(draft: RequestDraft) -> RequestDraft:
    headers = tuple((name, _without_names(value)) for name, value in draft.headers)
    fields = tuple((name, _without_names(value)) for name, value in draft.fields)
    path, query, body = map(_without_names, (draft.path, draft.query, draft.body))
    return replace(draft, path=path, query=query, headers=headers, body=body, fields=fields)


def _without_names(text: str) -> str:
    """What stands in braces and looks like a secret is no name."""
    return (
        NAMED.sub(lambda found: "" if _PLAIN.text(found[1]) == found[1] else found[0], text) if "{{" in text else text
    )


def _fields(fields: tuple[Header, ...], clean: Redactor) -> tuple[tuple[Header, ...], list[str]]:
    kept, names = [], []
    for name, value in fields:
        read = _without_names(value)
        url = f"{_HOST}/?{urlencode([(name, read)], errors='replace')}"
        if clean.url(url) == url and clean.text(read) == read:
            kept.append((name, value))
            continue
        is_shown = clean.text(name) == name
        kept.append((name if is_shown else "", ""))
        names.append(name if is_shown else "whose name looks like a secret")
    return tuple(kept), names


def _query(text: str, clean: Redactor) -> tuple[str, list[str]]:
    kept, names = [], []
    for pair in text.split("&"):
        url = f"{_HOST}/?{_without_names(pair)}"
        if clean.url(url) == url:
            kept.append(pair)
            continue
        name = pair.partition("=")[0]
        is_shown = clean.url(f"{_HOST}/?{name}") == f"{_HOST}/?{name}"
        kept.append(f"{name}=" if is_shown else "")
        names.append(name if is_shown else "a value")
    whole = "&".join(kept)
    url = f"{_HOST}/?{_without_names(whole)}"
    if clean.url(url) != url:  # a secret that only the whole shows
        return "", ["everything"]
    return whole, names


def _headers(headers: tuple[Header, ...], clean: Redactor) -> tuple[tuple[Header, ...], list[str]]:
    kept, names = [], []
    for name, value in headers:
        read = ((name, _without_names(value)),)
        if clean.headers(read) == read:
            kept.append((name, value))
        elif clean.text(name) == name:
            kept.append((name, ""))
            names.append(name)
        else:
            names.append("whose name looks like a secret")
    return tuple(kept), names
