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
        "timeiso8601", "startutc", "startedat", "edgestarttimestamp", "timeunixnano", "realtimetimestamp",
        "observedtimeunixnano", "instant", "date", "ts", "zeitstempel", "zeit", "datum", "tidspunkt", "tid",
        "horodatage", "fecha", "hora", "aika", "czas", "saat",
    ),
    "status": (
        "responsecode", "httpstatuscode", "responsestatuscode", "statuscode", "httpstatus", "responsestatus",
        "resultcode", "scstatus", "downstreamstatus", "edgeresponsestatus", "elbstatuscode", "status",
        "httpresponsecode", "resultsignature", "antwortcode", "statuskode", "codestatut", "estado", "statut", "stato",
        "tila", "durum",
    ),
    "backend_status": (
        "backendresponsecode", "upstreamstatus", "upstreamresponsecode", "backendstatus", "originstatus",
        "originresponsestatus", "targetstatuscode",
    ),
    "reason": (
        "lasterrorreason", "errorreason", "failurereason", "reason", "errorcode", "responsecodedetails", "error",
        "xedgedetailedresulttype", "grund", "fehler", "arsak", "feilkode", "raison", "motivo", "syy",
    ),
    "message": (
        "lasterrormessage", "errormessage", "outermessage", "innermostmessage", "exceptionmessage", "message", "msg",
        "renderedmessage", "errordescription", "exception", "stacktrace", "errorstacktrace", "description", "detail",
        "details", "log", "raw", "body", "bodystringvalue", "messagetemplate", "errors", "meldung", "nachricht",
        "melding", "mensaje", "meddelande", "besked", "viesti", "messaggio", "mensagem",
    ),
    "source": (
        "lasterrorsource", "errorsource", "responseflags", "problemid", "loggername", "logger", "sourcecontext",
        "exceptiontype", "errortype", "type",
    ),
    "api": (
        "apiid", "apiname", "api", "servicename", "service", "cloudrolename", "approlename", "containername",
        "systemdunit", "requesthost", "clientrequesthost", "authority", "host", "cshost", "domainname",
    ),
    "operation": (
        "operationid", "operation", "route", "routename", "routername", "endpoint", "name", "operationname",
    ),
    "method": (
        "method", "httpmethod", "requestmethod", "httprequestmethod", "clientrequestmethod", "csmethod", "verb",
        "metode", "methode", "metodo",
    ),
    "url": (
        "url", "requesturl", "requesturi", "clientrequesturi", "clientrequestpath", "requestpath", "urlpath",
        "urloriginal", "httptarget", "path", "uri", "csuristem", "request", "requestline", "sti", "pfad", "chemin",
        "ruta",
    ),
    "caller": (
        "apimsubscriptionid", "subscriptionid", "clientid", "appid", "azp", "consumerusername", "userauthenticatedid",
        "userid", "user", "calleripaddress", "clientip", "clientaddress", "clienthost", "remoteaddr", "remoteip",
        "downstreamremoteaddress", "cip", "sourceip", "xforwardedfor", "forwardedfor", "fwd",
        "ip", "klient", "bruker", "benutzer",
    ),
    "challenge": ("wwwauthenticate", "responsewwwauthenticate"),
}  # fmt: skip
_EXACT = {"@t": ("time", 2), "@m": ("message", 5), "@x": ("message", 6), "@mt": ("message", 90)}  # CLEF
# Objects that only carry the row: what is in them is as if it stood at the top.
_CARRIERS = frozenset({
    "properties", "source", "result", "attributes", "fields", "jsonpayload", "customdimensions", "state", "data", "log",
    "message", "msg",
})  # fmt: skip
# Words that say something at the top of a row only: host.name is no operation, event.type no source of an error.
_VAGUE = frozenset({"name", "type", "host", "ip", "user", "request", "date", "endpoint", "data", "body"})
_RANK = {known: (name, rank) for name, listed in _KNOWN.items() for rank, known in enumerate((*listed, name))}
_TYPED = re.compile(
    r"_[sdtbg]$|(?<!\s)\s*[\[(][^\])]{0,40}[\])]$"
)  # what Log Analytics adds: a column's type, its time zone
Fields = Mapping[str, str]  # of a row, by NAMES; what is absent is not there
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
    name = header.strip()
    if (exact := _EXACT.get(name.rsplit(".", 1)[-1])) is not None:
        return exact
    parts = [_plain(part) for part in _TYPED.sub("", name).split(".")]
    while len(parts) > 1 and parts[0] in _CARRIERS:
        del parts[0]
    for last in (len(parts), 2, 1):
        if last == 1 < len(parts) and parts[-1] in _VAGUE:
            return None
        if (known := _RANK.get("".join(parts[-last:]))) is not None:
            return known
    return None


def _plain(part: str) -> str:
    return _LETTERS.sub("", part.lower())
