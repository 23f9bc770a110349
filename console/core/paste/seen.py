"""A round trip as somebody pasted it: with the request, the answer, or both, as far as the text goes."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from console.core.exchange import Header, Request, Response, header
from console.core.json import strict as strict_json
from console.core.json.text import plain

MAX_FIELDS = 100
_OF_AN_API = frozenset(
    {"invalid_token", "insufficient_scope", "Unauthorized", "Forbidden", "unauthorized", "forbidden"}
)
MAX_BODY = 262_144  # bytes of a body that are read as JSON or form
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_BROKEN_AT_SIGN = re.compile(r"\r?\n[ \t]{0,20}&|&[ \t]{0,20}\r?\n[ \t]{0,20}")
_TOKEN_PATHS = ("/token", "/token/", "/oauth/token", "/access_token", "/device_authorization", "/devicecode")


@dataclass(frozen=True, slots=True, repr=False)
class SeenExchange:
    """`request` or `response` is None when the text does not show it; an empty method or URL is not known either.

    `failure` is a FailureKind, "" when an answer came or nothing tells; `detail` says it in the words of the text,
    `rule` as a Failure does ("connect" for a connection that never stood), "" when nothing tells.
    `at` is the moment in epoch seconds, None when unknown. `has_unknown_headers`: more headers went out than the
    request shows. Nothing in here is redacted.
    """

    request: Request | None = None
    response: Response | None = None
    failure: str = ""
    detail: str = ""
    at: int | None = None
    has_unknown_headers: bool = False
    rule: str = ""

    def __repr__(self) -> str:
        return f"Seen({self.status})"

    @property
    def status(self) -> int | None:
        return self.response.status if self.response else None

    @property
    def request_headers(self) -> tuple[Header, ...]:
        return self.request.headers if self.request else ()

    @property
    def response_headers(self) -> tuple[Header, ...]:
        return self.response.headers if self.response else ()

    @property
    def url(self) -> str:
        return self.request.url if self.request else ""

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form in the request's body; empty when it is none."""
        return form_of(self.request.body) if self.request else {}

    @property
    def answer(self) -> dict[str, object] | None:
        """The JSON object in the answer's body; None when there is none."""
        return object_of(self.response.body) if self.response else None

    @property
    def is_token_request(self) -> bool:
        """Whether the request went to a token endpoint, or to one that answers in its way: by what it carries
        (grant_type; response_type in the form of a pushed request, RFC 9126), or by its path.
        """
        is_named = not self.form.keys().isdisjoint(("grant_type", "response_type"))
        return is_named or path_of(self.url).endswith(_TOKEN_PATHS)

    @property
    def token_error(self) -> dict[str, object] | None:
        """The error of a token endpoint (RFC 6749 section 5.2); None when the answer is another one.

        Without a request an error and its description decide; with one it must have gone to a token endpoint.
        """
        answer = self.answer
        if answer is None or not _is_oauth_error(answer):
            return None
        return answer if self.is_token_request or (not self.url and is_token_error(answer)) else None


def is_token_error(value: dict[str, object]) -> bool:
    """Whether an object by itself is a token endpoint's error; an API has codes of its own (RFC 6750 section 3.1), and
    an `error` in words, such as "Too Many Requests", is of a framework.
    """
    error = value.get("error")
    return _is_oauth_error(value) and error not in _OF_AN_API and " " not in str(error)


def _is_oauth_error(value: dict[str, object]) -> bool:
    return isinstance(value.get("error"), str) and isinstance(value.get("error_description", ""), str)


def path_of(url: str) -> str:
    """The path in lower case; "" when the URL cannot be read."""
    try:
        return urlsplit(url).path.lower()
    except ValueError:
        return ""


def form_of(body: bytes) -> dict[str, str]:
    """The fields of a form (the first value of each); empty for anything that is no form.

    In a paste it ends where a blank line does, whatever somebody wrote below it, and may stand on several lines.
    """
    text = _BLANK_LINE.split(body[:MAX_BODY].decode("utf-8", "replace").strip(), maxsplit=1)[0]
    text = _BROKEN_AT_SIGN.sub("&", text)
    if "=" not in text or text[:1] in "{[<" or any(character in text for character in " \t\r\n"):
        return {}
    return pairs_of(text)


def pairs_of(text: str) -> dict[str, str]:
    """The fields of a query (the first value of each); at most 100."""
    found: dict[str, str] = {}
    for name, value in parse_qsl("&".join(text.split("&", MAX_FIELDS)[:MAX_FIELDS]), keep_blank_values=True):
        found.setdefault(name, value)
    return found


def object_of(body: bytes) -> dict[str, object] | None:
    """The JSON object a body is; None when it is none."""
    if body.lstrip()[:1] != b"{":
        return None
    value = strict_json.read(body[:MAX_BODY].strip()).value
    return plain(value) if isinstance(value, dict) else None


def content_type(headers: tuple[Header, ...]) -> str:
    return (header(headers, "Content-Type") or "").lower()
