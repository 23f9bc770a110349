"""A suggested command with what the evidence knows filled in; what it does not know stays a <place>."""

import re
from collections.abc import Mapping

from console.core.diagnosis.reading import Reading
from console.core.issuers import host_of, read_issuer

_PLACE = re.compile(r"<([^<>]{1,60})>")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@-]{0,199}")  # nothing that a shell, a URL or a filter reads as its own
_POOL = re.compile(r"https://cognito-idp\.[a-z0-9-]+\.amazonaws\.com/([\w-]+)")
_CORRELATION = ("correlation_id", "trace_id")
_IDS = ("apim-request-id", "x-ms-correlation-request-id", "x-correlation-id", "request-id")


def suggested(command: str, reading: Reading) -> str:
    """The command; "" for none."""
    if not command:
        return ""
    facts = _facts(reading)
    return _PLACE.sub(lambda found: _plain(facts.get(found[1])) or found[0], command)


def _facts(reading: Reading) -> Mapping[str, str]:
    issuer = _text(reading.claims.get("iss")) or reading.endpoint
    pool = _POOL.match(issuer)
    form = read_issuer(issuer)
    error = reading.token_error or {}
    correlation = next((text for name in _CORRELATION if (text := _text(error.get(name)))), "")
    answered = next((reading.answer.headers[name] for name in _IDS if name in reading.answer.headers), "")
    return {
        "client id": _client(reading),
        "client_email": _text(reading.claims.get("email")),
        "realm": form.tenant if form.provider == "keycloak" else "",
        "domain": host_of(issuer),
        "user pool": pool[1] if pool else "",
        "correlation id": correlation or answered,
    }


def _client(reading: Reading) -> str:
    named = (reading.claims.get(name) for name in ("azp", "appid", "cid", "client_id"))
    return reading.client_id or next((text for one in named if (text := _text(one))), "")


def _plain(value: str | None) -> str:
    return value if value and _PLAIN.fullmatch(value) else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
