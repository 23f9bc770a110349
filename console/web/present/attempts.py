"""Attempts of the history."""

from typing import Any

from console.core.answer.unread import is_unread
from console.core.attempts.history import is_failing
from console.core.diagnosis.intake import relative_seconds
from console.core.diagnosis.strip import strip_of
from console.core.diagnosis.ticket import ticket_text
from console.core.evidence import Evidence
from console.core.exchange import Exchange
from console.core.json.shown import cut, first_rows
from console.core.tokens.claims import ClaimRow, kept_claims
from console.core.tokens.token import Token, TokenKind
from console.services import token_history
from console.services.calls import OpenAttempt
from console.store.attempts import AttemptRecord
from console.web.present import words
from console.web.present.calls import exchange_view, succeeded
from console.web.present.diagnosis import Telling, diagnosis_view
from console.web.present.exchanges import steps_view
from console.web.present.known_advice import advised
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
        "replay_of": _replay_of(record),
        "is_pinned": record.is_pinned,
        "is_of_matrix": record.is_of_matrix,
        "is_well": record.is_answered_well and not record.primary_cause,
        "can_turn": is_failing(record.status) and record.profile_id is not None and not record.is_of_matrix,
        "diagnosis": diagnosis_view(
            opened.diagnosis,
            succeeded=last is not None and succeeded(last),
            is_going_on=opened.run is not None and not opened.run.is_done,
            has_failed_later=opened.run is not None and has_failed(opened.run),
            is_unread=last is not None and is_unread(last.response),
            telling=Telling(record.evidence, reader, here, _strip(opened, reader)),
        ),
        "exchange": exchange_view(last, record.id) if is_call and last else None,
        "flow": flow,
        "steps": [] if is_call or flow else steps_view(record.exchanges),
        "claims": claim_rows(record.evidence.token_claims),
        "signature": record.evidence.signature or "",
        "lifetime": _lifetime(record.evidence, last if is_call else None),
        "ticket": ticket_text(record.evidence, advised(opened.diagnosis, here)),
        "run": run_view(opened.run, record.id, now, status=record.status) if opened.run else None,
    }


def _replay_of(record: AttemptRecord) -> str | None:
    """The profile whose form can be filled with it again, for who may use that; None for none."""
    can_replay = record.kind == "call" and bool(record.exchanges) and record.uses_profile
    return record.profile_id if can_replay and record.called is not None else None


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
    """Claims kept as evidence, of very many the first, each with its value in words as Inspect says it."""
    shown, _ = first_rows(tuple((claims or {}).items()), "claims")
    return [_claim_row(row) for row in kept_claims(dict(shown))]


def _claim_row(row: ClaimRow) -> dict[str, Any]:
    is_marked = (
        relative_seconds(row.value_text) is not None
    )  # "now-60" of evidence that was pasted is as good as a time
    return {
        "label": row.name,
        "value": cut(row.value_text),
        "note": "" if is_marked else row.human,
        "is_code": True,
    }
