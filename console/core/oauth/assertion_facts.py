"""What may be shown of a federated assertion: who made it, about whom, for whom and until when. Nothing is verified."""

from typing import Any

from console.core.credential import AssertionFacts
from console.core.tokens.parse import parse
from console.core.tokens.times import epoch

_MOST = 500  # characters of one claim that are kept


def facts_of(text: str) -> AssertionFacts:
    """Never raises: what cannot be read stays empty."""
    token = parse(text)
    claims, header = token.claims or {}, token.header or {}
    return AssertionFacts(
        issuer=_told(claims.get("iss")),
        subject=_told(claims.get("sub")),
        audience=_told(claims.get("aud")),
        alg=_told(header.get("alg")),
        ends_at=epoch(claims.get("exp")),
    )


def _told(value: Any) -> str:
    """Texts only, several in one line; "" for anything else."""
    values = value if isinstance(value, list) else [value]
    return ", ".join(one for one in values if isinstance(one, str))[:_MOST]
