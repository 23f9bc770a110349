"""Lines that servers write about each request: nginx, Apache, Envoy, HAProxy, load balancers of AWS, and any other that
quotes the request and writes its status behind it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from console.core.triage.pairs import pairs_of

_COMBINED = re.compile(
    r"(?P<caller>\S+) \S+ (?P<user>\S+) \[(?P<time>[^\]]{1,40})\] "
    r'"(?P<request>[^"]*(?:\\"[^"]*)*)" (?P<status>\d{3}) \S+'
    r'(?: "[^"]*" "(?:[^"\\]|\\.)*")?(?P<rest>.*)'
)
_ENVOY = re.compile(
    r'\[(?P<time>[^\]]{1,40})\] "(?P<request>[^"]*)" (?P<status>\d{1,3}) (?P<flags>\S+)'
    r"(?P<rest>(?: \S+){0,3} \d+ \d+ .*)"
)
_ENVOY_TAIL = re.compile(r'"([^"]*)" "([^"]*)" "([^"]*)" "([^"]*)" "([^"]*)"')
_REASON = re.compile(r"\b([a-z_]{1,60}\{[^}]{1,200}\}|jwt_authn\w{0,60}|ext_authz\w{0,60}|rbac\w{0,60})")
_BALANCER = re.compile(
    r"(?:(?:https?|h2|grpcs|wss?) )?(?P<time>\d{4}-\d\d-\d\dT[\d:.]{8,20}Z) (?P<balancer>\S+) (?P<caller>\S+) \S+"
    r'(?: -?[\d.]{1,20}){3} (?P<status>\d{3}) (?P<backend>\d{3}|-) \d+ \d+ "(?P<request>[^"]*)"(?P<rest>.*)'
)
_HAPROXY = re.compile(
    r"(?P<caller>[0-9a-fA-F.:]{3,45}):\d{1,5} \[(?P<time>[^\]]{1,40})\] (?P<front>\S{1,200}) (?P<server>\S{1,200}) "
    r'[-+/\d]{5,60} (?P<status>\d{3}) \S{1,20} \S{1,300} \S{1,300} (?P<end>\S{4}) [^"]{0,4000}"(?P<request>[^"]*)"'
)
_SQUID = re.compile(
    r"(?P<time>\d{9,10}\.\d{3}) +\d+ (?P<caller>\S+) (?P<result>[A-Z_]{3,60})/(?P<status>\d{3}) \d+ "
    r"(?P<request>[A-Z_]{3,20} \S+)"
)
_REQUEST = re.compile(r'"(?P<request>[A-Z]{3,10} [^"\s]+(?: HTTP/[\d.]{1,4})?)" (?P<status>[1-5]\d\d)(?![\w.])')
_ADDRESS = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[0-9a-f]*:)[0-9a-f:]{6,39})(?![\w.])")
_BRACKETED = re.compile(r"\[(\d[^\]\[]{9,40})\]")
_STARTS = re.compile(
    r"(?P<time>\d{4}[/-]\d\d[/-]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?UTC|Z| ?[+-]\d\d:?\d\d)?),?\s+(?P<message>.+)"
)
_CHALLENGE = re.compile(
    r'"((?:Bearer|DPoP|Basic|Negotiate|Digest)(?: [^"\\]|\\")[^"\\]*(?:\\.[^"\\]*)*)"', re.IGNORECASE
)
_CONTAINER = re.compile(r"(?:stdout|stderr) [FP] ")
# What nginx writes behind a message: , client: 10.0.0.1, server: gw, request: "GET / HTTP/1.1", host: "gw"
_BEHIND = re.compile(r', (client|request|host): ("[^"]*"|[^\s,]+)')
_WORDS = re.compile(r"[A-Za-z]{3} [A-Za-z]{2}")
_QUOTED = re.compile(r'"([^"]*)"')
_FARTHEST = 4000  # letters of a line in which something about the request is looked for


@dataclass(frozen=True, slots=True)
class LineFormat:
    """`read` gives the fields of a line by their column names; None for a line of another shape."""

    name: str
    columns: tuple[str, ...]
    read: Callable[[str], Mapping[str, str] | None]


def _combined(line: str) -> Mapping[str, str] | None:
    found = _COMBINED.match(line)
    if found is None:
        return None
    fields = {name: found[name] for name in ("caller", "time", "request", "status")}
    if found["user"] != "-":
        fields["caller"] = found["user"]
    return {**_told_behind(found["rest"]), **fields}


def _told_behind(rest: str) -> dict[str, str]:
    """What a server was told to write beyond the usual: a challenge, named values; numbers say nothing."""
    rest = rest.strip()[:_FARTHEST]
    if not rest:
        return {}
    found = dict(pairs_of(rest)) if "=" in rest else {}
    if challenge := _CHALLENGE.search(rest):
        found["challenge"] = challenge[1].replace('\\"', '"').replace("\\x22", '"')
    elif not found and _WORDS.search(rest):
        found["message"] = rest
    return found


def _envoy(line: str) -> Mapping[str, str] | None:
    found = _ENVOY.match(line)
    if found is None:
        return None
    fields = {name: found[name] for name in ("time", "request", "status")}
    fields["source"] = found["flags"]
    if told := _REASON.search(found["rest"]):
        fields["reason"] = told[1].replace("_", " ")  # jwt_authn_access_denied{Jwt_is_expired} has no blanks
    if tail := _ENVOY_TAIL.search(found["rest"]):
        fields["caller"], fields["api"] = tail[1], tail[4]
        fields["backend_status"] = "0" if tail[5] in ("-", "") else ""
    return fields


def _balancer(line: str) -> Mapping[str, str] | None:
    """Application and classic load balancers of AWS; behind their fixed columns stands why they refused."""
    found = _BALANCER.match(line)
    if found is None:
        return None
    fields = {name: found[name] for name in ("time", "caller", "request", "status")}
    fields["backend_status"] = "0" if found["backend"] == "-" else found["backend"]
    quoted = _QUOTED.findall(found["rest"])
    if len(quoted) > 6:  # agent, trace, domain, certificate, actions, redirect, reason
        fields["api"], fields["reason"] = quoted[2].strip("-"), quoted[6].strip("-")
    return fields


def _haproxy(line: str) -> Mapping[str, str] | None:
    found = _HAPROXY.search(line[:_FARTHEST])
    if found is None:
        return None
    fields = {name: found[name] for name in ("time", "caller", "request", "status")}
    fields["api"] = found["server"].split("/")[0]
    fields["backend_status"] = "0" if found["server"].endswith("<NOSRV>") or found["end"].startswith("P") else ""
    return fields


def _squid(line: str) -> Mapping[str, str] | None:
    found = _SQUID.match(line)
    if found is None:
        return None
    return {**{name: found[name] for name in ("time", "caller", "status", "request")}, "source": found["result"]}


def access_line(line: str) -> Mapping[str, str] | None:
    """Any line with the request in quotes and its status behind it, whatever stands around; None for another."""
    found = _REQUEST.search(line[:_FARTHEST])
    if found is None:
        return None
    before = line[: found.start()]
    fields = {**_told_behind(line[found.end() :]), "request": found["request"], "status": found["status"]}
    if time := _BRACKETED.search(before) or _STARTS.match(before + "."):
        fields["time"] = time[1]
    if address := _ADDRESS.search(before):
        fields["caller"] = address[0]
    return fields


def time_before(text: str) -> str:
    """The time that a text begins with; "" for none."""
    found = _STARTS.match(text + " .")
    return found["time"].replace("/", "-") if found else ""


def _plain(line: str) -> Mapping[str, str]:
    """A line that begins with a time, or any other: what an application said, or what it writes of a request."""
    found = _STARTS.match(line)
    time, message = (found["time"].replace("/", "-"), found["message"]) if found else ("", line)
    if container := _CONTAINER.match(message):
        message = message[container.end() :]
    if (request := access_line(message)) is not None:
        return {"time": time, **request}
    behind = {name: value.strip('"') for name, value in _BEHIND.findall(message[:_FARTHEST])}
    fields = {"time": time, "message": message}
    if "error=" in message and (error := dict(pairs_of(message[:_FARTHEST])).get("error")):
        fields["reason"] = error
    for name, column in (("client", "caller"), ("request", "request"), ("host", "api")):
        if value := behind.get(name):
            fields[column] = value
    return fields


_NAMES = ("time", "status", "reason", "message", "source", "api", "caller", "request", "backend_status", "challenge")
LINE_FORMATS = (
    LineFormat("Envoy access log", _NAMES, _envoy),
    LineFormat("AWS load balancer log", _NAMES, _balancer),
    LineFormat("HAProxy log", _NAMES, _haproxy),
    LineFormat("nginx or Apache access log", _NAMES, _combined),
    LineFormat("Squid access log", _NAMES, _squid),
    LineFormat("access log", _NAMES, access_line),
)
PLAIN = LineFormat("lines of text", _NAMES, _plain)


def format_of_lines(lines: Sequence[str]) -> LineFormat | None:
    """The access log that most of these lines come from; None where they come from several programs, or none."""
    counts = {one.name: sum(one.read(line) is not None for line in lines) for one in LINE_FORMATS}
    return next((one for one in LINE_FORMATS if counts[one.name] * 2 > len(lines)), None)


def w3c_columns(line: str) -> tuple[str, ...] | None:
    """The columns that a W3C log names (`#Fields: date time cs-method …`); None for other lines."""
    return tuple(line[8:].split()) if line.startswith("#Fields:") else None
