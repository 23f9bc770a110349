"""The texts of an attempt: what far sides and logs wrote, and what people observed or configured."""

import json
from typing import Any

from console.core.diagnosis.answer import Answer
from console.core.evidence import Evidence


def said_text(evidence: Evidence, answer: Answer) -> str:
    error = evidence.token_error or {}
    parts = [
        answer.gateway_message,
        flat(answer.body) if not isinstance(answer.body, str) else answer.body,
        "\n".join(f"{name}: {value}" for name, value in answer.headers.items()),
        flat(error),
        evidence.response.detail if evidence.response else "",
        (evidence.pasted or "")[:200_000],
    ]
    return "\n".join(part for part in parts if part)


def flat(value: Any) -> str:
    """A JSON value as lines of "name: value", nested names left out; texts as they are."""
    if isinstance(value, dict):
        return "\n".join(_line(str(name), one) for name, one in value.items())
    if isinstance(value, list):
        return "\n".join(flat(one) for one in value)
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)


def _line(name: str, value: Any) -> str:
    if isinstance(value, list) and not value:
        return f"{name}: []"
    inner = flat(value)
    return f"{name}: {inner}" if "\n" not in inner else f"{name}:\n{inner}"
