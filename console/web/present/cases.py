"""Cases as the pages show them."""

from dataclasses import replace
from typing import Any

from console.core.answer.unread import is_unread
from console.core.attempts.handed_over import HandedOver
from console.core.cases.hidden import Hidden, hidden_in
from console.core.cases.state import AWAITED, CaseState
from console.core.diagnosis import cause_title
from console.core.diagnosis.strip import strip_of
from console.core.diagnosis.ticket import ids
from console.services.cases import OpenCase
from console.web.present import words
from console.web.present.attempts import claim_rows
from console.web.present.calls import succeeded
from console.web.present.case_queue import TONES
from console.web.present.case_talk import talk_view
from console.web.present.diagnosis import Telling, diagnosis_view
from console.web.present.exchanges import steps_view
from console.web.present.strip import StripNames, strip_view
from console.web.present.who import Reader, administrator_at

CLAMPED = 80  # characters: a longer title may be cut in the head of its page, and stands whole among the facts


def case_view(opened: OpenCase, now: int, *, administers: bool) -> dict[str, Any]:
    """`administers`: who reads it looks after this console."""
    record = opened.record
    last = record.exchanges[-1] if record.exchanges else None
    telling = _telling(opened, administers=administers)
    return {
        "id": record.id,
        "number": record.number,
        "title": record.title,
        "owner": record.owner_name or record.owner_email,
        "when": words.exact(record.created_at),
        "ago": words.relative(record.created_at, now),
        "expires": words.exact(record.expires_at),
        "state": record.state.words,
        "tone": TONES.get(record.state, ""),
        "is_open": record.state.is_open,
        "outcome": f"Solved: {_true_cause(opened)}." if record.state is CaseState.SOLVED else "",
        "assignee": record.assignee,
        "is_theirs": record.assignee_id is not None and record.assignee_id == opened.reader_id,
        "is_own": opened.is_own,
        "can_comment": opened.can_comment,
        "can_delete": opened.can_delete,
        "can_work": opened.can_work,
        "facts": _facts(opened),
        "hidden": hidden_view(opened.hidden, record.left_out),
        "waits": [(state.value, name, state is record.state) for state, name in AWAITED.items()],
        "all_count": len(opened.likes) + 1,
        "likes": [{"id": id_, "number": number} for id_, number in opened.likes.items()],
        "desk": [
            {"id": id_, "name": name} for id_, name in opened.desk if id_ not in (opened.reader_id, record.assignee_id)
        ],
        "openings": [
            {"reader": one.reader, "times": one.times, "when": words.exact(one.opened_at)} for one in record.openings
        ],
        "diagnosis": diagnosis_view(
            opened.diagnosis,
            succeeded=last is not None and succeeded(last),
            is_unread=last is not None and is_unread(last.response),
            telling=telling,
        ),
        "ticket": opened.ticket,
        "pasted": record.evidence.pasted or "",
        "steps": steps_view(record.exchanges, opens_failed=False),
        "token_steps": steps_view(record.token_exchanges, opens_failed=False),
        "claims": claim_rows(record.evidence.token_claims),
        "signature": record.evidence.signature or "",
        "talk": talk_view(record, now),
    }


def hidden_view(hidden: Hidden, left_out: int) -> dict[str, Any]:
    """What nobody can see in a case: each kind with its count, and the pseudonyms, one for each value."""
    kinds = (
        (hidden.tokens, "token", "tokens", ", never kept"),
        (hidden.secrets, "secret or signature", "secrets and signatures", ", masked"),
        (hidden.persons, "personal value, as a pseudonym", "personal values, as pseudonyms", ""),
        (left_out, "body", "bodies", " that did not go along"),
    )
    total = hidden.total
    return {
        "title": f"{total} value{' is' if total == 1 else 's are'} hidden" if total else "Nothing had to be hidden",
        "kinds": [
            {"count": count, "words": f"{one if count == 1 else many}{rest}"}
            for count, one, many, rest in kinds
            if count
        ],
        "pseudonyms": [
            {"name": name, "places": f"{count} place{'' if count == 1 else 's'}"} for name, count in hidden.pseudonyms
        ],
    }


def _true_cause(opened: OpenCase) -> str:
    """What it really was, once it was solved."""
    record = opened.record
    return cause_title(record.true_cause) or "no cause of the catalogue" if record.solved_at else ""


def _facts(opened: OpenCase) -> list[dict[str, str]]:
    record = opened.record
    asked = record.evidence.request
    rows = (
        ("Title", record.title if len(record.title) > CLAMPED else ""),
        ("State", record.state.words),
        ("It was", _true_cause(opened)),
        ("In a sentence", record.sentence),
        ("Looked after by", record.assignee or "nobody yet"),
        ("API", record.api_name),
        ("Profile", record.profile_name),
        ("From", record.owner_name or record.owner_email),
        ("Call", f"{asked.method} {asked.url.partition('?')[0]}" if asked else ""),
        *((name, value) for name, value in ids(record.evidence) if "request-id" in name or "correlation" in name),
        ("Deleted by itself", words.exact(record.expires_at)),
    )
    return [{"label": label, "value": value} for label, value in rows if value]


def _telling(opened: OpenCase, *, administers: bool) -> Telling:
    """To who made the case, or to who helps them."""
    record, is_own = opened.record, opened.is_own
    reader = Reader(administrator=administrator_at(record.evidence), administers=administers)
    if record.is_handed_in:  # whoever found it in a log need not be whose client it is
        bare = strip_view(strip_of(record.evidence, opened.diagnosis), StripNames())
        return Telling(record.evidence, reader, strip=bare)
    client = "You" if is_own else record.owner_name.partition("@")[0]
    names = StripNames(client, record.profile_name, api=record.api_name)
    reader = replace(reader, is_integrator=is_own, integrator="" if is_own else record.owner_name, api=record.api_name)
    return Telling(record.evidence, reader, strip=strip_view(strip_of(record.evidence, opened.diagnosis), names))


def preview_view(handed: HandedOver) -> dict[str, Any]:
    """What a case would show to others."""
    token = handed.token
    evidence, exchanges = (handed.evidence, token.evidence if token else None), token.exchanges if token else ()
    return {
        "hidden": hidden_view(hidden_in(evidence, (*handed.exchanges, *exchanges)), handed.left_out),
        "steps": steps_view(handed.exchanges),
        "token_steps": steps_view(exchanges),
        "claims": claim_rows(handed.evidence.token_claims),
    }
