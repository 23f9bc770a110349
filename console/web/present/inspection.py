"""What a paste was, and each token in it."""

from typing import Any

from console.services.inspection import Inspection
from console.web.present.tokens import token_view

KINDS = {
    "jws": "Signed token (JWS)",
    "unsecured": "Unsecured token (alg none)",
    "jwe": "Encrypted token (JWE)",
    "opaque": "Opaque token",
    "saml": "SAML message",
    "paseto": "PASETO token",
    "token_response": "Token response",
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
        "notes": () if pasted.is_sensitive else pasted.notes,
        "warnings": pasted.notes if pasted.is_sensitive else (),
        "api_name": found.api.name if found.api else "",
        "items": [
            {
                **token_view(
                    item.token,
                    item.signature,
                    item.findings,
                    api_name=found.api.name if found.api else "",
                    now=found.now,
                    hides_signature=False,
                ),
                "key": f"-{number}" if number else "",
            }
            for number, item in enumerate(found.items)
        ],
    }
