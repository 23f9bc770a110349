"""Made logs: rows whose causes, counts and times are known, written in each format that is recognised."""

import csv
import io
import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 28, 5, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    """One row; `cause` None: it refuses nothing."""

    at: datetime
    status: int
    backend: int
    api: str
    operation: str
    method: str
    path: str
    caller: str
    reason: str = ""
    message: str = ""
    cause: str | None = None


KINDS = (
    (401, 0, "TokenExpired", "JWT Validation Failed: IDX10223: Lifetime validation failed. The token is expired. "
     "ValidTo (UTC): '11/28/2026 5:12:40 AM', Current time (UTC): '{now}'.", "token-expired"),
    (401, 0, "SubscriptionKeyNotFound", "Access denied due to missing subscription key. Make sure to include "
     "subscription key when making requests to an API.", "subscription-key-missing"),
    (401, 0, "JwtNotPresent", "JWT not present.", "authorization-header-missing"),
    (429, 0, "RateLimitExceeded", "Rate limit is exceeded. Try again in {n} seconds.", "rate-or-quota-exceeded"),
)  # fmt: skip


def made_rows(count: int = 400, seed: int = 7) -> list[Made]:
    """Every third row is a refusal; times go on by some seconds each."""
    chance, at, rows = random.Random(seed), START, []
    for number in range(count):
        at += timedelta(seconds=chance.randint(1, 40), milliseconds=chance.randint(0, 999))
        api, caller = chance.choice(("orders", "invoices")), f"10.0.0.{chance.randint(1, 30)}"
        where = (api, f"get-{api}", "GET", f"/{api}/{chance.randint(1, 10**6)}?code=abc{number}", caller)
        if number % 3:
            rows.append(Made(at, 200, 200, *where))
            continue
        status, backend, reason, message, cause = chance.choice(KINDS)
        told = message.format(now=at.strftime("%m/%d/%Y %I:%M:%S %p"), n=chance.randint(1, 60))
        rows.append(Made(at, status, backend, *where, reason, told, cause))
    return rows


def iso(row: Made) -> str:
    return row.at.strftime("%Y-%m-%dT%H:%M:%S.%f") + "0Z"


def gateway_object(row: Made) -> dict:
    """As diagnostic settings write it: properties, an error inside them, an operation name that says nothing."""
    properties = {
        "method": row.method, "url": f"https://gw.example{row.path}", "responseCode": row.status,
        "backendResponseCode": row.backend, "apiId": row.api, "operationId": row.operation,
        "lastError": {"source": "validate-jwt", "reason": row.reason, "message": row.message} if row.reason else None,
    }  # fmt: skip
    return {
        "time": iso(row), "category": "GatewayLogs", "operationName": "Microsoft.ApiManagement/GatewayLogs",
        "callerIpAddress": row.caller, "correlationId": f"c-{row.at.timestamp()}", "properties": properties,
    }  # fmt: skip


COLUMNS = (
    "TimeGenerated [UTC]", "ApiId", "OperationId", "Method", "Url", "CallerIpAddress", "ResponseCode",
    "BackendResponseCode", "LastErrorReason", "LastErrorMessage",
)  # fmt: skip


def gateway_values(row: Made) -> list[object]:
    when = f"{row.at.month}/{row.at.day}/{row.at.year}, {row.at.strftime('%I:%M:%S.%f')[:-3].lstrip('0')} {row.at:%p}"
    values = (row.api, row.operation, row.method, f"https://gw.example{row.path}", row.caller, row.status, row.backend)
    return [when, *values, row.reason, row.message]


def as_json_lines(rows):
    return "\n".join(json.dumps(gateway_object(row)) for row in rows).encode()


def as_document(rows):
    return json.dumps({"records": [gateway_object(row) for row in rows]}, indent=2).encode()


def as_list(rows):
    return json.dumps([gateway_object(row) for row in rows]).encode()


def as_tables(rows):
    columns = [{"name": name, "type": "string"} for name in COLUMNS]
    values = [[iso(row), *gateway_values(row)[1:]] for row in rows]
    return json.dumps({"tables": [{"name": "PrimaryResult", "columns": columns, "rows": values}]}).encode()


def as_csv(rows, delimiter=",", columns=COLUMNS):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(map(gateway_values, rows))
    return file.getvalue().encode()


def as_semicolons(rows):
    return b"\xef\xbb\xbf" + as_csv(rows, ";")


def as_wide_tabs(rows):
    return as_csv(rows, "\t").decode().encode("utf-16")


def as_container_lines(rows):
    return "\n".join(f"{iso(row)} stdout F {json.dumps(gateway_object(row))}" for row in rows).encode()


FORMATS = {
    "json-lines": as_json_lines, "document": as_document, "list": as_list, "tables": as_tables, "csv": as_csv,
    "semicolons": as_semicolons, "utf-16-tabs": as_wide_tabs, "container": as_container_lines,
}  # fmt: skip


def as_nginx(rows):
    line = '{ip} - - [{at}] "{method} {path} HTTP/1.1" {status} 12 "-" "curl/8.5"'
    return "\n".join(
        line.format(
            ip=row.caller,
            at=row.at.strftime("%d/%b/%Y:%H:%M:%S +0000"),
            method=row.method,
            path=row.path,
            status=row.status,
        )
        for row in rows
    ).encode()


def as_envoy(rows):
    line = '[{at}] "{method} {path} HTTP/1.1" {status} - {told} - "-" 0 26 1 - "{ip}" "curl/8.5" "{id}" "{api}" "-"'
    told = {
        "token-expired": "jwt_authn_access_denied{Jwt_is_expired}",
        "authorization-header-missing": "jwt_authn_access_denied{Jwt_is_missing}",
    }
    return "\n".join(
        line.format(
            at=iso(row),
            method=row.method,
            path=row.path,
            status=row.status,
            told=told.get(row.cause, "via_upstream"),
            ip=row.caller,
            id=f"{row.at.timestamp()}",
            api=row.api,
        )
        for row in rows
    ).encode()
