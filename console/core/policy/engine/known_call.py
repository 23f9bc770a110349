"""What expressions are told of a call: the parts that are known, as the interpreter takes them. No more than that.

Header names that clients and gateways add by themselves are known only when they are there: whoever describes a call
leaves them out. Of the address that policies see only the query is known: host and path are the back end's.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from msgspec import Struct

from console.core.policy.engine.caller_certificate import caller_certificate
from console.core.policy.engine.model import Flow
from console.core.policy.token.matching import is_placeholder
from console.core.whole_number import whole_number

# What stands for each letter of what is withheld: an expression that gives the same for both does not tell it.
_MARKS = ("A", "b")
_ADDED = frozenset({
    "accept", "accept-charset", "accept-encoding", "accept-language", "cache-control", "connection", "content-length",
    "content-type", "cookie", "date", "expect", "forwarded", "host", "origin", "pragma", "referer", "request-id",
    "te", "traceparent", "tracestate", "transfer-encoding", "user-agent", "via",
})  # fmt: skip
_ADDED_STARTS = (
    "x-forwarded-", "x-azure-", "x-arr-", "x-original-", "x-ms-", "sec-", "x-client-", "x-request-", "x-correlation-",
)  # fmt: skip
Parts = dict[str, Any]


class TextOfVariable(Struct, frozen=True):
    """A variable that somebody gave as a text: of which type it is at run time, nobody has said."""

    text: str

    @property
    def reading(self) -> Any:
        """What else than a text it may be to an expression; the text itself where it looks like nothing else."""
        text = self.text.strip()
        if text.lower() in ("true", "false"):
            return text.lower() == "true"
        if len(text) < 10 and (number := whole_number(text.removeprefix("-"), digits=9)) is not None:
            return -number if text[0] == "-" else number
        kind = {"{": "JObject", "[": "JArray"}.get(text[:1])
        if kind is not None:
            return {"$type": kind, "json": text}
        is_token = text.startswith("ey") and text.count(".") == 2
        return {"$type": "Jwt", "token": text} if is_token else self.text


def is_added_by_itself(name: str) -> bool:
    """Whether clients or proxies send a header that nobody wrote."""
    lowered = name.lower()
    return lowered in _ADDED or lowered.startswith(_ADDED_STARTS)


def readings_of(parts: Parts) -> tuple[Parts, ...]:
    """The parts with every variable of one type; twice where a given text may be something else to an expression."""
    variables = parts.get("some_variables")
    if variables is None or not any(isinstance(one, TextOfVariable) for one in variables.values()):
        return (parts,)
    texts = {name: one.text if isinstance(one, TextOfVariable) else one for name, one in variables.items()}
    typed = {name: one.reading if isinstance(one, TextOfVariable) else one for name, one in variables.items()}
    return {**parts, "some_variables": texts}, {**parts, "some_variables": typed}


def known_parts(expression: str, flow: Flow, withheld: tuple[str, ...]) -> tuple[Parts, ...]:
    """The parts that the expression may look at; twice, otherwise masked, where something in them is withheld."""
    marks = _MARKS if withheld else ("",)
    return tuple(_parts(expression, flow, partial(_marked, withheld, mark)) for mark in marks)


def _parts(expression: str, flow: Flow, masked: Callable[[str], str]) -> Parts:
    parts: Parts = dict(flow.context)
    if "Request" in expression:
        parts.update(_request(flow, masked))
    if "Variables" in expression:
        parts["some_variables"] = _variables(flow, masked)
    return parts


def _request(flow: Flow, masked: Callable[[str], str]) -> Parts:
    request = flow.request
    parts: Parts = {} if is_placeholder(request.method) else {"method": request.method}
    if not any(is_placeholder(text) for pair in request.headers for text in pair):
        headers: dict[str, list[str]] = {}
        for name, value in request.headers:
            headers.setdefault(name.lower(), []).append(masked(value))
        parts["some_headers"] = headers
        if request.is_as_received:
            parts["may_be_sent"] = is_added_by_itself
    if request.client_ip is not None:
        parts["ip"] = request.client_ip
    if flow.original_url and request.is_as_received:
        parts["original_url"] = masked(flow.original_url)
    if flow.original_url and not flow.is_rewritten:
        parts["url_query"] = masked(request.url.partition("#")[0].partition("?")[2])
    if request.client_certificate is not None:
        parts["certificate"] = _certificate(request.client_certificate)
    return parts


def _certificate(pem: str) -> Parts | None:
    """Thumbprint, times, and those names of which it is sure how the library writes them."""
    seen = caller_certificate(pem) if pem.strip() else None
    if seen is None:
        return {} if pem.strip() else None
    times = {"not_before": seen.not_before, "not_after": seen.not_after}
    moments = {name: datetime.fromtimestamp(at, UTC).isoformat() for name, at in times.items()}
    named = {"subject": seen.subject, "issuer": seen.issuer}
    names = {part: name for part, name in named.items() if name is not None}
    return {"thumbprint": seen.thumbprint.upper(), **moments, **names}


def _variables(flow: Flow, masked: Callable[[str], str]) -> Parts:
    found: Parts = {}
    for name, value in flow.variables.items():
        if isinstance(value, TextOfVariable):
            found[name] = TextOfVariable(masked(value.text))
        else:
            found[name] = masked(value) if isinstance(value, str) else value
    for name, token in flow.tokens.items():
        if token.text.count(".") == 2:
            found[name] = {"$type": "Jwt", "token": masked(token.text)}
    return found


def _marked(withheld: tuple[str, ...], mark: str, text: str) -> str:
    for secret in withheld:
        text = text.replace(secret, mark * len(secret))
    return text
