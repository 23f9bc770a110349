"""Rows inside of rows: batches that one line carries, telemetry records, bytes of a journal, errors in an address."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote_plus

_BATCHES = ("records", "Records", "resourceLogs", "logEvents", "events")
CARRIED = frozenset({*_BATCHES, "scopeLogs"})  # members of an object that may carry rows
_ERROR = re.compile(r"[?&#;](error|error_description|error_subcode|error_code)=([^&#;\s\"]{1,2000})")


def rows_in(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of one JSON object: itself, or those of the batch it carries."""
    for name in _BATCHES:
        batch = value.get(name)
        if type(batch) is list and batch and all(type(one) is dict for one in batch):
            for one in batch:
                yield from rows_in(one)
            return
    if type(value.get("scopeLogs")) is list:
        yield from _telemetry(value)
    else:
        yield value


def _telemetry(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The log records of one resource of OTLP, each with what is said of the resource."""
    resource = value.get("resource")
    about = named_values(resource.get("attributes")) if type(resource) is dict else None
    for scope in value["scopeLogs"]:
        records = scope.get("logRecords") if type(scope) is dict else None
        for record in records if type(records) is list else ():
            if type(record) is dict:
                yield {**record, "resource": about or {}}


def named_values(listed: Any) -> dict[str, Any] | None:
    """A list of {key, value} as an object; None for any other list. Values of OTLP are taken out of their types."""
    if type(listed) is not list or not listed:
        return None
    found = {}
    for one in listed:
        if type(one) is not dict or type(one.get("key")) is not str or "value" not in one:
            return None
        found[one["key"]] = _typed(one["value"])
    return found


def _typed(value: Any) -> Any:
    if type(value) is dict and len(value) == 1:
        name, inner = next(iter(value.items()))
        if name.endswith("Value"):
            return inner
    return value


def text_of_bytes(listed: list[Any]) -> str | None:
    """What a journal writes as a list of bytes, because its text is no UTF-8; None for any other list."""
    if len(listed) < 2 or not all(type(one) is int and 0 <= one < 256 for one in listed):
        return None
    return bytes(listed).decode("utf-8", "replace")


def told_in_address(url: str) -> Mapping[str, str]:
    """What a sign-in put into the address it sent the browser to: `?error=…&error_description=…`."""
    found = {name: unquote_plus(value) for name, value in _ERROR.findall(url[:8000])}
    if "error" not in found:
        return {}
    more = " ".join(found[name] for name in ("error_description", "error_subcode", "error_code") if name in found)
    return {"reason": found["error"], **({"message": more} if more else {})}
