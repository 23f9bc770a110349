"""What a pasted text tells the diagnosis: a command, an HTTP exchange, a log line, a JSON body."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from console.core.evidence import Evidence
from console.core.exchange import Response
from console.core.json.text import json_text
from console.core.paste.evidence import of_seen
from console.core.paste.http_text import read_http
from console.core.paste.seen import SeenExchange, is_token_error
from console.core.paste.speech.attribute import attributed, done, heard, observed, policy_in, settings_in
from console.core.paste.speech.unwrap import unwrapped
from console.core.paste.tokens_in import carried_token
from console.core.redaction.redact import redact_text

MAX_PASTED = 200_000
_MAX_TRIES = 20
_FACTS = frozenset({"settings", "question"})  # what becomes a fact of the profile, and may be shown as one


@dataclass(frozen=True, slots=True)
class PastedEvidence:
    """`evidence` is what the text shows of an attempt: token, request, answer. `heard` is what far sides, logs and
    libraries said, `observed` what the person told or asked, `done` what he ran, wrote or set, `policy` the gateway's
    policy, "" without one, `settings` what stands in it of clients and APIs as configured.
    """

    evidence: Evidence
    heard: str = ""
    observed: tuple[str, ...] = ()
    policy: str = ""
    done: str = ""
    settings: dict[str, Any] = field(default_factory=dict)


def read_pasted(text: str) -> PastedEvidence:
    """Read a text as far as it goes; never raises. Of several exchanges the last one that was refused counts."""
    text = unwrapped(text[:MAX_PASTED])
    spoken = attributed(text)
    own = tuple(replace(one, text=redact_text(one.text)) if one.where in _FACTS else one for one in spoken)
    said = heard(spoken)
    seen = _with_answer(_telling(read_http(text)), said)
    token = None if seen.is_token_request else carried_token(seen, text)
    return PastedEvidence(
        of_seen(seen, token=token), said, observed(own), policy_in(spoken), done(own), settings_in(own)
    )


def _telling(found: tuple[SeenExchange, ...]) -> SeenExchange:
    refused = [seen for seen in found if (seen.status or 0) >= 400]
    answered = [seen for seen in found if seen.response is not None]
    return next(iter([*refused[::-1], *answered[::-1], *found]), SeenExchange())


def _with_answer(seen: SeenExchange, said: str) -> SeenExchange:
    """The exchange; where the text shows no answer, the error of a token endpoint that stands in it is one."""
    if seen.response is not None and (seen.response.body or seen.response.status):
        return seen
    body = _json_object(said)
    if body is None or not is_token_error(body):
        return seen
    return replace(seen, response=Response(seen.status or 0, body=json_text(body).encode("utf-8", "replace")))


def _json_object(text: str) -> dict[str, Any] | None:
    """The first JSON object in a text; None when there is none that can be read. Only some places are tried."""
    start = -1
    for _ in range(_MAX_TRIES):
        start = text.find("{", start + 1)
        if start < 0:
            break
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        return value if isinstance(value, dict) else None
    return None
