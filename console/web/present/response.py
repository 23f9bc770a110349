"""An answer in words: where its time went, and its headers with what each is for."""

from typing import Any

from django.urls import reverse

from console.core.answer import header_readings
from console.core.answer.known_headers import known
from console.core.answer.pictures import MEDIA_TYPES
from console.core.answer.xml_indent import is_xml
from console.core.exchange import Exchange, Timings
from console.core.redaction.bodies import NOT_TEXT, is_only_told
from console.core.reference.entry import EntryKind
from console.web.present import words
from console.web.present.body_views import VIEWS
from console.web.present.reference import reference_url

WIDTH = 1000  # of the bar, in its own units
_PARTS = ("name", "connection", "TLS", "waiting", "reading")
_ABOUT = {
    "name": "looking the name up",
    "connection": "opening the connection",
    "TLS": "agreeing on encryption and showing the certificate",
    "waiting": "sending the request and waiting for the head of the answer",
    "reading": "reading the body",
}


def timings_view(exchange: Exchange) -> dict[str, Any] | None:
    """The measured parts as one bar and a list; None where none was measured."""
    parts = _measured(exchange.timings)
    if not parts:
        return None
    whole_us = max(exchange.elapsed_ms * 1000, sum(part_us for _, part_us in parts), 1)
    rows, x = [], 0.0
    for name, part_us in parts:
        width = part_us * WIDTH / whole_us
        phase = _PARTS.index(name) + 1
        text = words.milliseconds(part_us)
        rows.append(
            {
                "name": name,
                "about": _ABOUT[name],
                "text": text,
                "phase": phase,
                "x": round(x, 1),
                "width": round(width, 1),
            }
        )
        x += width
    longest, longest_us = max(parts, key=lambda part: part[1])
    return {
        "rows": rows,
        "width": WIDTH,
        "summary": f"{longest} took {words.milliseconds(longest_us)} of {exchange.elapsed_ms} ms",
        "told": f"{exchange.elapsed_ms} ms in all: " + ", ".join(f"{row['name']} {row['text']}" for row in rows),
        "note": "A proxy opened the connection, so what came before is not measured." if exchange.via_proxy else "",
    }


def _measured(timings: Timings | None) -> list[tuple[str, int]]:
    if timings is None:
        return []
    values = (timings.dns_us, timings.connect_us, timings.tls_us, timings.first_byte_us, timings.body_us)
    return [(name, value) for name, value in zip(_PARTS, values, strict=True) if value is not None]


def body_links(exchange: Exchange, attempt_id: str) -> dict[str, Any]:
    """Where the body is shown in other ways, found in and saved; no links where nothing of it was kept. `picture_url`
    is that of the picture it is by its type, "" for anything else; `is_bytes`: saving it is the way to it.
    """
    response = exchange.response
    if response is None or not response.body or not attempt_id or is_only_told(response):
        return {"views": [], "file_url": "", "picture_url": "", "is_bytes": False}
    url = reverse("call-body", args=[attempt_id])
    is_bytes = response.body.startswith(NOT_TEXT)
    media_type = (response.header("Content-Type") or "").strip().lower()
    is_json = not response.is_cut and response.body.lstrip()[:1] in (b"{", b"[") and not is_bytes
    is_markup = not is_bytes and not response.is_cut and is_xml(response.body, media_type)
    codes = ["pretty", "tree"] if is_json else ["pretty"] if is_markup else []
    codes += ["picture"] if is_bytes and media_type.startswith("image/") else []
    is_shown = is_bytes and not response.is_cut and media_type.partition(";")[0].strip() in MEDIA_TYPES
    codes += ["hex"] if is_bytes else ["raw", "hex"]
    return {
        "views": [{"title": VIEWS[code], "url": f"{url}?as={code}"} for code in codes],
        "file_url": reverse("call-body-file", args=[attempt_id]),
        "picture_url": reverse("call-body-picture", args=[attempt_id]) if is_shown else "",
        "is_bytes": is_bytes,
    }


def explained_headers(exchange: Exchange) -> dict[str, Any]:
    """Each header with what it is for, and those that ought to be there and are not."""
    headers = exchange.response.headers if exchange.response else ()
    rows = [_header(name, value, exchange) for name, value in headers]
    count = sum(bool(row["about"]) for row in rows)
    return {
        "rows": rows,
        "absent": [{"name": name, "why": why} for name, why in header_readings.missing(exchange)],
        "summary": f"{len(rows)} response header{'' if len(rows) == 1 else 's'}, {count} explained",
    }


def _header(name: str, value: str, exchange: Exchange) -> dict[str, Any]:
    one = known(name)
    return {
        "name": name,
        "value": value,
        "about": one.meaning if one else "",
        "reading": header_readings.reading(name, value, exchange=exchange),
        "url": reference_url(EntryKind.HEADERS, one.name) if one else "",
        "is_masked": "***" in value or "<token>" in value,
    }
