"""What is only looked up of a pasted token: the size of each part of it, and the token in other forms."""

import re
from typing import Any

from console.core.redaction.redact import RedactedClaims
from console.core.tokens.token import Token
from console.web.present.copies import copies_view
from console.web.present.size import size_view

_KEY = re.compile(r"-[0-9]{1,2}")


def part_view(token: Token, masked: RedactedClaims | None, *, part: str, key: str) -> dict[str, Any]:
    """What inspect/part.html needs. `part` is "size", else the copies; `key` says which token of the page it is."""
    if part == "size":
        return {"size": size_view(token)}
    return {"copies": copies_view(token, masked, key=key if _KEY.fullmatch(key) else "")}
