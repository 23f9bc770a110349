"""The two sides of a mismatch in a token request: what was sent, and what is registered, configured or asked."""

from collections.abc import Callable, Mapping
from typing import Any

from console.core.diagnosis.assertion_facts import audience_fault, claims, issuer_fault
from console.core.diagnosis.base import Sides
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import redirect_uri_sent
from console.core.json.text import json_text
from console.core.redaction.redact import redact_text

_FEDERATED = {"issuer": "iss", "subject": "sub", "audience": "aud"}  # as a federated credential names them
_REGISTERED = ("registered_redirect_uris", "redirect_uris", "registered_redirect_uri")
MAX_VALUES = 12  # of one side: a list of a thousand audiences helps nobody


def values_of(value: Any) -> tuple[str, ...]:
    """One side as texts, redacted; empty when it is absent."""
    if value is None or value == "":
        return ()
    listed = value if isinstance(value, list | tuple) else [value]
    texts = (one if isinstance(one, str) else json_text(one) for one in listed[:MAX_VALUES])
    return tuple(redact_text(text) for text in texts)


def of_request(reading: Reading, slug: str) -> Sides | None:
    """None where the cause compares nothing of a request, or one side is not known."""
    find = _BY_CAUSE.get(slug)
    found = find(reading) if find else None
    if found is None:
        return None
    actual, expected = values_of(found[1]), values_of(found[3])
    return Sides(found[0], found[2], actual, expected) if actual and expected else None


_Found = tuple[str, Any, str, Any] | None


def _redirect(reading: Reading) -> _Found:
    return "redirect_uri sent", redirect_uri_sent(reading), "registered", reading.fact(*_REGISTERED)


def _assertion_audience(reading: Reading) -> _Found:
    fault = audience_fault(reading)
    return ("aud of the assertion", fault[0], "the server asked", fault[1]) if fault else None


def _assertion_issuer(reading: Reading) -> _Found:
    fault = issuer_fault(reading)
    return (f"{fault[0]} of the assertion", fault[1], "the client id", fault[2]) if fault else None


def _federated(reading: Reading) -> _Found:
    configured, presented = reading.fact("federated_credential"), claims(reading)
    for name, claim in _FEDERATED.items() if isinstance(configured, dict) else ():
        wanted, there = configured.get(name), presented.get(claim)
        if wanted and there and wanted != there:
            return f"{claim} of the token", there, "the credential says", wanted
    return None


_BY_CAUSE: Mapping[str, Callable[[Reading], _Found]] = {
    "redirect-uri-mismatch": _redirect,
    "assertion-audience-wrong": _assertion_audience,
    "assertion-issuer-wrong": _assertion_issuer,
    "federated-credential-mismatch": _federated,
}
