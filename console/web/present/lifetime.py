"""A token's lifetime as a line and as words."""

from typing import Any

from console.core.tokens.token import Token
from console.web.present import words

MARGIN = 60  # thousandths of the line kept free at both ends


def lifetime_view(token: Token, now: int) -> dict[str, Any] | None:
    """What lifetime.html needs; None when the token names no usable moments."""
    claims = token.claims or {}
    begin = _moment(claims.get("nbf")) or _moment(claims.get("iat"))
    end = _moment(claims.get("exp"))
    if begin is None or end is None or end <= begin:
        return None
    low, high = min(begin, now), max(end, now)
    scale = (1000 - 2 * MARGIN) / max(1, high - low)

    def place(moment: int) -> int:
        return MARGIN + round((moment - low) * scale)

    state = "has expired" if now > end else "is not yet valid" if now < begin else "is valid now"
    return {
        "label": f"The token {state}: from {words.exact(begin)} to {words.exact(end)}; now {words.exact(now)}.",
        "span_start": place(begin),
        "span_width": max(2, place(end) - place(begin)),
        "span_end": place(end),
        "leeway_width": 0,
        "now": place(now),
        "rows": [_row(name, claims, now) for name in ("iat", "nbf", "exp") if _moment(claims.get(name)) is not None],
        "note": "",
    }


def _row(name: str, claims: dict[str, Any], now: int) -> dict[str, Any]:
    moment = claims[name]
    return {"label": name, "value": words.exact(moment), "note": words.relative(moment, now)}


def _moment(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**40 else None
