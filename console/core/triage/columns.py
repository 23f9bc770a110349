"""Which column of an export says what: by the names that gateways, servers and people give them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NAMES = (
    "time", "status", "backend_status", "reason", "message", "source",
    "api", "operation", "method", "url", "caller", "challenge",
)  # fmt: skip
_KNOWN: Mapping[str, tuple[str, ...]] = {  # the surest name first
    "time": (
        "timegenerated", "timestamp", "time", "datetime", "eventtime", "requesttime", "starttime", "timelocal",
        "timeiso8601", "date", "ts", "zeitstempel", "zeit", "datum", "tidspunkt", "tid", "horodatage", "fecha", "hora",
    ),
    "status": (
        "responsecode", "httpstatuscode", "statuscode", "httpstatus", "responsestatus", "resultcode", "scstatus",
        "status", "httpresponsecode", "resultsignature", "antwortcode", "statuskode", "codestatut", "estado",
    ),
    "backend_status": ("backendresponsecode", "upstreamstatus", "upstreamresponsecode", "backendstatus"),
    "reason": (
        "lasterrorreason", "errorreason", "failurereason", "reason", "errorcode", "responsecodedetails", "error",
        "grund", "fehler", "arsak", "feilkode",
    ),
    "message": (
        "lasterrormessage", "errormessage", "outermessage", "innermostmessage", "exceptionmessage", "message", "msg",
        "errordescription", "exception", "description", "detail", "details", "log", "errors", "meldung", "nachricht",
        "melding", "mensaje",
    ),
    "source": ("lasterrorsource", "errorsource", "responseflags", "problemid", "logger", "type"),
    "api": ("apiid", "apiname", "api", "servicename", "service", "cloudrolename", "approlename", "host", "authority"),
    "operation": ("operationid", "operation", "route", "routename", "endpoint", "name", "operationname"),
    "method": ("method", "httpmethod", "requestmethod", "csmethod", "verb", "metode", "methode"),
    "url": ("url", "requesturl", "requesturi", "requestpath", "path", "uri", "csuristem", "request", "sti", "pfad"),
    "caller": (
        "apimsubscriptionid", "subscriptionid", "clientid", "appid", "azp", "userauthenticatedid", "userid", "user",
        "calleripaddress", "clientip", "remoteaddr", "cip", "sourceip", "ip", "klient", "bruker", "benutzer",
    ),
    "challenge": ("wwwauthenticate", "responsewwwauthenticate"),
}  # fmt: skip
_RANK = {known: (name, rank) for name, listed in _KNOWN.items() for rank, known in enumerate((*listed, name))}
_TYPED = re.compile(
    r"_[sdtbg]$|(?<!\s)\s*[\[(][^\])]{0,40}[\])]$"
)  # what Log Analytics adds: a column's type, its time zone
LONGEST = 300  # letters of a column's name
_LETTERS = re.compile(r"[^a-z0-9æøåäöüßé]+")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Where each name of NAMES stands, by the column's own name; names that no column has are absent."""

    columns: Mapping[str, tuple[str, ...]]

    @property
    def used(self) -> frozenset[str]:
        return frozenset(column for listed in self.columns.values() for column in listed)


def columns_of(headers: Iterable[str], chosen: Mapping[str, str] | None = None) -> ColumnMap:
    """The columns of these headers; `chosen` says by a person's word which column is which name, and is believed.

    A name may have several columns: the first that holds something in a row is taken.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for header in headers:
        if (known := _known(header)) is not None:
            found.setdefault(known[0], []).append((known[1], header))
    columns = {name: tuple(header for _, header in sorted(listed)) for name, listed in found.items()}
    for name, column in (chosen or {}).items():
        columns[name] = (column, *(one for one in columns.get(name, ()) if one != column))
    return ColumnMap(columns)


def _known(header: str) -> tuple[str, int] | None:
    """By the whole name first, then by its last two parts and its last one: properties.lastError.reason."""
    if len(header) > LONGEST:
        return None
    parts = [_plain(part) for part in _TYPED.sub("", header.strip()).split(".")]
    for last in (len(parts), 2, 1):
        if (known := _RANK.get("".join(parts[-last:]))) is not None:
            return known
    return None


def _plain(part: str) -> str:
    return _LETTERS.sub("", part.lower())
