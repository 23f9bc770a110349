"""The ids by which the far side knows an attempt: what a person is told to quote, and support searches by."""

from collections.abc import Iterable

from console.core.evidence import Evidence
from console.core.exchange import Exchange

LONGEST = 200
HEADER_NAMES = frozenset(
    {
        "x-ms-request-id",
        "x-ms-correlation-request-id",
        "x-correlation-id",
        "x-request-id",
        "apim-request-id",
        "request-id",
        "client-request-id",
        "traceparent",
        "x-azure-ref",
    }
)
BODY_NAMES = ("trace_id", "correlation_id", "correlationId", "traceId", "requestId", "activityId")


def references(evidence: Evidence, exchanges: Iterable[Exchange]) -> tuple[str, str]:
    """The first two in lower case, "" for none; those that are too long or no ASCII are left out.

    Of a `traceparent` (W3C Trace Context section 3.2) it is the trace's id.
    """
    found = [value for exchange in exchanges if exchange.response for name, value in exchange.response.headers
             if name.lower() in HEADER_NAMES]  # fmt: skip
    body = evidence.response.body if evidence.response else None
    for holder in (evidence.token_error, body):
        if isinstance(holder, dict):
            found += [value for name in BODY_NAMES if isinstance(value := holder.get(name), str)]
    plain = (_id_in(value) for value in found)
    known = [*dict.fromkeys(one for one in plain if one and one.isascii() and len(one) <= LONGEST), "", ""]
    return known[0], known[1]


def reference(typed: str) -> str:
    """What somebody searches by, as it is kept; "" for what can be none."""
    text = _id_in(typed)
    return text if text.isascii() and text.isprintable() and " " not in text and len(text) <= LONGEST else ""


def _id_in(value: str) -> str:
    text = value.strip().lower()
    parts = text.split("-")
    is_trace = len(parts) == 4 and [len(part) for part in parts] == [2, 32, 16, 2]
    return parts[1] if is_trace else text
