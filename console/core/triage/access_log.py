"""Lines that servers write about each request: nginx and Apache (combined), Envoy (default), IIS and other W3C logs."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

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
_ERROR = re.compile(
    r"(?P<time>\d{4}[/-]\d\d[/-]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)\s+(?P<message>.+)"
)


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
    if found["rest"].strip():
        fields["message"] = found["rest"].strip()
    return fields


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


def _plain(line: str) -> Mapping[str, str] | None:
    """A line that begins with a time, or any other: what an application said."""
    found = _ERROR.match(line)
    if found is None:
        return {"message": line}
    return {"time": found["time"].replace("/", "-"), "message": found["message"]}


_NAMES = ("time", "status", "reason", "message", "source", "api", "caller", "request", "backend_status")
LINE_FORMATS = (
    LineFormat("Envoy access log", _NAMES, _envoy),
    LineFormat("nginx or Apache access log", _NAMES, _combined),
)
PLAIN = LineFormat("lines of text", ("time", "message"), _plain)


def format_of_lines(lines: Sequence[str]) -> LineFormat | None:
    """The access log that most of these lines come from; None where they come from several programs, or none."""
    counts = {one.name: sum(one.read(line) is not None for line in lines) for one in LINE_FORMATS}
    return next((one for one in LINE_FORMATS if counts[one.name] * 2 > len(lines)), None)


def w3c_columns(line: str) -> tuple[str, ...] | None:
    """The columns that a W3C log names (`#Fields: date time cs-method …`); None for other lines."""
    return tuple(line[8:].split()) if line.startswith("#Fields:") else None
