"""A row of JSON as columns: objects inside it, also those that stand as text, become dotted names."""

from typing import Any

import msgspec

from console.core.triage.unwrapped import named_values, text_of_bytes

_DEEP = 4
_MOST = 300  # values of one row


def flat_row(value: dict[str, Any]) -> dict[str, str]:
    """Text by dotted name; null and empty values are left out, lists are joined.

    Lists of {key, value} are objects too."""
    found: dict[str, str] = {}
    _into(found, "", value, _DEEP)
    return found


def _into(found: dict[str, str], prefix: str, value: dict[str, Any], depth: int) -> None:
    for key, one in value.items():
        if len(found) >= _MOST:
            return
        kind = type(one)
        if kind is str:
            inner = _object(one) if one[:1] == "{" and depth else None
            if inner is not None:
                _into(found, f"{prefix}{key}.", inner, depth - 1)
            elif one:
                found[prefix + key] = one
        elif kind is dict:
            if depth:
                _into(found, f"{prefix}{key}.", one, depth - 1)
        elif kind is list:
            _list_into(found, prefix + key, one, depth)
        elif one is not None:
            found[prefix + key] = _text(one)


def _list_into(found: dict[str, str], name: str, listed: list[Any], depth: int) -> None:
    if depth and (named := named_values(listed)) is not None:
        _into(found, f"{name}.", named, depth - 1)
    elif (text := text_of_bytes(listed)) is not None:
        found[name] = text
    elif listed:
        found[name] = "; ".join(_text(part) for part in listed[:20])


def _object(text: str) -> dict[str, Any] | None:
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, dict | list):
        return str(value)
    try:
        return msgspec.json.encode(value).decode()
    except (UnicodeEncodeError, RecursionError):  # half a letter, or deeper than anybody writes
        return ""
