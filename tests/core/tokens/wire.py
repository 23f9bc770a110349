"""Compact tokens made by hand, for tests that need exact bytes."""

import base64
import json
from typing import Any

HEADER = '{"alg":"HS256","typ":"JWT"}'


def b64u(raw: bytes | str) -> str:
    data = raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass")
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def compact(payload: Any = "{}", header: Any = HEADER, signature: bytes = bytes(range(32))) -> str:
    """Dictionaries are written as JSON, texts and bytes as they are."""
    parts = (json.dumps(part) if isinstance(part, dict) else part for part in (header, payload))
    return ".".join([*map(b64u, parts), b64u(signature)])


def codes(token: Any) -> list[str]:
    return [defect.code for defect in token.defects]
