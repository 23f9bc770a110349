"""What a pasted text tells the diagnosis: a command, an HTTP exchange, a log line, a JSON body."""

import json
import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from console.core.diagnosis.printed_error import printed_error
from console.core.diagnosis.stated import graver, stated
from console.core.evidence import Evidence
from console.core.exchange import Response
from console.core.json.text import json_text
from console.core.paste.evidence import of_seen
from console.core.paste.http_text import read_http
from console.core.paste.seen import SeenExchange, is_token_error, pairs_of
from console.core.paste.speech.attribute import attributed, done, heard, observed, policy_in, settings_in
from console.core.paste.speech.unwrap import unwrapped
from console.core.paste.tokens_in import carried_token
from console.core.redaction.redact import redact_text

MAX_PASTED = 200_000
_MAX_TRIES = 20
_NO_ADDRESS = re.compile(r"""[\s"'<>]""")
_FIELDS = re.compile(r"[?#]")  # what they begin with
_ERROR_IN_ADDRESS = re.compile(r"""[?#&]error=[^\s"'<>]{1,4000}""")
_MOST_BEFORE = 2_000  # characters of an address before its error
_ERROR_CODE = re.compile(r"[a-z]{2,20}(?:_[a-z]{2,20}){1,4}")  # access_denied, consent_required
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
    said = stated(heard(spoken))
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
    body = error_printed_in(said)
    if body is None:
        return seen
    body = next(filter(None, map(error_printed_in, graver(said))), body)  # that of the gravest lines
    return replace(seen, response=Response(seen.status or 0, body=json_text(body).encode("utf-8", "replace")))


def error_printed_in(text: str) -> dict[str, Any] | None:
    body = _json_object(text)
    return body if body is not None and is_token_error(body) else _brought_back(text) or printed_error(text)


def _brought_back(text: str) -> dict[str, Any] | None:
    """The error that a provider hands to the client in an address (RFC 6749 section 4.1.2.1); None without one."""
    for found in islice(_ERROR_IN_ADDRESS.finditer(text), _MAX_TRIES):
        before = _NO_ADDRESS.split(text[max(0, found.start() - _MOST_BEFORE) : found.start()])[-1]
        fields = pairs_of(_FIELDS.split(before + found[0], maxsplit=1)[-1].replace("#", "&"))
        if _ERROR_CODE.fullmatch(fields.get("error", "")):
            return {name: value for name, value in fields.items() if name in ("error", "error_description")}
    return None


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
