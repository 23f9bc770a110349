"""What is only looked up of a pasted token: its checks that passed, the size of each part, and its other forms."""

import re
from collections.abc import Sequence
from typing import Any

from console.core.finding import Finding
from console.core.redaction.redact import RedactedClaims
from console.core.tokens.token import Token
from console.web.present.copies import copies_view
from console.web.present.findings import passed_rows
from console.web.present.size import size_view

_KEY = re.compile(r"-[0-9]{1,2}")


def checks_view(findings: Sequence[Finding], *, key: str) -> dict[str, Any]:
    """What inspect/part.html needs of a token that nothing was demanded of; `key` as in part_view."""
    return {"passed": passed_rows(findings, shows_open=False), "key": _own(key)}


def part_view(token: Token, masked: RedactedClaims | None, *, part: str, key: str) -> dict[str, Any]:
    """What inspect/part.html needs. `part` is "size", else the copies; `key` says which token of the page it is."""
    return {"size": size_view(token)} if part == "size" else {"copies": copies_view(token, masked, key=_own(key))}


def _own(key: str) -> str:
    """The key, where it is one that a page gives; it becomes part of ids."""
    return key if _KEY.fullmatch(key) else ""
