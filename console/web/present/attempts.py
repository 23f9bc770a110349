"""Attempts of the history."""

from typing import Any

from console.core.diagnosis.strip import strip_of
from console.core.evidence import Evidence
from console.core.exchange import Exchange
from console.core.json.shown import cut, first_rows
from console.core.json.text import json_text
from console.core.tokens.token import Token, TokenKind
from console.services import token_history
from console.services.calls import OpenAttempt
from console.store.attempts import AttemptRecord
from console.web.present import words
from console.web.present.calls import exchange_view, succeeded
from console.web.present.diagnosis import Telling, diagnosis_view
from console.web.present.exchanges import steps_view
from console.web.present.lifetime import lifetime_view
from console.web.present.runs import has_failed, run_view
from console.web.present.situation import Situation
from console.web.present.strip import StripNames, leg_of, strip_view
from console.web.present.token_flow import attempt_flow
from console.web.present.tokens import clocks_of
from console.web.present.who import ANYBODY, Reader


def attempt_row(record: AttemptRecord, now: int) -> dict[str, Any]:
    return {
        "id": record.id,
        "title": record.title,
        "kind": "token" if record.kind == "token" else "call",
        "when": words.exact(record.created_at),
        "ago": words.relative(record.created_at, now),
        "status": str(record.status) if record.status else "no answer",
        "tone": _tone(record),
        "cause": record.primary_cause,
        "has_token": record.evidence.token_claims is not None,
    }


def _tone(record: AttemptRecord) -> str:
    """That of the answer; a good answer that has a cause to look at (a token that will be refused) is a warning."""
    tone = words.status_tone(record.status)
    return "warning" if record.primary_cause and tone == "pass" else tone


def attempt_view(
    opened: OpenAttempt, now: int, reader: Reader = ANYBODY, *, here: Situation | None = None
) -> dict[str, Any]:
    """One attempt whole: explanation to who reads it, what went over the wire, the token's claims as facts.

    `here`: what they may do about it, None where the profile is not theirs to see.
    """
    record = opened.record
    last = record.exchanges[-1] if record.exchanges else None
    is_call = record.kind == "call" and last is not None
    flow = None if is_call else attempt_flow(record)
    return {
        **attempt_row(record, now),
        "profile_id": record.profile_id if record.sees_profile else None,
        "diagnosis": diagnosis_view(
            opened.diagnosis,
            succeeded=last is not None and succeeded(last),
            is_going_on=opened.run is not None and not opened.run.is_done,
            has_failed_later=opened.run is not None and has_failed(opened.run),
            telling=Telling(record.evidence, reader, here, _strip(opened, reader)),
        ),
        "exchange": exchange_view(last) if is_call and last else None,
        "flow": flow,
        "steps": [] if is_call or flow else steps_view(record.exchanges),
        "claims": claim_rows(record.evidence.token_claims),
        "signature": record.evidence.signature or "",
        "lifetime": _lifetime(record.evidence, last if is_call else None),
        "ticket": opened.ticket,
        "run": run_view(opened.run, record.id, now) if opened.run else None,
    }


def _strip(opened: OpenAttempt, reader: Reader) -> dict[str, Any] | None:
    """Who talked to whom; of a call nothing kept with it names its client."""
    record = opened.record
    is_token = record.kind == "token"
    leg = leg_of(record.exchanges) if is_token else None
    client = token_history.name_in(record.title) if is_token else ""
    names = StripNames("You" if reader.is_integrator else "Client", client, api=reader.api)
    return strip_view(strip_of(record.evidence, opened.diagnosis, leg=leg), names)


def _lifetime(evidence: Evidence, answer: Exchange | None) -> dict[str, Any] | None:
    """The life of the token that was used, seen at that moment, with the API's clock."""
    if not evidence.token_claims or evidence.now is None:
        return None
    token = Token(TokenKind.JWS, "", header=evidence.token_header, claims=evidence.token_claims)
    leeway_s = evidence.expectations.leeway_s if evidence.expectations else 0
    return lifetime_view(token, evidence.now, leeway_s=leeway_s, clocks=clocks_of(answer, "The API"))


def claim_rows(claims: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Claims kept as evidence, of very many the first; the token itself is not kept."""
    shown, _ = first_rows(tuple((claims or {}).items()), "claims")
    return [
        {"label": name, "value": cut(value if isinstance(value, str) else json_text(value)), "is_code": True}
        for name, value in shown
    ]
