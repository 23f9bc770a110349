"""The same made rows as other products write them: gateways, applications, and what carries their lines."""

import csv
import io
import json

from tests.core.triage.made import gateway_object, iso


def lines(write):
    return lambda rows: "\n".join(json.dumps(write(row)) for row in rows).encode()


def nano(row):
    return int(row.at.timestamp() * 1000) * 1_000_000


def kong(row):
    return {
        "request": {"method": row.method, "uri": row.path, "headers": {"host": "gw.example"}},
        "response": {"status": row.status, "headers": {}, "size": "12"}, "service": {"name": row.api},
        "route": {"name": f"get-{row.api}"}, "latencies": {"request": 515, "kong": 1}, "client_ip": row.caller,
        "upstream_status": str(row.backend), "started_at": nano(row) // 1_000_000, "error_message": row.message or None,
    }  # fmt: skip


def traefik(row):
    return {
        "ClientAddr": f"{row.caller}:4711", "ClientHost": row.caller, "DownstreamStatus": row.status,
        "OriginStatus": row.backend, "RequestMethod": row.method, "RequestPath": row.path, "RequestHost": "gw.example",
        "RouterName": f"{row.api}@docker", "ServiceName": row.api, "StartUTC": iso(row), "level": "info",
        "error": row.message, "msg": "", "time": iso(row),
    }  # fmt: skip


def cloudflare(row):
    return {
        "ClientIP": row.caller, "ClientRequestHost": row.api, "ClientRequestMethod": row.method,
        "ClientRequestURI": row.path, "EdgeResponseStatus": row.status, "OriginResponseStatus": row.backend,
        "EdgeStartTimestamp": nano(row), "RayID": "4bd5", "message": row.message,
    }  # fmt: skip


def envoy(row):
    return {
        "start_time": iso(row), "method": row.method, "path": row.path, "response_code": row.status,
        "response_flags": "-", "downstream_remote_address": f"{row.caller}:5555", "authority": row.api,
        "upstream_host": None, "response_code_details": row.message or "via_upstream", "bytes_sent": 12,
    }  # fmt: skip


def spring(row):
    return {
        "@timestamp": iso(row), "@version": "1", "level": "WARN", "level_value": 30000, "thread_name": "http-1",
        "logger_name": "com.example.Filter", "message": row.message or "served", "http.status": row.status,
        "service": row.api, "method": row.method, "path": row.path, "client.ip": row.caller,
    }  # fmt: skip


def serilog(row):
    return {
        "@t": iso(row), "@mt": "HTTP {RequestMethod} {RequestPath} responded {StatusCode}", "@l": "Warning",
        "RequestMethod": row.method, "RequestPath": row.path, "StatusCode": row.status, "@x": row.message or None,
        "SourceContext": "Serilog", "ApiName": row.api, "ClientIp": row.caller,
    }  # fmt: skip


def elastic(row):
    return {
        "@timestamp": iso(row), "ecs": {"version": "8.11"}, "message": row.message or "served",
        "event": {"type": "access"},
        "http": {"request": {"method": row.method}, "response": {"status_code": row.status}},
        "url": {"path": row.path.split("?")[0]}, "client": {"ip": row.caller}, "service": {"name": row.api},
        "host": {"name": "node-1"}, "log": {"level": "warn"},
    }  # fmt: skip


def telemetry_record(row):
    said = {
        "http.response.status_code": {"intValue": str(row.status)}, "url.path": {"stringValue": row.path},
        "http.request.method": {"stringValue": row.method}, "client.address": {"stringValue": row.caller},
    }  # fmt: skip
    return {
        "timeUnixNano": str(nano(row)), "severityText": "WARN", "body": {"stringValue": row.message or "served"},
        "attributes": [{"key": name, "value": value} for name, value in said.items()],
    }  # fmt: skip


def telemetry(rows):
    """Seven records of one resource a line."""
    written = []
    for api in sorted({row.api for row in rows}):
        mine = [row for row in rows if row.api == api]
        for start in range(0, len(mine), 7):
            resource = {"attributes": [{"key": "service.name", "value": {"stringValue": api}}]}
            records = [telemetry_record(row) for row in mine[start : start + 7]]
            scopes = [{"scope": {"name": "app"}, "logRecords": records}]
            written.append(json.dumps({"resourceLogs": [{"resource": resource, "scopeLogs": scopes}]}))
    return "\n".join(written).encode()


def docker(row):
    inner = json.dumps({"status": row.status, "msg": row.message, "api": row.api, "path": row.path, "ip": row.caller})
    return {"log": inner + "\n", "stream": "stdout", "time": iso(row)}


def journal(row):
    said = f"{row.method} {row.path} {row.message}".encode()
    return {
        "__REALTIME_TIMESTAMP": str(nano(row) // 1000), "MESSAGE": list(said), "_SYSTEMD_UNIT": row.api,
        "PRIORITY": "4", "STATUS": str(row.status), "_PID": "71", "CLIENT_IP": row.caller,
    }  # fmt: skip


def request(row):
    """Application Insights: what is said beside the columns stands in one of them, as text."""
    more = {"ApiId": row.api, "error message": row.message, "Region": "West Europe"}
    return {
        "timestamp [UTC]": row.at.strftime("%m/%d/%Y, %I:%M:%S.%f %p"), "name": f"GET /{row.api}/{{id}}",
        "url": f"https://gw.example{row.path}", "success": str(row.status < 400), "resultCode": str(row.status),
        "customDimensions": json.dumps(more), "client_IP": row.caller, "duration": "12.5",
    }  # fmt: skip


def exception(row):
    return {
        "timestamp [UTC]": row.at.strftime("%m/%d/%Y, %I:%M:%S.%f %p"), "problemId": "at Validate", "type": "E",
        "outerMessage": "The token was refused.", "innermostMessage": row.message, "cloud_RoleName": row.api,
        "client_IP": row.caller, "customDimensions": "{}",
    }  # fmt: skip


def table(write, delimiter=","):
    def written(rows):
        file = io.StringIO()
        shown = [write(row) for row in rows]
        writer = csv.DictWriter(file, fieldnames=list(shown[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(shown)
        return file.getvalue().encode()

    return written


def pairs(rows):
    line = 'time={at} level=warn msg="{said}" method={method} path={path} status={status} ip={ip} service={api}'
    return "\n".join(
        line.format(
            at=iso(row),
            said=row.message,
            method=row.method,
            path=row.path,
            status=row.status,
            ip=row.caller,
            api=row.api,
        )
        for row in rows
    ).encode()


def other_words(row):
    return {
        "Zeitstempel": row.at.strftime("%d.%m.%Y %H:%M:%S"), "Antwortcode": row.status, "Meldung": row.message,
        "Service": row.api, "Methode": row.method, "Pfad": row.path, "Benutzer": row.caller,
    }  # fmt: skip


def batches(rows):
    """As diagnostic settings write it to a storage account, several rows a line."""
    some = [rows[start : start + 9] for start in range(0, len(rows), 9)]
    return "\n".join(json.dumps({"records": [gateway_object(row) for row in part]}) for part in some).encode()


WHOLE = {
    "kong": lines(kong), "traefik": lines(traefik), "cloudflare": lines(cloudflare), "envoy-json": lines(envoy),
    "spring": lines(spring), "serilog": lines(serilog), "ecs": lines(elastic), "otlp": telemetry,
    "docker": lines(docker), "journald": lines(journal), "app-insights-requests": table(request),
    "logfmt": pairs, "other-language": table(other_words, ";"), "batches": batches,
}  # fmt: skip
