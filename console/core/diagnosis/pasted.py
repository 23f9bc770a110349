"""What a pasted text tells the diagnosis: a command, an HTTP exchange, a log line, a JSON body."""

import json
from dataclasses import dataclass
from typing import Any

from console.core.exchange import Header
from console.core.paste.http_text import read_http
from console.core.paste.seen import SeenExchange, is_token_error
from console.core.paste.speech.attribute import attributed, heard, observed, policy_in
from console.core.paste.speech.unwrap import unwrapped

MAX_PASTED = 200_000
_MAX_TRIES = 20


@dataclass(frozen=True, slots=True)
class PastedEvidence:
    """What was found. `status` is None when no status line was there; `token_error` when the body is one of
    RFC 6749. `heard` is what far sides, logs and libraries said, `observed` what the person told or asked, `policy` the
    gateway's policy, "" without one. `has_unknown_headers`: more headers were sent than the text shows.
    """

    method: str = ""
    url: str = ""
    request_headers: tuple[Header, ...] = ()
    has_unknown_headers: bool = False
    status: int | None = None
    response_headers: tuple[Header, ...] = ()
    body: Any = None
    token_error: dict[str, Any] | None = None
    heard: str = ""
    observed: tuple[str, ...] = ()
    policy: str = ""


def read_pasted(text: str) -> PastedEvidence:
    """Read a text as far as it goes; never raises. Of several exchanges the last one that was refused counts."""
    text = unwrapped(text[:MAX_PASTED])
    spoken = attributed(text)
    said = heard(spoken)
    seen = _telling(read_http(text))
    request, response = seen.request, seen.response
    rest = response.body.decode("utf-8", "replace") if response else said
    body = _json_object(rest)
    return PastedEvidence(
        method=request.method if request else "",
        url=request.url if request else "",
        request_headers=seen.request_headers,
        has_unknown_headers=seen.has_unknown_headers,
        status=seen.status,
        response_headers=seen.response_headers,
        body=body if body is not None else rest.strip("<> \n") if response else "",
        token_error=body if body is not None and is_token_error(body) else None,
        heard=said,
        observed=observed(spoken),
        policy=policy_in(spoken),
    )


def _telling(found: tuple[SeenExchange, ...]) -> SeenExchange:
    refused = [seen for seen in found if (seen.status or 0) >= 400]
    answered = [seen for seen in found if seen.response is not None]
    return next(iter([*refused[::-1], *answered[::-1], *found]), SeenExchange())


def _json_object(text: str) -> dict[str, Any] | None:
    """The first JSON object in a text; None when there is none that can be read. Only some places are tried."""
    start = -1
    for _ in range(_MAX_TRIES):
        start = text.find("{", start + 1)
        if start < 0:
            break
        try:
            value, _ = json.JSONDecoder().raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        return value if isinstance(value, dict) else None
    return None
