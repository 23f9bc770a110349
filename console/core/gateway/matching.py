"""How the gateway compares: ordinal and case-sensitive, with the few liberties its token library takes."""

import json
from typing import Any

from console.core.compare import is_guid
from console.core.tokens.token import NumberText


def is_placeholder(text: str) -> bool:
    """Whether the value is only known at run time: an expression `@(…)`, `@{…}` or a named value `{{…}}`."""
    return text.startswith(("@(", "@{")) or ("{{" in text and "}}" in text)


def same_but_for_slash(one: str, other: str) -> bool:
    """Whether two audiences differ by exactly one slash at the end, which the token library forgives."""
    return one != other and (one + "/" == other or other + "/" == one)


def is_other_form(one: str, other: str) -> bool:
    """Whether one audience is the client id of an API and the other its App ID URI `api://{client id}`."""
    pair = {one.removeprefix("api://").lower(), other.removeprefix("api://").lower()}
    return one != other and len(pair) == 1 and is_guid(pair.pop())


def claim_texts(value: Any, *, separator: str | None) -> tuple[str, ...]:
    """The texts the gateway compares for one claim: an array gives one per element, a separator splits each of them.

    Booleans become true/false, numbers their JSON text, null an empty text, objects their compact JSON.
    """
    items = value if isinstance(value, list) else [value]
    texts = [_text(item) for item in items]
    if separator:
        texts = [part for text in texts for part in text.split(separator)]
    return tuple(texts)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, NumberText):
        return value.text
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=str)
