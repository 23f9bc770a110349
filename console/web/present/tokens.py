"""A token as the pages show it: encoded in three colours, claims with meaning, lifetime, verdict, checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from console.core.checks import BY_CODE
from console.core.diagnosis.base import Diagnosis
from console.core.diagnosis.strip import strip_of
from console.core.exchange import Exchange
from console.core.finding import Finding
from console.core.http.retry_after import LONGEST_S
from console.core.json.shown import first_rows
from console.core.json.text import visible
from console.core.providers import owner_of
from console.core.tokens.claims import (
    AbsentClaims,
    ClaimRow,
    absent_claims,
    absent_header,
    present_claims,
    present_header,
)
from console.core.tokens.signature import SignatureResult
from console.core.tokens.timeline import Clock, clock_of
from console.core.tokens.token import Token, TokenKind
from console.services import step_up
from console.services.obtained import Obtained
from console.web.present import words
from console.web.present.diagnosis import Telling, diagnosis_view
from console.web.present.exchanges import steps_view
from console.web.present.findings import checks_of, verdict_view
from console.web.present.known_advice import advised_findings
from console.web.present.lifetime import lifetime_view
from console.web.present.situation import Situation
from console.web.present.strip import StripNames, leg_of, names_of, strip_view
from console.web.present.token_flow import token_flow
from console.web.present.token_line import token_chips
from console.web.present.who import ANYBODY

HIDDEN_SIGNATURE = "•••"
READABLE = (TokenKind.JWS, TokenKind.UNSECURED, TokenKind.JWE)
JUDGED = (*READABLE, TokenKind.DECODED)
SHOWN_OF_OPAQUE = 6  # characters: enough to tell two tokens apart


NO_HABITS: Mapping[str, str] = {}
NO_CLUE = ("", "")


def token_view(
    token: Token,
    signature: SignatureResult,
    findings: Sequence[Finding],
    *,
    api_name: str,
    now: int,
    hides_signature: bool,
) -> dict[str, Any]:
    """One token, decoded and judged. With `hides_signature` what is shown cannot be used as a token.

    What was checked is `checks_of` it; its lifetime is told by who knows the clocks beside it.
    """
    clues = _clues(findings)
    header, payload = _part_text(token, 0), _part_text(token, 1)
    header_found, header_note = first_rows(present_header(token, now), "header fields")
    claims_found, claims_note = first_rows(present_claims(token, now), "claims")
    owner = owner_of(token.text_claim("iss") or "")
    habits = owner.claims if owner else {}
    row_notes = tuple(filter(None, (header_note, claims_note)))
    _, header_absent = _lacking(absent_header(token), {})
    claims_lacking, claims_absent = _lacking(absent_claims(token), clues)
    return {
        "kind": token.kind.value,
        "parts": encoded_parts(token, hides_signature=hides_signature),
        "size": words.size(token.size_bytes),
        "notes": (*token.notes, *row_notes),
        "row_notes": row_notes,
        "defects": [
            {"code": item.code, "message": item.message, "tone": "fail" if item.is_severe else "warning"}
            for item in token.defects
        ],
        "header_rows": [_claim_row(row, {}) for row in header_found],
        "absent_header": header_absent,
        "header_raw": header if token.header is None else "",
        "claim_rows": [*(_claim_row(row, clues, habits) for row in claims_found), *claims_lacking],
        "absent_claims": claims_absent,
        "payload_raw": payload if token.claims is None else "",
        "is_readable": token.kind in JUDGED,
        "verdict": verdict_view(token, findings, signature, api_name=api_name),
        "lifetime": None,
        "signature_note": _signature_note(token),
        "expires_at": _expiry(token),
        "expires_text": _expiry_text(token, now),
        "is_expired": (_expiry(token) or now + 1) <= now,
    }


def obtained_view(
    obtained: Obtained,
    *,
    is_revealed: bool,
    answer: Exchange | None = None,
    here: Situation | None = None,
    is_judged_beside: bool = False,
) -> dict[str, Any]:
    """What came of asking for a token. `answer` is the API's last one to this profile, which tells its clock.

    `is_judged_beside`: verdict and checks stand beside the call, so that the decoded token does not repeat them.
    """
    now, response = obtained.now, obtained.response
    shown = None
    if obtained.token is not None:
        findings, api_name = advised_findings(obtained.findings, here), obtained.api.name if obtained.api else ""
        shown = token_view(
            obtained.token, obtained.signature, findings, api_name=api_name, now=now, hides_signature=not is_revealed
        )
        reader = here.reader if here else None
        shown["findings"] = checks_of(obtained.token, findings, api_name=api_name, reader=reader)
        shown["lifetime"] = _lifetime(obtained, obtained.token, answer)
    explained = None
    if obtained.diagnosis and obtained.diagnosis.primary and obtained.token is None:
        explained = _explained(obtained, obtained.diagnosis, here)
    return {
        "token": shown,
        "is_revealed": is_revealed,
        "is_under_way": obtained.is_under_way,
        "notes": response.notes if response else (),
        "decoded": _decoded(shown, is_judged_beside=is_judged_beside) if shown else None,
        "chips": token_chips(obtained.findings),
        "is_from_store": obtained.is_from_store,
        "age": words.relative(response.obtained_at, now) if response else "",
        "flow": (flow := token_flow(obtained.profile, obtained.steps)),
        "steps": [] if flow else steps_view(obtained.steps),
        "error": _error(obtained),
        "step_up": step_up.for_error(obtained.opened, obtained.error) if obtained.error else None,
        "diagnosis": explained,
        "attempt_id": obtained.attempt_id,
    }


def _explained(obtained: Obtained, diagnosis: Diagnosis, here: Situation | None) -> dict[str, Any]:
    """Why there is no token, and how far the request came."""
    evidence, leg = obtained.evidence, leg_of(obtained.steps)
    strip = strip_of(evidence, diagnosis, leg=leg) if evidence else None
    if here is not None:
        here = replace(here, attempt_id=obtained.attempt_id or here.attempt_id, worked_id=here.given_id)
    shown = strip_view(strip, names_of(here) if here else StripNames())
    telling = Telling(evidence, here.reader if here else ANYBODY, here, shown)
    return diagnosis_view(diagnosis, succeeded=False, telling=telling)


def _lifetime(obtained: Obtained, token: Token, answer: Exchange | None) -> dict[str, Any] | None:
    """The token's life with the API's leeway drawn in, and the clocks of the provider and of the API."""
    leeway_s = obtained.api.expectation.leeway_s if obtained.api else 0
    granted = obtained.steps[-1] if obtained.steps else None  # None: the token came from the store
    clocks = (*clocks_of(granted, "The provider"), *clocks_of(answer, "The API"))
    return lifetime_view(token, obtained.now, leeway_s=leeway_s, clocks=clocks)


def clocks_of(exchange: Exchange | None, name: str) -> tuple[Clock, ...]:
    """The far side's clock by its answer; nothing without an answer, or one that tells no time."""
    found = clock_of(exchange, name) if exchange else None
    return (found,) if found else ()


def _decoded(shown: dict[str, Any], *, is_judged_beside: bool) -> dict[str, Any]:
    """The token for the fold of its line, which shows the lifetime itself."""
    return {**shown, "lifetime": None, "is_readable": shown["is_readable"] and not is_judged_beside}


def encoded_parts(token: Token, *, hides_signature: bool) -> list[dict[str, str]]:
    """Header, payload and signature as text; tokens of another form as one part, whose beginning alone is shown.

    None of what came decoded.
    """
    if token.kind is TokenKind.DECODED:
        return []
    if len(token.parts) not in (2, 3):
        text = token.text[:SHOWN_OF_OPAQUE] + HIDDEN_SIGNATURE if hides_signature else token.text[:400]
        return [{"name": "other", "text": visible(text)}] if token.text else []
    names = ("header", "payload", "signature")
    parts = [{"name": name, "text": visible(part.encoded)} for name, part in zip(names, token.parts, strict=False)]
    if hides_signature and len(parts) == 3 and parts[2]["text"]:
        parts[2]["text"] = HIDDEN_SIGNATURE
    return parts


def _error(obtained: Obtained) -> dict[str, Any] | None:
    """The raw answer and the ids to quote, for a token request that was refused or failed."""
    error = obtained.error
    if error is None:
        return None
    rows: list[dict[str, Any]] = [
        {"label": "error", "value": error.error, "is_code": True},
        {"label": "HTTP status", "value": str(error.status) if error.status else "", "is_code": True},
        {"label": "Trace ID", "value": error.trace_id, "is_code": True},
        {"label": "Correlation ID", "value": error.correlation_id, "is_code": True},
        {"label": "Timestamp", "value": error.timestamp, "is_code": True},
        {"label": "Try again", "value": when_again(error.retry_after_s, obtained.now)},
    ]
    return {"description": error.error_description, "rows": [row for row in rows if row["value"]]}


def when_again(after_s: int | None, now: int) -> str:
    """When the provider wants to be asked again, as it told: also years, but no moment made of a bound."""
    if after_s is not None and after_s >= LONGEST_S:
        return "in more than 31 years, which is no time to wait for"
    return f"in {words.span(after_s)}, at {words.exact(now + after_s)}" if after_s else ""


def _claim_row(
    row: ClaimRow, clues: dict[str, tuple[str, str]], habits: Mapping[str, str] = NO_HABITS
) -> dict[str, Any]:
    """`habits` are what claims mean at the provider that issued the token, by name: they say more than a standard."""
    status, check = clues.get(row.name, NO_CLUE)
    meaning = habits.get(row.name) or row.meaning
    if row.why_missing:
        meaning = f"{meaning} {row.why_missing}" if meaning else row.why_missing
    return {
        "name": row.name,
        "value": row.value_text,
        "human": row.human,
        "meaning": meaning or "Not a claim this console knows.",
        "status": status,
        "clue": f"{'fails' if status == 'fail' else 'see'}: {check.replace('_', ' ')}" if check else "",
        "clue_check": check,
        "is_absent": row.is_absent,
    }


def _lacking(absent: AbsentClaims, clues: dict[str, tuple[str, str]]) -> tuple[list[dict[str, Any]], "Folded"]:
    """Of the claims that are absent, those that a finding complains of, and the others."""
    named = absent.names.intersection(clues)
    loud = [_claim_row(row, clues) for row in absent.rows if row.name in named] if named else []
    return loud, _folded(absent, named)


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """Rows of claims that are absent and that no finding complains of: worth knowing, not worth the room.

    They hold words of our own alone, and there is one object for each set of them: what is written of it can be kept.
    """

    rows: tuple[dict[str, Any], ...]


@lru_cache(maxsize=256)
def _folded(absent: AbsentClaims, named: frozenset[str]) -> Folded:
    return Folded(tuple(_claim_row(row, {}) for row in absent.rows if row.name not in named))


def _clues(findings: Sequence[Finding]) -> dict[str, tuple[str, str]]:
    """For a claim that a finding complains of: the finding's status and check."""
    bad = [finding for finding in findings if finding.status in ("fail", "warning")]
    judged = [(finding, BY_CODE[finding.check].claims) for finding in bad if finding.check in BY_CODE]
    return {name: (finding.status.value, finding.check) for finding, claims in judged for name in claims}


def _part_text(token: Token, index: int) -> str:
    """The raw content of a part that is no JSON object: text when it is text, else hex."""
    if len(token.parts) <= index:
        return ""
    part = token.parts[index]
    if part.text is not None:
        return visible(part.text[:4000])
    return part.raw[:512].hex(" ") if part.raw is not None else visible(part.encoded[:400])


def _signature_note(token: Token) -> str:
    if token.kind is TokenKind.UNSECURED or token.signature is None:
        return ""
    return f"{len(token.signature)} bytes"


def _expiry(token: Token) -> int | None:
    value = (token.claims or {}).get("exp")
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**40 else None


def _expiry_text(token: Token, now: int) -> str:
    expires_at = _expiry(token)
    if expires_at is None:
        return ""
    length = words.span(expires_at - now)
    return f"expires in {length}" if expires_at > now else f"expired {length} ago"
