"""What a paste was, each token in it, and each exchange in it that failed."""

from typing import Any

from console.core.inspection import Inspected
from console.services.inspection import Inspection
from console.web.present.diagnosis import diagnosis_view
from console.web.present.tokens import token_view

MAX_SHOWN = 20  # tokens, and failed exchanges, that one page shows; the command lists all
KINDS = {
    "jws": "Signed token (JWS)",
    "unsecured": "Unsecured token (alg none)",
    "jwe": "Encrypted token (JWE)",
    "opaque": "Opaque token",
    "saml": "SAML message",
    "paseto": "PASETO token",
    "token_response": "Token response",
    "token_error": "Token error",
    "curl": "A command that sends a request",
    "har": "HAR file",
    "http_message": "HTTP exchange",
    "gateway_trace": "Log or trace",
    "www_authenticate": "Challenge (WWW-Authenticate)",
    "cookie": "Cookies",
    "url": "URL",
    "secret": "A secret",
    "private_key": "A private key",
    "empty": "Nothing was pasted",
    "too_large": "Too large",
    "multiple": "Several tokens",
    "unknown": "Not recognised",
}


def inspection_view(found: Inspection) -> dict[str, Any]:
    pasted = found.pasted
    return {
        "kind": pasted.kind.value,
        "title": KINDS.get(pasted.kind.value, pasted.kind.value.replace("_", " ").capitalize()),
        "is_sensitive": pasted.is_sensitive,
        "notes": () if pasted.is_sensitive else (*pasted.notes, *_left_out(found)),
        "warnings": pasted.notes if pasted.is_sensitive else (),
        "api_name": found.api.name if found.api else "",
        "items": [_token(item, number, found) for number, item in enumerate(found.items[:MAX_SHOWN])],
        "exchanges": [_exchange(item, number) for number, item in enumerate(found.exchanges[:MAX_SHOWN])],
    }


def _token(item: Inspected, number: int, found: Inspection) -> dict[str, Any]:
    assert item.token is not None  # noqa: S101 (items are the nodes with a token)
    shown = token_view(
        item.token,
        item.signature,
        item.findings,
        api_name=found.api.name if found.api else "",
        now=found.now,
        hides_signature=False,
    )
    # Of one token the notes of the paste tell what was cleaned.
    notes = item.token.notes if len(found.items) > 1 else ()
    return {**shown, "key": f"-{number}" if number else "", "label": item.label, "notes": notes}


def _exchange(item: Inspected, number: int) -> dict[str, Any]:
    """One failed exchange: `title` is a sentence, `diagnosis` what diagnosis.html needs, None when unexplained."""
    return {
        "title": item.label,
        "problem": item.exchange.problem.value if item.exchange else "",
        "diagnosis": diagnosis_view(item.diagnosis, succeeded=False) if item.diagnosis else None,
        "key": f"-{number}" if number else "",
    }


def _left_out(found: Inspection) -> list[str]:
    """What the page does not show of a long list."""
    notes = []
    for name, listed in (("tokens", found.items), ("failed exchanges", found.exchanges)):
        if len(listed) > MAX_SHOWN:
            notes.append(f"Only the first {MAX_SHOWN} of {len(listed):,} {name} are shown here.")
    return notes
