"""The API behind the sandbox's gateway: it answers with what it was told, and can take its time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from console.core.exchange import Header, Response, header
from console.sandbox.answers import json_response
from console.sandbox.ids import guid
from console.sandbox.state import Operation, State

WORK_S = 6
STARTING_S = 1
RETRY_AFTER_S = 2
REMEMBERED = 100
MASKED = frozenset({"authorization", "proxy-authorization", "cookie"})


@dataclass(frozen=True, slots=True, repr=False)
class BackendCall:
    """The call as the gateway passes it on. `path` is below the API, `api_url` the address of the API at the
    gateway.
    """

    method: str
    path: str
    query: str
    headers: tuple[Header, ...]
    body: bytes
    api_url: str


Answered = tuple[Response, State]


def answer(call: BackendCall, state: State, now: int) -> Answered:
    """What the API says: sample data, work accepted with 202 and its monitor, or an echo of the call."""
    first, _, rest = call.path.strip("/").partition("/")
    route = _ROUTES.get((call.method, first, bool(rest)))
    if route is not None:
        return route(call, state, now)
    return json_response(200, _echo(call), now=now), state


def _echo(call: BackendCall) -> dict[str, Any]:
    return {
        "method": call.method,
        "path": call.path,
        "query": call.query,
        "headers": {name: _shown(name, value) for name, value in call.headers},
        "body": call.body.decode("utf-8", "replace"),
    }


def _shown(name: str, value: str) -> str:
    if name.lower() not in MASKED:
        return value
    scheme, blank, _ = value.partition(" ")
    return f"{scheme} ***" if blank else "***"


def _orders(call: BackendCall, state: State, now: int) -> Answered:
    orders = [
        {"id": "1001", "customer": "Contoso", "total": 1250.0, "currency": "EUR"},
        {"id": "1002", "customer": "Fabrikam", "total": 80.5, "currency": "EUR"},
    ]
    return json_response(200, {"orders": orders, "request": _echo(call)}, now=now), state


def _invoices(call: BackendCall, state: State, now: int) -> Answered:
    invoices = [{"id": "F-2001", "order": "1001", "isPaid": False}]
    return json_response(200, {"invoices": invoices, "request": _echo(call)}, now=now), state


def _start_report(call: BackendCall, state: State, now: int) -> Answered:
    """Work that goes on after a 202; or, to who prefers to wait (RFC 7240 section 4.3), its result at once."""
    if _waits(call):
        applied = (("Preference-Applied", "wait"),)
        done = Operation(guid(state.entropy, "operation"), now, now)
        finished = {"id": done.id, "status": "Succeeded", "result": _result(call, done)}
        return json_response(200, finished, now=now, headers=applied), replace(
            state, operations=(*state.operations, done)[-REMEMBERED:]
        )
    operation = Operation(guid(state.entropy, "operation"), now, now + WORK_S)
    headers = (
        ("Operation-Location", f"{call.api_url}/operations/{operation.id}"),
        ("Location", f"{call.api_url}/reports/{operation.id}"),
        ("Retry-After", str(RETRY_AFTER_S)),
    )
    response = json_response(202, {"id": operation.id, "status": "NotStarted"}, now=now, headers=headers)
    return response, replace(state, operations=(*state.operations, operation)[-REMEMBERED:])


def _monitor(call: BackendCall, state: State, now: int) -> Answered:
    """The status monitor: always 200, with Retry-After until the work is done."""
    operation = _find(call, state)
    if operation is None:
        return _not_found(state, now)
    status = _status(operation, now)
    body: dict[str, Any] = {"id": operation.id, "status": status, "percentComplete": _percent(operation, now)}
    if status == "Canceled":
        return json_response(200, {"id": operation.id, "status": status}, now=now), state
    if status == "Succeeded":
        return json_response(200, {**body, "result": _result(call, operation)}, now=now), state
    return json_response(200, body, now=now, headers=(("Retry-After", str(RETRY_AFTER_S)),)), state


def _cancel(call: BackendCall, state: State, now: int) -> Answered:
    """`POST …:cancel`: what is under way ends, and its monitor says so from now on."""
    found = _find(replace(call, path=call.path.removesuffix(":cancel")), state)
    if found is None or not call.path.endswith(":cancel"):
        return _not_found(state, now)
    ended = found if now >= found.done_at else replace(found, done_at=now, is_cancelled=True)
    operations = tuple(ended if one.id == found.id else one for one in state.operations)
    return json_response(200, {"id": ended.id, "status": _status(ended, now)}, now=now), replace(
        state, operations=operations
    )


def _report(call: BackendCall, state: State, now: int) -> Answered:
    """The older style: 202 while the work runs, 200 with the result when it is done."""
    operation = _find(call, state)
    if operation is None:
        return _not_found(state, now)
    status = _status(operation, now)
    if status == "Canceled":
        return json_response(410, {"error": {"code": "Canceled", "message": "The work was cancelled."}}, now=now), state
    if status == "Succeeded":
        return json_response(200, {"id": operation.id, "rows": 2}, now=now), state
    headers = (("Retry-After", str(RETRY_AFTER_S)), ("Location", f"{call.api_url}/reports/{operation.id}"))
    return json_response(202, {"id": operation.id, "status": status}, now=now, headers=headers), state


def _find(call: BackendCall, state: State) -> Operation | None:
    wanted = call.path.rstrip("/").rpartition("/")[2]
    return next((operation for operation in state.operations if operation.id == wanted), None)


def _status(operation: Operation, now: int) -> str:
    if operation.is_cancelled:
        return "Canceled"
    if now >= operation.done_at:
        return "Succeeded"
    return "Running" if now >= operation.started_at + STARTING_S else "NotStarted"


def _percent(operation: Operation, now: int) -> int:
    whole_s = max(operation.done_at - operation.started_at, 1)
    return max(0, min(100, round(100 * (now - operation.started_at) / whole_s)))


def _waits(call: BackendCall) -> bool:
    wish = (header(call.headers, "Prefer") or "").strip().lower()
    return wish.startswith("wait=")


def _result(call: BackendCall, operation: Operation) -> dict[str, Any]:
    return {"report": f"{call.api_url}/reports/{operation.id}", "rows": 2}


def _not_found(state: State, now: int) -> Answered:
    problem = {"error": {"code": "NotFound", "message": "There is no such operation."}}
    return json_response(404, problem, now=now), state


_ROUTES: dict[tuple[str, str, bool], Callable[[BackendCall, State, int], Answered]] = {
    ("GET", "orders", False): _orders,
    ("GET", "invoices", False): _invoices,
    ("POST", "reports", False): _start_report,
    ("GET", "reports", True): _report,
    ("GET", "operations", True): _monitor,
    ("POST", "operations", True): _cancel,
}
