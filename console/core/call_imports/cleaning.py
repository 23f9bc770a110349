"""What is secret in imported calls is left out and named, before anything of them is shown or kept."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote_plus

from console.core.call import ApiCall
from console.core.call_imports.model import ImportedCall, ImportedClient, LeftOut
from console.core.call_imports.variables import is_only_variables, without_variables
from console.core.credential import Secret
from console.core.exchange import Header, Request
from console.core.json.text import SURROGATE, visible
from console.core.redaction.names import (
    AUTHORIZATION_HEADERS,
    COOKIE_HEADERS,
    MASK,
    QUERY_NAMES,
    TOKEN,
    TOKEN_HEADERS,
    is_secret_header,
    mask_of,
)
from console.core.redaction.redact import Redactor, redact_text, redact_url
from console.core.redaction.typed import typed_secrets

_SECRET_HEADERS = AUTHORIZATION_HEADERS | COOKIE_HEADERS | TOKEN_HEADERS
_OF_THE_TOOL = frozenset({
    "host", "content-length", "connection", "transfer-encoding", "accept-encoding", "te", "trailer", "postman-token",
    "keep-alive", "proxy-connection", "priority", "upgrade-insecure-requests", "dnt",
})  # fmt: skip
_WRITTEN_BY_TOOL = "Whoever sends the call writes it anew."
_OWN_TOKEN = "The console adds the token of the profile."
_MASKS = (MASK, TOKEN)
LONGEST_MASKED = 20_000  # characters in which a typed secret is looked for in every spelling


def clean(call: ImportedCall) -> ImportedCall:
    """The call without secrets; `left_out` names each, and what tools write themselves is taken away silently.

    In a body a secret is masked, since its form says what the call wants; all else goes with its name.
    """
    kept, left_out = _headers(call.headers)
    url, of_url = _address(call.url)
    headers, of_values, url, body = _masked(replace(call, headers=kept, url=url), call)
    left_out += [*of_url, *of_values]
    if body != _text(call.body):
        left_out.append(LeftOut(_named_in(body), "body", is_secret=_is_secret_body(call)))
    return replace(
        call,
        name=_line(call.name) or call.method,
        folder=_line(call.folder),
        method=_line(call.method),
        url=url,
        headers=headers,
        body=body,
        auth=_line(call.auth) or _auth(call.headers),
        left_out=(*map(_clean_name, call.left_out), *left_out),
    )


def clean_client(client: ImportedClient) -> ImportedClient:
    return ImportedClient(
        name=_line(client.name),
        client_id=_line(client.client_id),
        token_endpoint=_line(redact_url(client.token_endpoint.partition("?")[0])),
        scope=_line(client.scope),
        grant=_line(client.grant),
        left_out=tuple(map(_clean_name, client.left_out)),
    )


def _line(text: str) -> str:
    return visible(redact_text(" ".join(text.split())))


def _text(text: str) -> str:
    return SURROGATE.sub("\ufffd", text)


def _clean_name(one: LeftOut) -> LeftOut:
    return replace(one, name=_line(one.name)[:120])


def _auth(headers: Iterable[Header]) -> str:
    value = next((value for name, value in headers if name.lower() == "authorization"), "")
    scheme = value.strip().partition(" ")[0].rstrip(":").lower()
    known = {"bearer": "Bearer token", "basic": "Basic", "dpop": "DPoP", "digest": "Digest"}
    return known.get(scheme, "Authorization header" if value else "")


def _headers(headers: Iterable[Header]) -> tuple[tuple[Header, ...], list[LeftOut]]:
    """Those that may be kept by their names."""
    kept, left_out = [], []
    for name, value in headers:
        lower = name.lower()
        if lower in _OF_THE_TOOL or lower.startswith((":", "sec-")):
            continue
        if lower in _SECRET_HEADERS or is_secret_header(lower) or mask_of(lower):
            why = _OWN_TOKEN if lower == "authorization" else ""
            left_out.append(LeftOut(name, "header", why, is_secret=_is_secret(value)))
        else:
            kept.append((_text(name), _text(value)))
    return tuple(kept), left_out


def _is_secret(value: str) -> bool:
    """Whether something secret stood there: not where a variable stood, or nothing."""
    return bool(value.strip()) and not is_only_variables(value)


def _is_secret_body(call: ImportedCall) -> bool:
    """Whether something secret stood in a body: not where only variables stood."""
    bare = without_variables(_text(call.body)).encode()
    return Redactor(()).body(bare, call.headers) != bare


def _address(url: str) -> tuple[str, list[LeftOut]]:
    """Without user, fragment and secret parameters."""
    left_out = []
    rest, _, query = _text(url).partition("#")[0].partition("?")
    scheme, slashes, tail = rest.partition("://")
    host, slash, path = tail.partition("/")
    if "@" in host:
        left_out.append(LeftOut("user and password", "address", is_secret=True))
        host = host.rpartition("@")[2]
    kept = []
    for pair in query.split("&") if query else ():
        name, _, value = pair.partition("=")
        if value and mask_of(unquote_plus(name).strip().lower(), QUERY_NAMES):
            left_out.append(LeftOut(unquote_plus(name).strip(), "address", is_secret=_is_secret(unquote_plus(value))))
        else:
            kept.append(pair)
    start = f"{scheme}{slashes}{host}{slash}{path}"
    return f"{start}?{'&'.join(kept)}" if kept else start, left_out


def _masked(kept: ImportedCall, whole: ImportedCall) -> tuple[tuple[Header, ...], list[LeftOut], str, str]:
    """Headers, what is left out of them and of the address, the address, the body: by shape and by what was typed.

    A secret that stands at one place of the call under its name is masked at any other.
    """
    secrets = [Secret(one) for one in _typed(whole)]
    clean_of = Redactor(secrets)
    body = _text(kept.body)
    given = Request(kept.method, kept.url, kept.headers, body.encode())
    shown = clean_of.request(given)
    headers, left_out = [], []
    for (name, value), (_, masked) in zip(kept.headers, shown.headers, strict=True):
        if masked == value:
            headers.append((redact_text(name), value))
        else:
            left_out.append(LeftOut(name, "header", is_secret=_is_secret(value)))
    if shown.url != kept.url:
        left_out.append(LeftOut("a value", "address", is_secret=True))
    return tuple(headers), left_out, shown.url, shown.body.decode("utf-8", "replace") if body else ""


def _typed(call: ImportedCall) -> Iterator[str]:
    """What stands in places of secrets and is no variable. Of a long body only shapes and names count."""
    path, _, query = call.url.partition("?")
    body = call.body if len(call.body) <= LONGEST_MASKED else ""
    for secret in typed_secrets(ApiCall(call.method, path, query, call.headers, body)):
        text = secret.reveal()
        if "{{" not in text and text not in _MASKS:
            yield text


def _named_in(body: str) -> str:
    """After what stands before the first mask: the name of a member or field."""
    at = min((found for found in (body.find(mask) for mask in _MASKS) if found >= 0), default=-1)
    before = body[max(0, at - 80) : at].rstrip("\"' :=\t\n") if at > 0 else ""
    name = "".join(reversed([*_last_name(before)]))
    return name or "a value"


def _last_name(text: str) -> Iterator[str]:
    for letter in reversed(text):
        if not (letter.isalnum() or letter in "_-."):
            return
        yield letter
