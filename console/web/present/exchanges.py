"""Exchanges as steps: what went over the wire, in order, already redacted."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, unquote

from console.core.answer.xml_indent import indented_xml, is_xml
from console.core.attempts.attempt import is_simulated_wait
from console.core.exchange import Exchange, FailureKind, Response
from console.core.http.content import binary_kind
from console.core.json.shown import MAX_SHOWN as LIMIT
from console.core.json.shown import indented_body, indented_size
from console.core.oauth import parameters
from console.web.present import words

PURPOSES = {"metadata": "metadata", "keys": "keys", "token": "token request", "call": "call", "poll": "check again"}
FAILURES = {
    FailureKind.BLOCKED_ADDRESS: "refused by this console",
    FailureKind.DNS: "name not found",
    FailureKind.REFUSED: "connection refused",
    FailureKind.RESET: "connection closed",
    FailureKind.TLS: "TLS failed",
    FailureKind.TIMEOUT: "timed out",
    FailureKind.TOO_LARGE: "too large",
    FailureKind.ENDED_EARLY: "ended early",
    FailureKind.BAD_HTTP: "not HTTP",
    FailureKind.BUSY: "busy",
}
MAX_SHOWN = 64_000
PREVIEW = 24_000  # bytes of a body that stand with its call; the rest has a page of its own


def steps_view(steps: Sequence[Exchange], *, opens_failed: bool = True) -> list[dict[str, Any]]:
    """Rows for steps.html; with `opens_failed` the last one is open when something went wrong there."""
    return [_step(step, is_told=opens_failed and index == len(steps) - 1) for index, step in enumerate(steps)]


def sent_steps(exchange: Exchange) -> list[dict[str, Any]]:
    """The request alone as a row of steps.html: where the answer stands beside it."""
    return [{**_step(exchange, is_told=False), "sections": sent_sections(exchange)}]


def status_text(exchange: Exchange) -> str:
    if exchange.response is not None:
        reason = exchange.response.reason or _phrase(exchange.response.status)
        return f"{exchange.response.status} {reason}".strip()
    return FAILURES[exchange.failure.kind] if exchange.failure else "no answer"


def tone(exchange: Exchange) -> str:
    return "fail" if exchange.failure else words.status_tone(exchange.response.status if exchange.response else None)


def body_view(exchange: Exchange, *, element_id: str = "response-body") -> dict[str, Any]:
    """The beginning of a response's body as text: indented JSON or XML, else as it came, cut with a notice."""
    response = exchange.response
    raw = response.body if response else b""
    whole = response.size_bytes if response else 0
    notices = []
    if response and response.is_cut:
        notices.append(f"The answer was larger than this console reads; kept is its beginning, {words.size(whole)}.")
    binary = binary_kind(response) if response else ""
    if len(raw) > PREVIEW and not binary:
        notices.append(f"Shown is the first {words.size(PREVIEW)} of {words.size(whole)}.")
    pretty = _indented(raw, response) if len(raw) <= PREVIEW else ""
    if not pretty and raw.lstrip()[:1] in (b"{", b"[") and len(raw) <= PREVIEW and indented_size(_text(raw)) > LIMIT:
        notices.append("Shown as it came: indented it would be too large.")
    return {
        "id": element_id,
        "raw": binary or raw[:PREVIEW].decode("utf-8", "replace"),
        "pretty": pretty,
        "cut_notice": " ".join(notices),
        "is_empty": not raw,
    }


def _indented(raw: bytes, response: Response | None) -> str:
    """JSON and XML, for reading; "" for anything else."""
    if response is not None and is_xml(raw, response.header("Content-Type") or ""):
        return indented_xml(_text(raw), limit=LIMIT)
    return indented_body(raw)


def header_rows(headers: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"name": name, "value": value, "is_masked": "***" in value or "<token>" in value} for name, value in headers
    ]


def note(exchange: Exchange) -> str:
    """Why there was no answer, and how the request left; "" when there is nothing to say."""
    notes = [exchange.failure.detail if exchange.failure else ""]
    notes.append("Answered by the embedded sandbox, in process." if exchange.is_local else "")
    notes.append("Sent through the deployment's proxy, which chose the address." if exchange.via_proxy else "")
    return " ".join(filter(None, notes))


def elapsed_text(exchange: Exchange) -> str:
    return "wait simulated" if is_simulated_wait(exchange) else f"{exchange.elapsed_ms} ms"


def _step(exchange: Exchange, *, is_told: bool) -> dict[str, Any]:
    return {
        "method": exchange.request.method,
        "url": exchange.request.url,
        "purpose": PURPOSES[exchange.purpose.value],
        "status_text": status_text(exchange),
        "tone": tone(exchange),
        "elapsed_text": elapsed_text(exchange),
        "is_open": is_told and tone(exchange) == "fail",
        "note": note(exchange),
        "sections": [*sent_sections(exchange), *received_sections(exchange)],
    }


def sent_sections(exchange: Exchange) -> list[dict[str, Any]]:
    """Headers, body and assertion of a request, each as a titled section of step.html."""
    request = exchange.request
    sections: list[dict[str, Any]] = []
    if request.headers:
        sections.append({"title": "Headers sent", "rows": header_rows(request.headers)})
    if request.body:
        sections.append(_sent_body(request.body))
    if request.client_certificate:
        shown = {"name": "x5t#S256", "value": request.client_certificate}
        sections.append({"title": "Client certificate shown in TLS", "rows": [shown]})
    carried = (
        ("Client assertion", exchange.assertion),
        ("Assertion or token passed on", exchange.subject),
        ("DPoP proof", exchange.proof),
    )
    for title, told in carried:
        if told is not None:
            sections.append({"title": f"{title}: header", "rows": _json_rows(told.header)})
            sections.append({"title": f"{title}: claims", "rows": _assertion_rows(told.claims)})
    return sections


def received_sections(exchange: Exchange) -> list[dict[str, Any]]:
    """The same for an answer; [] when none came."""
    response = exchange.response
    sections: list[dict[str, Any]] = []
    if response is not None:
        sections.append({"title": "Headers received", "rows": header_rows(response.headers)})
        sections.append(
            {"title": "Body received", "text": binary_kind(response) or _pretty(response.body) or _text(response.body)}
        )
    return sections


def _sent_body(body: bytes) -> dict[str, Any]:
    text = _text(body)
    pairs = parse_qsl(text, keep_blank_values=True)
    if pairs and text.count("=") >= len(pairs) and "{" not in text[:1]:
        return {"title": "Form fields sent", "rows": [_field(name, value) for name, value in pairs]}
    return {"title": "Body sent", "text": text}


def _field(name: str, value: str) -> dict[str, Any]:
    known = parameters.BY_NAME.get(name)
    return {
        "name": name,
        "value": unquote(value),
        "is_masked": "***" in value or value == "<token>",
        "purpose": known.purpose if known else "",
    }


def _json_rows(value: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"name": name, "value": words.side(item), "is_masked": False} for name, item in value.items()]


def _assertion_rows(claims: dict[str, Any]) -> list[dict[str, Any]]:
    rows = _json_rows(claims)
    begin, end = claims.get("nbf", claims.get("iat")), claims.get("exp")
    if isinstance(begin, int | float) and isinstance(end, int | float):
        rows.append({"name": "lifetime", "value": words.span(end - begin), "is_masked": False})
    return rows


def _pretty(body: bytes) -> str:
    return indented_body(body) if len(body) <= MAX_SHOWN else ""


def _text(body: bytes) -> str:
    return body[:MAX_SHOWN].decode("utf-8", "replace")


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
