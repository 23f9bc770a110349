"""How large a token is: what each member takes, and which limits it breaks."""

from typing import Any

from console.core.tokens.size import LIMITS, HeaderLimit, LimitRow, SizeShare, measure
from console.core.tokens.token import Token
from console.web.present import words

MAX_SHARES = 100  # the largest


def size_view(token: Token) -> dict[str, Any]:
    """What panels.size_panel needs."""
    size = measure(token)
    broken = sum(not row.fits for row in size.limits)
    return {
        "total": f"{size.total_bytes:,} bytes",
        "line": f"{size.line_bytes:,} bytes",
        "shares": [_share(share) for share in size.shares[:MAX_SHARES]],
        "limits": [_limit(row) for row in size.limits],
        "tone": "warning" if broken else "pass",
        "summary": f"{broken} of {len(size.limits)} limits broken" if broken else f"within {len(size.limits)} limits",
        "advice": size.advice,
    }


def ordinary_size_view(token: Token) -> dict[str, Any]:
    """The same for a token of ordinary size, as long as nobody asks for more than that."""
    return {
        "total": f"{token.size_bytes:,} bytes",
        "tone": "pass",
        "summary": f"within {len(LIMITS)} limits",
        "advice": (),
    }


def _share(share: SizeShare) -> dict[str, Any]:
    percent = "under 1 %" if share.share < 10 else f"{share.share / 10:.0f} %"
    name = f"{share.name or 'braces and blanks'} ({share.part})"
    return {"name": name, "share": share.share, "text": f"{words.size(share.encoded_bytes)}, {percent}"}


def _limit(row: LimitRow) -> dict[str, Any]:
    left = f"{row.left_bytes:,} bytes left" if row.fits else f"{-row.left_bytes:,} bytes too many"
    return {**_WORDS[row.limit.name], "left": left, "status": "" if row.fits else "warning"}


def _words(limit: HeaderLimit) -> dict[str, str]:
    """What is said of a limit whatever the token."""
    scope = "for one header line" if limit.is_line else "for all headers together"
    return {
        "name": limit.name,
        "limit": f"{limit.limit_bytes:,} bytes {scope}",
        "source": limit.source + ("" if limit.is_confirmed else " (unconfirmed)"),
    }


_WORDS = {limit.name: _words(limit) for limit in LIMITS}
