"""What a person or a script gives to an evaluation as JSON: the call, the metadata, the values, a table of calls."""

from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from console.core.json import strict as strict_json
from console.core.policy.engine.model import UNREACHABLE, MetadataView
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.engine.switches import wrong_switch
from console.core.policy.policies.subscription_key import SubscriptionRule, key_digest
from console.core.policy.text.values import Values
from console.core.policy.text.values import read_values as values_of
from console.core.tokens.keys import read_jwks
from console.core.tokens.times import LAST_SECOND

MAX_REQUESTS = 1_000
_Kind = TypeVar("_Kind")
VERDICTS = ("allow", "reject", "undecided", "invalid_policy")


@dataclass(frozen=True, slots=True)
class UnusableFile:
    """Why a file cannot be used: the end of a sentence that begins with its name. Never holds a value from the file."""

    why: str


@dataclass(frozen=True, slots=True)
class Keys:
    """`valid` are the API's keys; `header` and `query` the names under which it takes one."""

    valid: tuple[str, ...] = ()
    header: str = "Ocp-Apim-Subscription-Key"
    query: str = "subscription-key"


@dataclass(frozen=True, slots=True)
class Call:
    """REQUEST.json. `subscription_keys` None: the API asks for no key. `context` is what expressions read beside the
    call itself: `body`, `user`, `subscription`, `product`, `api`, `operation`, `response` and the other parts of
    `csharp.gateway.context_of`.
    """

    url: str
    method: str = "GET"
    headers: dict[str, str | list[str]] = field(default_factory=dict)
    client_ip: str | None = None
    client_certificate: str | None = None
    context: dict[str, Any] = field(default_factory=dict)
    subscription_keys: Keys | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What a row of a table promises; `reason` None: any."""

    verdict: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One call of a table. `now` is epoch seconds, None for the table's moment."""

    request: Call
    expect: Expected
    name: str = ""
    assume_signature: bool = False
    now: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """`{"requests": [...], "now"?: epoch seconds, "switches"?: {name: choice}}`: calls and what is expected of each."""

    requests: tuple[Row, ...]
    now: int | None = None
    switches: dict[str, str] = field(default_factory=dict)


def read_calls(text: str) -> Call | Table | UnusableFile:
    """REQUEST.json: one call, or a table of calls when it has a member `requests`."""
    value = _object(text)
    if isinstance(value, UnusableFile):
        return value
    if "requests" not in value:
        return _converted(value, Call)
    table = _converted(value, Table)
    return table if isinstance(table, UnusableFile) else _checked(table)


def _checked(table: Table) -> Table | UnusableFile:
    if not 0 < len(table.requests) <= MAX_REQUESTS:
        return UnusableFile(f"it has {len(table.requests)} requests; from 1 to {MAX_REQUESTS} can be run")
    if table.now is not None and not 0 <= table.now <= LAST_SECOND:
        return UnusableFile("now must be seconds since 1970")
    if wrong := wrong_switch(table.switches):
        return UnusableFile(wrong)
    for number, row in enumerate(table.requests, 1):
        if row.now is not None and not 0 <= row.now <= LAST_SECOND:
            return UnusableFile(f"now of request {number} must be seconds since 1970")
        if row.expect.verdict not in VERDICTS:
            return UnusableFile(f"request {number} expects none of {', '.join(VERDICTS)}")
    return table


def to_request(call: Call) -> GatewayRequest:
    pairs = (
        (name, one) for name, value in call.headers.items() for one in (value if isinstance(value, list) else [value])
    )
    return GatewayRequest(
        call.method,
        call.url,
        tuple(pairs),
        call.client_ip,
        call.client_certificate,
        is_as_received=True,
        context=call.context,
    )


def to_rule(call: Call) -> SubscriptionRule | None:
    keys = call.subscription_keys
    if keys is None:
        return None
    return SubscriptionRule(tuple(key_digest(key) for key in keys.valid), _realm(call.url), keys.header, keys.query)


def _realm(url: str) -> str:
    """The address of the API, without query: nobody here knows where the API's path ends."""
    try:
        split = urlsplit(url)
    except ValueError:
        return ""
    return f"{split.scheme}://{split.netloc}{split.path}"


def read_metadata(text: str) -> dict[str, MetadataView] | UnusableFile:
    """METADATA.json: by address, an issuer with its keys, or an `error`."""
    value = _object(text)
    if isinstance(value, UnusableFile):
        return value
    views = {url: _view(entry) for url, entry in value.items()}
    if wrong := [url for url, view in views.items() if view is None]:
        return UnusableFile(f"its entry number {list(views).index(wrong[0]) + 1} is no object with issuer and jwks")
    return {url: view for url, view in views.items() if view is not None}


def _view(entry: Any) -> MetadataView | None:
    if not isinstance(entry, dict):
        return None
    if "error" in entry:
        return UNREACHABLE
    issuer, keys = entry.get("issuer", ""), entry.get("jwks")
    if not isinstance(issuer, str) or not isinstance(keys, dict | list | None):
        return None
    return MetadataView(issuer, None if keys is None else read_jwks(keys))


def read_values(text: str) -> Values | UnusableFile:
    """VALUES.json: texts by name in each of its members."""
    value = _object(text)
    if isinstance(value, UnusableFile):
        return value
    found = values_of(value)
    return UnusableFile(found.rstrip(".")) if isinstance(found, str) else found


def _object(text: str) -> dict[str, Any] | UnusableFile:
    reading = strict_json.read_text(text.removeprefix("\ufeff"))
    if not reading.is_json:
        return UnusableFile("it is not JSON")
    if not isinstance(reading.value, dict):
        return UnusableFile("it is not a JSON object")
    return reading.value


def _converted(value: dict[str, Any], kind: type[_Kind]) -> _Kind | UnusableFile:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as problem:
        return UnusableFile(str(problem)[:200])
