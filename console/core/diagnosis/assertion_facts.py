"""What a decoded client assertion or JWT grant shows (RFC 7523 section 3, entra.md section 4)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from console.core.compare import numeric_date
from console.core.diagnosis.code_words import reason_of_codes, words_of_codes
from console.core.diagnosis.moments import ANCHOR, resolved
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import sent_headers
from console.core.issuers import host_of

FEDERATED_AUDIENCE = "api://AzureADTokenExchange"
MAX_LIFE_S = {"maskinporten": 120, "tokenx": 120, "tokendings": 120}
_HEX_SHA1 = re.compile(r"(?:[0-9A-Fa-f]{2}[:\s]?){19}[0-9A-Fa-f]{2}")
_HEX_SHA256 = re.compile(r"(?:[0-9A-Fa-f]{2}[:\s]?){31}[0-9A-Fa-f]{2}")
_BASE64 = re.compile(r"[A-Za-z0-9_\-+/]+={0,2}")
_EXPIRED_KEY = re.compile(
    r"\b(?:key|certificate)\b(?![^.\n]{0,24}\b(?:may|might|could)\b)[^.\n]{0,30}\bexpired|expired (?:key|certificate)",
    re.I,
)
_KEY_END = re.compile(r"End=(\d{2}/\d{2}/\d{4})")
_FINE = re.compile(r"(\.\d{6})\d++")  # of a second: more digits than Python reads
_ANSWERED = re.compile(r"Timestamp: (\d{4}-\d{2}-\d{2})")
_TIMES = re.compile(
    r"Current time: (\S+?),.{0,40}valid from (\S+?),.{0,40}expiry time of assertion (\S+?)[.,]?(?:\s|$)", re.S
)


def header(reading: Reading) -> Mapping[str, Any]:
    request = reading.evidence.token_request
    return request.assertion.header if request and request.assertion else {}


def claims(reading: Reading) -> Mapping[str, Any]:
    request = reading.evidence.token_request
    return resolved(request.assertion.claims, reading.now) if request and request.assertion else {}


def is_signed_with_secret(reading: Reading) -> bool:
    """True for an assertion signed with a shared secret (HS256 and its like): no registered key can verify it."""
    return str(header(reading).get("alg", "")).upper().startswith("HS")


def customer_outside(reading: Reading) -> str:
    """Where consumer_org was sent, if not in the grant, which alone is read; "" when it was not sent elsewhere."""
    if not claims(reading) or "consumer_org" in claims(reading):
        return ""
    if "consumer_org" in reading.params:
        return "a field of the form"
    names = {name.replace("-", "_") for name in sent_headers(reading) or {}}
    return "a header" if not names.isdisjoint(("consumer_org", "x_consumer_org")) else ""


def is_federated(reading: Reading) -> bool:
    """True for a token of another provider that serves as assertion: its issuer is not the client."""
    issuer = claims(reading).get("iss")
    return claims(reading).get("aud") == FEDERATED_AUDIENCE or (
        isinstance(issuer, str) and issuer.startswith("https://") and reading.endpoint_tenant != ""
    )


def audience_fault(reading: Reading) -> tuple[str, str] | None:
    """(actual, wanted) when aud names another server, tenant or environment than the endpoint that was asked."""
    audience = claims(reading).get("aud")
    texts = [audience] if isinstance(audience, str) else audience if isinstance(audience, list) else []
    if not texts or not reading.endpoint or is_federated(reading):
        return None
    wanted = reading.endpoint.split("?")[0]
    if any(isinstance(text, str) and _fits(text, wanted, reading.endpoint_tenant) for text in texts):
        return None
    return str(texts[0]), wanted


def _fits(audience: str, endpoint: str, tenant: str) -> bool:
    if not _same_host(audience, endpoint):
        return False
    if tenant:
        return f"/{tenant.lower()}/" in f"{audience.lower().rstrip('/')}/"
    path = urlsplit(audience if "://" in audience else f"https://{audience}").path.strip("/")
    return path == "" or "://" not in audience or endpoint.rstrip("/").lower().startswith(_parent(audience))


def _parent(audience: str) -> str:
    """The audience without its last path segment when that is an endpoint's name: …/oauth2/v2.0/token and …/v2.0
    fit."""
    parts = urlsplit(audience.lower().rstrip("/"))
    first = parts.path.strip("/").split("/")[0]
    return f"{parts.scheme}://{parts.netloc}/{first}"


def _same_host(audience: str, endpoint: str) -> bool:
    actual, wanted = host_of(audience), host_of(endpoint)
    alias = {"sts.windows.net": "login.microsoftonline.com", "login.windows.net": "login.microsoftonline.com"}
    return alias.get(actual, actual) == alias.get(wanted, wanted)


def issuer_fault(reading: Reading) -> tuple[str, str, str] | None:
    """(claim, actual, client id) when iss or sub of a client assertion is not the client id.

    Without client_id in the request its sub names the client (RFC 7523 section 3).
    """
    if is_federated(reading) or "assertion" in reading.params:
        return None
    subject = claims(reading).get("sub")
    client_id = reading.client_id or (subject if isinstance(subject, str) else "")
    for name in ("iss", "sub"):
        value = claims(reading).get(name)
        if isinstance(value, str) and client_id not in ("", value):
            return name, value, client_id
    return None


def thumbprint_fault(reading: Reading) -> str | None:
    """What is wrong with the certificate's reference in the header, as a sentence; None when nothing is."""
    names = header(reading)
    if not names or not reading.endpoint or is_federated(reading):
        return None
    x5t, x5t_s256 = names.get("x5t"), names.get("x5t#S256")
    if x5t is None and x5t_s256 is None:
        has_other = any(name in names for name in ("kid", "x5c"))
        return None if has_other or not reading.endpoint_tenant else "The header has neither x5t nor x5t#S256."
    return _digest_fault("x5t", x5t, 20) or _digest_fault("x5t#S256", x5t_s256, 32)


def _digest_fault(name: str, value: Any, size: int) -> str | None:
    if value is None:
        return None
    algorithm = {20: "SHA-1", 32: "SHA-256"}
    if not isinstance(value, str):
        return f"{name} is not text."
    if _HEX_SHA1.fullmatch(value) or _HEX_SHA256.fullmatch(value):
        return f"{name} is written in hexadecimal digits; it must be base64url of the {algorithm[size]} digest."
    if not _BASE64.fullmatch(value):
        return f"{name} is not base64url."
    actual = len(value.rstrip("=")) * 6 // 8
    if actual == size:
        return None
    other = f", the size of a {algorithm[actual]} digest" if actual in algorithm else ""
    return f"{name} holds {actual} bytes{other}; it must hold {size}, the {algorithm[size]} digest of the certificate."


def times_of_text(text: str) -> tuple[float, float, float] | None:
    """(server's time, valid from, expiry) in epoch seconds from the text of AADSTS700024; None when it gives none."""
    found = _TIMES.search(text)
    if found is None:
        return None
    now, start, end = (_moment(part) for part in found.groups())
    return None if now is None or start is None or end is None else (now, start, end)


def _moment(text: str) -> float | None:
    written = _FINE.sub(r"\1", text.rstrip(".")).replace("Z", "+00:00")
    try:
        return datetime.fromisoformat(written).astimezone(UTC).timestamp()
    except (ValueError, OverflowError):
        return None


def is_clock_fault(reading: Reading) -> bool:
    """True when the assertion was fresh by the client's clock and the server found it out of time."""
    if (times := times_of_text(reading.said)) and times[1] > times[0]:
        return True
    found, now = claims(reading), ANCHOR if reading.now is None else reading.now
    start, end = numeric_date(found.get("nbf", found.get("iat"))), numeric_date(found.get("exp"))
    issued = numeric_date(found.get("iat"))
    if (start is not None and start > now) or (issued is not None and issued > now):
        return True
    is_fresh = issued is not None and end is not None and now - 30 <= issued <= now <= end
    return is_fresh and times_of_text(reading.said) is not None


def is_key_expired(reading: Reading) -> bool:
    """True when the provider says that the key has expired, or names an end of the key before the time of its
    answer."""
    if _EXPIRED_KEY.search(reason_of_codes(reading.said)):
        return True
    words = words_of_codes(reading.said)
    end, moment = _KEY_END.search(words), _ANSWERED.search(words)
    if end is None or moment is None:
        return False
    month, day, year = end[1].split("/")
    return f"{year}-{month}-{day}" < moment[1]


def lifetime_fault(reading: Reading) -> str | None:
    """What is wrong with the assertion's times, as a sentence; None when nothing is."""
    found, now = claims(reading), ANCHOR if reading.now is None else reading.now
    end, start = numeric_date(found.get("exp")), numeric_date(found.get("iat", found.get("nbf")))
    if end is None or (reading.now is None and end < 10**8):
        return None
    if end < now and reading.is_moment_told and reading.logged is None:
        return f"exp of the assertion is {int(end)}; the attempt was at {now}, {int(now - end)} seconds later."
    limit = next((life for name, life in MAX_LIFE_S.items() if name in reading.endpoint_host), None)
    if limit and start is not None and end - start > limit:
        return f"The assertion lives for {int(end - start)} seconds; this server allows {limit}."
    return None
