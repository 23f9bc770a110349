"""The call a person wants sent, and the rule that keeps a token and a key within their API (design: safety rules)."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from console.core.api import Api
from console.core.credential import Secret
from console.core.exchange import Header, Request
from console.core.http.header_rules import headers_problem
from console.core.http.key_header import key_header_problem
from console.core.http.url_paths import climbs, decoded, has_unsafe_characters
from console.core.oauth import token_use

KEY_HEADER_DO = "The API's owner must name another header, for example Ocp-Apim-Subscription-Key."
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class ApiCall:
    """`path` is relative to the Api's base URL; `query` is text as typed, without the question mark.

    `wire_body` goes out in the place of `body` where it is not None; `body` is then what can be read of it.
    `timeout_s` as in Request.
    """

    method: str
    path: str
    query: str = ""
    headers: tuple[Header, ...] = ()
    body: str = ""
    sends_token: bool = True
    sends_subscription_key: bool = True
    wire_body: bytes | None = None
    timeout_s: int | None = None


METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class CallProblem:
    """Why a call is not sent. `field` is the form field to mend: path, query, headers, method.

    `variable` is the name that has no value, "" where that is not why.
    """

    field: str
    what: str
    do: str
    variable: str = ""


def build_request(
    api: Api,
    call: ApiCall,
    *,
    token: Secret | None,
    subscription_key: Secret | None,
    token_type: str = "",
    has_proof_key: bool = False,
) -> Request | CallProblem:
    """The request as it will go out, with token (RFC 6750 section 2.1) and subscription key.

    `has_proof_key`: a token that is bound to a key goes out with a proof (RFC 9449 section 7.1), which the sender adds.

    The URL is always the Api's base URL plus the path: a token never leaves the Api's origin and path prefix.
    """
    url = call_url(api.base_url, call.path, call.query)
    if isinstance(url, CallProblem):
        return url
    if call.method not in METHODS:
        return CallProblem("method", f"The method must be one of {', '.join(METHODS)}.", "Choose one of them.")
    if told := headers_problem(call.headers):
        return CallProblem("headers", told, "Change the headers of the call.")
    own = own_headers(
        api,
        token=token if call.sends_token else None,
        token_type=token_type,
        has_proof_key=has_proof_key,
        subscription_key=subscription_key if call.sends_subscription_key else None,
    )
    if isinstance(own, CallProblem):
        return own
    typed = {name.lower() for name, _ in call.headers}
    if doubled := [name for name, _ in own if name.lower() in typed]:
        return CallProblem(
            "headers",
            f"The header {doubled[0]} would be sent twice: once typed, once by the console.",
            f"Remove {doubled[0]} from the headers, or switch off that the console adds it.",
        )
    body = call.body.encode() if call.wire_body is None else call.wire_body
    return Request(call.method, url, own + call.headers, body, timeout_s=call.timeout_s)


def own_headers(
    api: Api, *, token: Secret | None, token_type: str, subscription_key: Secret | None, has_proof_key: bool = False
) -> tuple[Header, ...] | CallProblem:
    """What the console itself adds to a request to the Api, or why that is not sent."""
    headers: list[Header] = []
    if token is not None:
        if told := token_use.check(token_type, has_proof_key=has_proof_key):
            return CallProblem("sends_token", f"{told[0].what} {told[0].why}", told[0].do)
        headers.append(("Authorization", f"{token_use.scheme_of(token_type)} {token.reveal()}"))
    if subscription_key is not None:
        if problem := key_header_problem(api.subscription_key_header):
            return CallProblem("sends_subscription_key", problem, KEY_HEADER_DO)
        headers.append((api.subscription_key_header, subscription_key.reveal()))
    return tuple(headers)


def call_url(base_url: str, path: str, query: str) -> str | CallProblem:
    """Base URL, path and query joined by rule; a problem when the path tries to leave the Api."""
    if problem := _path_problem(path):
        return CallProblem("path", problem, "Give the path below the API's base URL, for example /orders/1042.")
    if any(ord(char) <= 32 or char in "#\\" or ord(char) == 127 for char in query):
        return CallProblem(
            "query", "The query holds a blank, a control character or #.", "Percent-encode them: %20, %23."
        )
    url = base_url.rstrip("/") + ("/" + path.lstrip("/") if path.strip("/") else "")
    return f"{url}?{query.lstrip('?')}" if query.strip("?") else url


def _path_problem(path: str) -> str:
    """One sentence when the path could reach another origin or climb out of the base URL; "" when it is fine."""
    plain = decoded(path)
    if has_unsafe_characters(path) or any(char in "?#" for char in path) or "\\" in (plain or ""):
        return "The path holds a blank, a backslash, ?, # or a control character."
    if plain is not None and (path.startswith("//") or _SCHEME.match(plain)):
        return "The path looks like an absolute address; calls stay on the API's own host."
    if "@" in path:
        return "The path holds @, which could name another host; write it as %40."
    if climbs(path):
        return "The path climbs out of the API's base URL with ‘..’, or is encoded so often that nobody can say."
    return ""


def is_within(api: Api, url: str) -> bool:
    """Whether a URL (of a Location header, say) lies on the Api's origin and below its path prefix."""
    try:
        target, base = urlsplit(url), urlsplit(api.base_url)
        same_origin = (target.scheme, target.hostname, target.port) == (base.scheme, base.hostname, base.port)
    except ValueError:
        return False
    prefix = base.path.rstrip("/") + "/"
    is_plain = target.username is None and not has_unsafe_characters(url) and not climbs(target.path)
    return same_origin and is_plain and (target.path + "/").startswith(prefix)
