"""The text for a ticket: what failed, why, what to do, who, and the ids to quote. Redacted evidence in, plain text
out."""

from typing import Any

from console.core.diagnosis.answer import ANSWERERS, combined
from console.core.diagnosis.base import Diagnosis, RankedCause
from console.core.diagnosis.codes import explain_code, find_codes
from console.core.evidence import Evidence
from console.core.tokens.times import utc_and_number

_HEADERS = (
    "x-ms-request-id",
    "x-ms-correlation-request-id",
    "x-correlation-id",
    "x-request-id",
    "apim-request-id",
    "request-id",
    "traceparent",
    "x-azure-ref",
    "x-ms-ests-server",
    "date",
)
TIME = "time"
FIRST_REFUSAL = 400
_BODY = ("trace_id", "correlation_id", "timestamp", "correlationId", "traceId")


def ticket_text(evidence: Evidence, diagnosis: Diagnosis) -> str:
    """Plain text with one fact a line; never a token or a secret."""
    lines = [*about(evidence), f"Answered by: {ANSWERERS[diagnosis.answered_by]}. {diagnosis.how_known}"]
    lines += [diagnosis.unread] if diagnosis.unread else []
    if diagnosis.primary:
        lines += ["", *_cause(diagnosis.primary)]
    else:
        lines += ["", "Nothing was refused." if _went_well(evidence) else "No cause could be named."]
    for title, others in (
        ("Also to be looked at", [cause for cause in diagnosis.causes[1:] if not cause.follows]),
        ("Follows from it", [cause for cause in diagnosis.causes[1:] if cause.follows]),
    ):
        told = "; ".join(f"{cause.cause} ({cause.confidence})" for cause in others[:3])
        lines += [f"{title}: {told}."] if told else []
    for one in diagnosis.wanted:
        lines += [f"Still needed: {one.what}. {one.how}".rstrip()]
    if quoted := ids(evidence):
        lines += ["", "To quote:", *(f"  {name}: {value}" for name, value in quoted)]
    return "\n".join(lines) + "\n"


def _went_well(evidence: Evidence) -> bool:
    response = evidence.response
    status = response.status if response and not response.no_answer else evidence.http_status
    return status is not None and status < FIRST_REFUSAL


def about(evidence: Evidence) -> list[str]:
    """What was tried and how it was answered, a sentence each."""
    lines = []
    if evidence.request and evidence.request.url:
        answered = evidence.response.status if evidence.response else None
        status = f" was answered {answered}" if answered else ""
        lines.append(f"Call: {evidence.request.method} {evidence.request.url.split('?')[0]}{status}.")
    if evidence.token_request and evidence.token_request.endpoint:
        status = f" was answered {evidence.http_status}" if evidence.http_status else ""
        lines.append(f"Token request: POST {evidence.token_request.endpoint.split('?')[0]}{status}.")
    return lines


def _cause(cause: RankedCause) -> list[str]:
    return [
        f"What: {cause.what}",
        f"Why: {cause.why}",
        f"To do: {cause.do}",
        *(["Suggested command, to be checked before it is run:", f"  {cause.command}"] if cause.command else []),
        f"Who: {cause.owner.words}.",
        f"Cause: {cause.cause} ({cause.confidence}).",
    ]


def ids(evidence: Evidence) -> list[tuple[str, str]]:
    """Ids that support asks for (entra.md section 2.3), codes with their meaning."""
    error = evidence.token_error or {}
    found = [(name, str(error[name])) for name in _BODY if _is_plain(error.get(name))]
    headers = combined(evidence.response.headers if evidence.response else ())
    found += [(name, headers[name]) for name in _HEADERS if name in headers]
    for code in find_codes(str(error.get("error_description", "")), error.get("error_codes")):
        row = explain_code(code)
        found.append((f"AADSTS{code}", row.meaning if row else "not in the table of this console"))
    if evidence.now is not None:
        found.append((TIME, utc_and_number(evidence.now)))
    return found


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) < 200
