"""What an imported call is below the base URL of an Api: nothing of an import leads anywhere else."""

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from console.core.api import Api
from console.core.call import METHODS, CallProblem, call_url, is_within
from console.core.call_imports.kept_body import body_of
from console.core.call_imports.model import ImportedCall
from console.core.compose.draft import RequestDraft
from console.core.exchange import Header

_VARIABLE = re.compile(r"\{\{([^{}\n]{1,100})\}\}")
_IN_PATH = "/%:!$&'()*+,;=-._~{}"
_IN_QUERY = "/%:!$&'()*+,;=-._~{}?@[]|\""
MOST_BLANKS = 20


@dataclass(frozen=True, slots=True)
class FittedCall:
    """`draft` is the request that is kept, None with a `problem`, one sentence on why there is none.

    `elsewhere` is the host that the call named where that is not the Api's, "" for one below its base URL. `blanks` are
    the names of values that whoever sends it fills in.
    """

    call: ImportedCall
    draft: RequestDraft | None = None
    problem: str = ""
    elsewhere: str = ""
    blanks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Path and query below the base URL, and which host the call named where that is another."""

    path: str
    query: str
    elsewhere: str = ""


def fit(call: ImportedCall, api: Api, *, longest_s: int) -> FittedCall:
    """The call as a request of the Api. Nothing is accepted by it: the base URL stays what it is.

    A timeout beyond `longest_s`, the console's own limit, would never be reached and is none.
    """
    place = _placed(call, api)
    path, query = place.path, place.query
    call = replace(call, name=_name(call, path))
    if call.method not in METHODS:
        return FittedCall(call, problem=f"Calls are sent with {', '.join(METHODS)}; not with {call.method}.")
    if isinstance(problem := call_url(api.base_url, path, query), CallProblem):
        return FittedCall(call, problem=problem.what)
    body = body_of(call)
    draft = RequestDraft(
        method=call.method,
        path=path,
        query=query,
        headers=_headers(body.headers, api),
        body_kind=body.kind,
        body=body.text,
        fields=body.fields,
        timeout_s=call.timeout_s if 0 < (call.timeout_s or 0) <= longest_s else None,
    )
    texts = (path, query, body.text, *(value for _, value in (*draft.headers, *body.fields)))
    blanks = dict.fromkeys(found[1] for text in texts for found in _VARIABLE.finditer(text))
    return FittedCall(call, draft, elsewhere=place.elsewhere, blanks=tuple(blanks)[:MOST_BLANKS])


def _name(call: ImportedCall, path: str) -> str:
    """One that a reader made of method and whole path says the path below the base URL, as the form does."""
    method, _, whole = call.name.partition(" ")
    is_made = method == call.method and whole.startswith("/")
    return f"{method} {path}" if is_made and path and whole.endswith(path) else call.name


def _placed(call: ImportedCall, api: Api) -> _Place:
    address, _, query = call.url.partition("?")
    query = quote(query, safe=_IN_QUERY)
    if (found := _VARIABLE.match(address)) is not None:
        path = _below(_encoded(_behind_host(address[found.end() :])), api)
        return _Place(path, query)
    if address.startswith("//"):
        address = f"http:{address}"
    if address.startswith("/"):
        return _Place(_below(_encoded(address), api), query)
    address = address if "://" in address else f"http://{address}"  # as tools read an address without a scheme
    host, path = _host_and_path(address)
    path = _below(_encoded(path), api)
    is_here = "{{" in host or is_within(api, _normal(address))
    return _Place(path, query, "" if is_here else host or "another place")


def _behind_host(rest: str) -> str:
    """The path of what stands behind a variable: a port, or more of the host, is cut off."""
    is_host = rest.startswith((":", ".", "{{"))
    rest = rest.removeprefix("://")
    if is_host:
        rest = rest[len(rest.partition("/")[0]) :]
    return f"/{rest.lstrip('/')}" if rest else ""


def _normal(address: str) -> str:
    """With what is no character of an address percent-encoded."""
    return quote(address, safe=f"{_IN_PATH}@[]?")


def _host_and_path(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", f"/{address.partition('://')[2].partition('/')[2]}"
    return parts.netloc, parts.path


def _encoded(path: str) -> str:
    return quote(path, safe=_IN_PATH)


def _below(path: str, api: Api) -> str:
    """Without the path of the base URL, where it begins with that; it stays below the base URL either way."""
    prefix = urlsplit(api.base_url).path.rstrip("/")
    path = path if path.startswith("/") or not path else f"/{path}"
    return path[len(prefix) :] if prefix and f"{path}/".startswith(f"{prefix}/") else path


def _headers(headers: tuple[Header, ...], api: Api) -> tuple[Header, ...]:
    """Without the header of the subscription key, which the console adds."""
    return tuple(one for one in headers if one[0].lower() != api.subscription_key_header.lower())
