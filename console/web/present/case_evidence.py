"""What was asked for in a case and what came, in words; where a case is from, and the texts to hand on."""

from collections.abc import Mapping
from typing import Any

from console.core.attempts.handed_over import HandedOver
from console.core.cases.entries import TalkKind
from console.core.cases.hidden import hidden_in
from console.core.diagnosis.base import Missing
from console.core.diagnosis.markdown import as_markdown
from console.core.evidence import evidence_json
from console.core.json.shown import shown_json
from console.core.json.text import json_text
from console.core.owner import Owner
from console.services.case_files import Imported
from console.services.cases import OpenCase
from console.store.case_evidence import AskRecord
from console.web.present import words
from console.web.present.cases import hidden_view

ANSWER_TO = {
    Owner.INTEGRATOR: "the integrator",
    Owner.API_OWNER: "the API’s owner",
    Owner.TENANT_ADMIN: "the provider’s administrator",
    Owner.IDENTITY_PROVIDER: "the provider’s support",
    Owner.NETWORK: "the network’s people",
    Owner.END_USER: "the person who signs in",
    Owner.CONSOLE_ADMIN: "the console’s administrator",
}
MAX_ANSWER = 4000  # characters that the answer box takes


def supplements_view(opened: OpenCase, now: int) -> dict[str, Any]:
    """What asked.html, news.html and handing.html show."""
    asks = opened.supplements.asks
    rows = [_ask_row(one, now) for one in asks]
    return {
        "rows": rows,
        "here": sum(one["is_here"] for one in rows),
        "waiting": sum(not one["is_here"] for one in rows),
        "added": len(opened.supplements.additions),
        "news": _news(opened, now),
        "origin": _origin(opened),
        "answer": _answer(opened),
        "ticket": {"text": opened.ticket, "markdown": as_markdown(opened.ticket)},
    }


def filled_answer(opened: OpenCase, typed: Mapping[str, str]) -> dict[str, str]:
    """What stands in the answer form once the text was put into it: what was typed, the text below it, and whom the
    case then waits for."""
    text = opened.answer.text.strip() if opened.answer else ""
    said = typed.get("text", "").strip()
    whole = "\n\n".join(one for one in (said, text) if one and (one is said or one not in said))
    shown = whole if len(whole) <= MAX_ANSWER else f"{whole[: MAX_ANSWER - 1]}…"
    return {"text": shown, "then": typed.get("then", "")}


def missing_rows(missing: tuple[Missing, ...], asks: tuple[AskRecord, ...]) -> list[dict[str, Any]]:
    """What is missing, with why and how; and whether it was asked for."""
    waiting = {one.wanted.what for one in asks if one.given_at is None}
    return [{**_wanted(one), "is_asked": one.what in waiting} for one in missing]


def preview_view(handed: HandedOver) -> dict[str, Any]:
    """What would be added, as others would read it; `held` is what the page sends back."""
    value = evidence_json(handed.evidence)
    return {
        "text": shown_json(value)[0],
        "held": json_text(value),
        "hidden": hidden_view(hidden_in((handed.evidence,), ()), 0),
    }


def imported_view(found: Imported) -> dict[str, Any]:
    count = len(found.cases)
    return {
        "title": f"{count} case{' is' if count == 1 else 's are'} imported" if count else "No case was imported",
        "cases": [{"id": one.id, "number": one.number, "title": one.title} for one in found.cases],
        "unread": found.unread,
        "origin": found.origin,
        "is_changed": found.is_changed,
    }


def _ask_row(one: AskRecord, now: int) -> dict[str, Any]:
    is_here = one.given_at is not None
    given = f"added {words.relative(one.given_at or 0, now)}{f' by {one.given_by}' if one.given_by else ''}"
    asked = f"asked {words.relative(one.at, now)}{f' by {one.by}' if one.by else ''}"
    return {**_wanted(one.wanted), "is_here": is_here, "when": given if is_here else asked}


def _wanted(one: Missing) -> dict[str, Any]:
    what = f"{one.what[:1].upper()}{one.what[1:]}"
    return {"what": what, "why": one.why, "how": one.how, "command": one.command, "who": ANSWER_TO[one.who]}


def _news(opened: OpenCase, now: int) -> dict[str, str] | None:
    """What the evidence that was added last changed; None when nothing was added."""
    last = next((one for one in reversed(opened.record.talk) if one.kind is TalkKind.ADDED), None)
    if last is None:
        return None
    parts, _, told = last.text.partition("\n")
    by = last.author_name or last.author_email
    return {"by": by, "parts": parts, "told": told, "ago": words.relative(last.created_at, now)}


def _origin(opened: OpenCase) -> dict[str, Any] | None:
    found = opened.supplements.origin
    if found is None:
        return None
    return {
        "console": found.console or "another console",
        "number": found.number,
        "owner": found.owner,
        "written": words.exact(found.written_at) if found.written_at else "",
        "imported": words.exact(found.imported_at),
        "is_changed": found.is_changed,
    }


def _answer(opened: OpenCase) -> dict[str, str] | None:
    answer = opened.answer
    if answer is None:
        return None
    return {"to": ANSWER_TO[answer.who], "text": answer.text, "markdown": as_markdown(answer.text)}
