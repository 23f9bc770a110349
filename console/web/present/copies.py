"""A token in the forms that people hand on: whole, without its signature, its claims, its claims without persons."""

from typing import Any

from console.core.json.shown import shown_json
from console.core.redaction.redact import RedactedClaims
from console.core.tokens.token import Token

WHOLE = "It can be used as it stands: hand it to nobody who may not act with it."
UNSIGNED = "Nobody can use it, but it still says whom it is about."
MASKED = "The same person has the same pseudonym in every case of this console."
UNMASKED = "No value of these claims is one that is hidden in a shared case."


def copies_view(token: Token, masked: RedactedClaims | None, *, key: str) -> list[dict[str, Any]]:
    """What copies.html needs; empty for what is no readable token. `key` makes the ids unique."""
    if not token.text or len(token.parts) < 2:
        return []
    shown = [("whole", "The whole token", token.text, WHOLE)]
    if len(token.parts) == 3 and token.parts[2].encoded:
        unsigned = f"{token.parts[0].encoded}.{token.parts[1].encoded}."
        shown.append(("unsigned", "Without its signature", unsigned, UNSIGNED))
    if token.claims is not None:
        text, form = shown_json(token.claims)
        shown.append(("claims", "The claims alone (JSON)", text, f"{UNSIGNED} {form}".strip()))
    if masked is not None:
        text, form = shown_json(masked.claims)
        title = "The claims without personal values (JSON)"
        shown.append(("masked", title, text, f"{_summary(masked)} {form}".strip()))
    return [
        {"id": f"copy-{name}{key}", "title": title, "value": value, "note": note} for name, title, value, note in shown
    ]


def _summary(masked: RedactedClaims) -> str:
    return f"{masked.summary} {MASKED}" if masked.summary else UNMASKED
