"""The answer to a case, spoken to whoever must act: what its cause's entry says, with the facts of this case filled in.
Redacted evidence in, plain text out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from console.core.diagnosis.answer import ANSWERERS
from console.core.diagnosis.asking import CHECKED, asks
from console.core.diagnosis.base import Cause, Diagnosis, RankedCause, Sides
from console.core.diagnosis.beyond_sides import beyond_sides
from console.core.diagnosis.ranking import TOKEN_JUDGED
from console.core.diagnosis.terms import Answerer, Confidence, Stage
from console.core.diagnosis.ticket import TIME, ids
from console.core.evidence import Evidence
from console.core.json.text import shorten, visible
from console.core.owner import Owner
from console.core.redaction.redact import redact_text
from console.core.tokens.times import epoch, utc

_CALL = {
    Owner.INTEGRATOR: "Your call",
    Owner.API_OWNER: "A call to your API",
    Owner.TENANT_ADMIN: "A call of a client that you administer",
    Owner.IDENTITY_PROVIDER: "A call with a token of yours",
    Owner.NETWORK: "A call through your network",
    Owner.END_USER: "The call that was made for you",
    Owner.CONSOLE_ADMIN: "A call from this console",
}
_TOKEN_REQUEST = {
    Owner.INTEGRATOR: "Your token request",
    Owner.API_OWNER: "A token request for your API",
    Owner.TENANT_ADMIN: "A token request of a client that you administer",
    Owner.IDENTITY_PROVIDER: "A token request to you",
    Owner.NETWORK: "A token request through your network",
    Owner.END_USER: "The token request that was made for you",
    Owner.CONSOLE_ADMIN: "A token request from this console",
}
_HOW_SURE = {
    Confidence.CERTAIN: "",
    Confidence.LIKELY: "This is likely, and not certain.",
    Confidence.POSSIBLE: "This is possible, no more: it is what is known so far.",
}
_THEN = {
    Owner.INTEGRATOR: "Then try it once more. If it is refused again, add the new answer to the case.",
    Owner.END_USER: "Then try it once more.",
}
_SAY_SO = "Please say when it is done: one more try then shows whether that was it."
_REQUESTED = frozenset({Stage.DISCOVERY, Stage.CREDENTIAL, Stage.TOKEN_REQUEST})
_LONGEST = 200
_QUERY = re.compile(r"[?#]")  # where it begins
Facts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AnswerText:
    """`text` is for whoever `who` is; it holds nothing secret, and no person that the evidence does not name."""

    who: Owner
    text: str


def answer_text(evidence: Evidence, diagnosis: Diagnosis, causes: Iterable[Cause]) -> AnswerText | None:
    """The answer by the first cause, of these entries; where none is found, the question for what is missing. None
    when there is nothing to say.
    """
    primary = diagnosis.primary
    if primary is None:
        asked = asks(evidence, diagnosis)
        return AnswerText(asked[0].who, asked[0].text) if asked else None
    entry = next((one for one in causes if one.slug == primary.cause), None)
    opening = _opening(evidence, diagnosis, primary.owner)
    parts = [
        [opening],
        [_said(primary, entry) if opening else primary.what, *_lines(_both_sides(diagnosis.sides))],
        [_one_line(beyond_sides(primary.why, diagnosis.sides)), _HOW_SURE[primary.confidence]],
        _to_do(primary, entry),
        [_THEN.get(primary.owner, _SAY_SO)],
        _still_needed(diagnosis),
        _quoted(evidence, primary, diagnosis.sides),
    ]
    written = ["\n".join(filter(None, lines)) for lines in parts]
    return AnswerText(primary.owner, visible(redact_text("\n\n".join(filter(None, written)) + "\n")))


def _opening(evidence: Evidence, diagnosis: Diagnosis, who: Owner) -> str:
    """What was tried when, and how it was answered; "" when that is not known."""
    request, asked = evidence.request, evidence.token_request
    if request is not None and request.url:
        status = evidence.response.status if evidence.response else None
        tried = f"{_CALL[who]}, {request.method} {_bare(request.url)},"
    elif asked is not None and asked.endpoint:
        status = evidence.http_status or (evidence.response.status if evidence.response else None)
        tried = f"{_TOKEN_REQUEST[who]}, POST {_bare(asked.endpoint)},"
    else:
        return ""
    by = f" by {ANSWERERS[diagnosis.answered_by]}" if diagnosis.answered_by is not Answerer.UNKNOWN else ""
    is_unanswered = evidence.response is not None and bool(evidence.response.failure)
    ended = f"was answered {status}{by}" if status else "got no answer" if is_unanswered else "was made"
    when = f" at {utc(evidence.now)}" if evidence.now is not None else ""
    return f"{_one_line(tried)} {ended}{when}."


def _said(primary: RankedCause, entry: Cause | None) -> str:
    """The cause without who answered what, which the opening says."""
    return entry.what if entry is not None and " because " in primary.what else primary.what


def _still_needed(diagnosis: Diagnosis) -> list[str]:
    if not diagnosis.wanted:
        return []
    named = [f"{number}. {one.what[0].upper()}{one.what[1:]}." for number, one in enumerate(diagnosis.wanted, start=1)]
    return ["To be sure, this is still needed:", *named]


def _to_do(primary: RankedCause, entry: Cause | None) -> list[str]:
    """What is asked of whoever acts: in words for them where the entry has such, else the advice itself."""
    is_theirs = entry is not None and entry.who is primary.owner
    do = entry.asked if entry is not None and is_theirs and entry.asked else primary.do
    return [f"Please do this: {do}", *([f"{CHECKED}:", f"  {primary.command}"] if primary.command else [])]


def _both_sides(sides: Sides | None) -> Facts:
    if sides is None:
        return []
    actual = [(sides.actual_label, one) for one in sides.actual] or [(sides.actual_label, "absent")]
    return [*actual, *((sides.expected_label, one) for one in sides.expected)]


def _quoted(evidence: Evidence, primary: RankedCause, sides: Sides | None) -> list[str]:
    """The facts that tell this attempt from others: of its token or its request, and the ids of the answer."""
    own: Facts = []
    if primary.stage in TOKEN_JUDGED:
        own = _of_token(evidence, sides)
    elif primary.stage in _REQUESTED:
        own = _of_request(evidence)
    found = [*own, *((name, value) for name, value in ids(evidence) if name != TIME)]
    return ["To quote:", *_lines(found)] if found else []


def _of_token(evidence: Evidence, sides: Sides | None) -> Facts:
    header, claims = evidence.token_header or {}, evidence.token_claims or {}
    shown = sides.actual_label.partition(" ")[0] if sides else ""
    client = next((name for name in ("azp", "appid", "cid", "client_id") if name in claims), "")
    named = [("client", client), ("issuer", "iss"), ("audience", "aud")]
    found = [(label, _words(claims[name])) for label, name in named if name in claims and name != shown]
    found += [("key id", _words(header["kid"]))] if "kid" in header else []
    times = [("token issued", epoch(claims.get("iat"))), ("token ends", epoch(claims.get("exp")))]
    return [*found, *((label, utc(at)) for label, at in times if at is not None)]


def _of_request(evidence: Evidence) -> Facts:
    request = evidence.token_request
    params = request.params if request else {}
    found = [(label, params[name]) for label, name in (("client", "client_id"), ("scope", "scope")) if params.get(name)]
    assertion = request.assertion if request else None
    for label, name in (("key id", "kid"), ("thumbprint", "x5t"), ("thumbprint (SHA-256)", "x5t#S256")):
        if assertion is not None and name in assertion.header:
            found.append((label, _words(assertion.header[name])))
    return found


def _lines(facts: Iterable[tuple[str, str]]) -> list[str]:
    return [f"  {name}: {shorten(_one_line(value), _LONGEST)}" for name, value in facts if value]


def _words(value: object) -> str:
    """A claim as one line: a text or a number as it is, a list with commas; "" for what is neither."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value)))
    return str(value) if isinstance(value, str | int) else ""


def _bare(url: str) -> str:
    return shorten(_one_line(_QUERY.split(url, maxsplit=1)[0]), _LONGEST)


def _one_line(text: str) -> str:
    return " ".join(text.split())
