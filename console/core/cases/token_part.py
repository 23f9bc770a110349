"""The token request that goes along with a case of a call: the one that got the token which was sent."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec

from console.core.attempts.handed_over import HandedOver
from console.core.evidence import Evidence
from console.core.redaction.personal import count_pseudonyms

_MARKS = ("jti", "uti", "iat", "exp")  # claims that tell one token of a client from the next


def obtained_by(call: Evidence, requests: Sequence[Evidence]) -> int | None:
    """Which of the requests, newest first, got the token of the call; None when none of them did.

    A token that nobody can read is taken to be from the newest.
    """
    if call.token_claims is None:
        return next((number for number, one in enumerate(requests) if one.token_claims is None), None)
    wanted = _marks(call.token_claims)
    return next((number for number, one in enumerate(requests) if _marks(one.token_claims or {}) == wanted), None)


def together(call: HandedOver, request: HandedOver) -> HandedOver:
    """Both, with what was hidden counted once."""
    shown = [msgspec.to_builtins(one) for part in (call, request) for one in (part.evidence, part.exchanges)]
    hidden = max(call.hidden_values, request.hidden_values, count_pseudonyms(*shown))
    return replace(call, hidden_values=hidden, left_out=call.left_out + request.left_out, token=request)


def _marks(claims: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(claims.get(name) for name in _MARKS)
