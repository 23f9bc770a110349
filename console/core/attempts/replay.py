"""A call of the past as the form of a call holds it: what was kept of it, and in words what was not."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from console.core.call import METHODS
from console.core.exchange import Header, Request
from console.core.redaction.names import AUTHORIZATION_HEADERS, TOKEN
from console.core.snippets.hidden import MASKS, NOT_KEPT

MASKED_PART = "{hidden}"  # in a path: the form is not sent while such a part stands there
_OF_THE_TRANSPORT = (("user-agent", "token-console"), ("accept", "*/*"), ("accept-encoding", "gzip, identity"))
_MADE_ANEW = frozenset({"host", "content-length", "connection", "dpop"})


@dataclass(frozen=True, slots=True)
class Replay:
    """`query` is without the question mark, `headers` are as typed. `missing` are sentences, what is not kept each.

    `is_whole`: nothing but the token of then is missing, so that it is the same call when it is sent as it is.
    """

    method: str
    path: str
    query: str
    headers: tuple[Header, ...]
    body: str
    sends_token: bool
    sends_subscription_key: bool
    missing: tuple[str, ...] = ()
    timeout_s: int | None = None
    is_whole: bool = False


def replay(request: Request, *, base_url: str, key_header: str) -> Replay:
    """`request` is redacted; `base_url` and `key_header` are those of the Api that it would be sent to now."""
    missing: list[str] = []
    path, query = _address(request.url, base_url, missing)
    has_token, has_key = _has(request, "authorization", TOKEN), _has(request, key_header, "***")
    own = {"authorization"} if has_token else set()
    own |= {key_header.lower()} if has_key else set()
    headers = tuple(_header(one, missing) for one in request.headers if not _is_added(one, own))
    body = _body(request.body, missing)
    is_whole = not missing and "\ufffd" not in body and request.method in METHODS
    if has_token:
        missing.append("The token of then is not kept: one of today is sent.")
    return Replay(
        method=request.method if request.method in METHODS else "GET",
        path=path,
        query=query,
        headers=headers,
        body=body,
        sends_token=has_token,
        sends_subscription_key=has_key,
        missing=tuple(missing),
        timeout_s=request.timeout_s,
        is_whole=is_whole,
    )


def _address(url: str, base_url: str, missing: list[str]) -> tuple[str, str]:
    base = base_url.rstrip("/")
    whole, _, query = url.partition("?")
    if whole == base or whole.startswith(f"{base}/"):
        path = whole[len(base) :]
    else:
        path = urlsplit(whole).path
        missing.append(f"It was sent to another address, {whole}. Now it goes below {base}: look at the path.")
    if MASKS.search(path):
        path = MASKS.sub(MASKED_PART, path)
        missing.append(f"A part of the path was hidden: put it where {MASKED_PART} stands.")
    return path, "&".join(_parameter(one, missing) for one in query.split("&")) if query else ""


def _parameter(text: str, missing: list[str]) -> str:
    name, _, value = text.partition("=")
    if not MASKS.search(value):
        return text
    missing.append(f"The value of {name} in the query was hidden: type it again.")
    return f"{name}="


def _has(request: Request, name: str, mask: str) -> bool:
    """Whether the console added that header: its value is nothing but a mask, behind its scheme."""
    wanted = name.lower()
    return any(one.lower() == wanted and value.split(" ")[-1] == mask for one, value in request.headers)


def _is_added(header: Header, own: set[str]) -> bool:
    name, value = header[0].lower(), header[1]
    return name in own or name in _MADE_ANEW or (name, value) in _OF_THE_TRANSPORT


def _header(header: Header, missing: list[str]) -> Header:
    name, value = header
    if not MASKS.search(value) and not _is_withheld(value):
        return header
    scheme = value.partition(" ")[0] + " " if name.lower() in AUTHORIZATION_HEADERS and " " in value else ""
    missing.append(f"The value of the header {name} was hidden: type it again.")
    return name, scheme


def _body(body: bytes, missing: list[str]) -> str:
    text = body.decode("utf-8", "replace")
    if _is_withheld(text[:300]):
        missing.append("The body was not kept: what is secret in it cannot be told. Type it again.")
        return ""
    if hidden := len(MASKS.findall(text)):
        values = "One value" if hidden == 1 else f"{hidden} values"
        missing.append(f"{values} of the body {'was' if hidden == 1 else 'were'} hidden: type over the *** there.")
    return text


def _is_withheld(text: str) -> bool:
    return any(mark in text for mark in NOT_KEPT)
