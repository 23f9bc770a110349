"""What a gateway wrote of a call: its trace, a row of its log, a line of its or the API's log."""

import re

from console.core.paste import evidence, gateway_log
from console.core.paste.gateway_log import LogRow
from console.core.paste.gateway_trace import read_trace
from console.core.paste.recognisers.base import FoundExchange, Paste, PastedKind, Problem, RecognisedPaste
from console.core.paste.recognisers.collecting import MAX_EXCHANGES, Collector, problem_of
from console.core.redaction.redact import redact_url

LOG_NOTE = "This was read as a log or an error message; the request and the token it speaks of would tell more."
TRACE_NOTE = "This is a trace of the gateway: what each policy saw and decided."
ROWS_NOTE = "{count} of the gateway's log; {failed} tell of a failure."
_SURE = re.compile(
    r"\bID[XW]\d{5}\b|JWT Validation Failed|validate-(?:jwt|azure-ad-token)|LastError(?:Reason|Message|Source)"
    r"|\bSubscriptionKey(?:NotFound|Invalid)\b|\bTokenNotPresent\b"
    r"|Access denied due to (?:missing|invalid) subscription",
    re.IGNORECASE,
)
_CODE_LINE = re.compile(
    r"\bstatus(?:[ _-]?code)?\W{0,4}[45]\d\d\b|\"\s+[45]\d\d\s+(?:\d+|-)|\bHTTP[ /][\d.]*\s?[45]\d\d\b"
    r"|\b(?:401|403)\b.{0,3}\b(?:Unauthori[sz]ed|Forbidden|Access Denied)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(?:jwts?|tokens?|bearer|kid|jwks?|signing[ -]keys?|signature|claims?|audience|issuer|scopes?|roles?|authoriz\w*"
    r"|authentic\w*|oauth2?|oidc|openid|certificate|ssl|tls|handshake|http\w*|connect\w*|host|subscription|cors)\b"
    r"|Token|(?:Security|Auth|Jwt|Ssl|Http)\w{0,60}(?:Exception|Error)\b",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"\b(?:fail(?:ed|ure|s)?|errors?|exceptions?|invalid|denied|expired|unable|refused|missing|rejected|mismatch|forbidden"
    r"|unauthori[sz]ed|unsupported|not (?:found|valid|allowed|trusted|match\w*|present|authori[sz]ed)|neither|cannot"
    r"|could ?n[o']t|was not|does not|timed out|warn(?:ing)?|fatal|unexpected|blocked|ENOTFOUND|ECONN\w+"
    r"|no (?:valid|such|matching|suitable|usable)|in the (?:future|past)|not (?:yet|active|before)"
    r"|too (?:old|early|late|large|long)|lacks?)\b"
    r"|(?:Exception|Error)\b",
    re.IGNORECASE,
)
_STACK = re.compile(
    r"[A-Za-z]\.[A-Za-z]{0,80}(?:Exception|Error)\b|^Traceback \(most recent|^[ \t]{1,40}at [\w.$<>]{1,200}\(",
    re.MULTILINE,
)
_WRITTEN_BY = re.compile(  # how a logger begins a line: a time, a level, the source file and its line
    r"^\W{0,2}(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|[EWIF]\d{4} \d\d:\d\d|(?:error|warn(?:ing)?|info|debug|fatal)\b\W"
    r"|[\w./-]{1,80}\.(?:go|py|java|kt|cs|js|ts|rb|rs|php|c|cc|cpp):\d)",
    re.IGNORECASE | re.MULTILINE,
)
_READ = 20_000


def trace(paste: Paste) -> RecognisedPaste | None:
    """The JSON of a trace (listTrace)."""
    found = read_trace(paste.value)
    if found is None:
        return None
    collector = Collector()
    collector.json(paste.value, "trace")
    token = collector.headers(found.seen.request_headers)
    told = evidence.of_seen(found.seen, token=token, said="\n".join(found.messages))
    problem = problem_of(found.seen) or Problem.REPORTED
    sent = found.seen.request
    if problem is not Problem.REPORTED or _SURE.search("\n".join(found.messages)):
        method, url = (sent.method, redact_url(sent.url)) if sent else ("", "")
        collector.add(FoundExchange(problem, told, method, url, found.seen.status, token))
    return collector.found(PastedKind.GATEWAY_TRACE, TRACE_NOTE)


def log_rows(paste: Paste) -> RecognisedPaste | None:
    """Rows with the columns of the gateway's log, as JSON, CSV or name=value text."""
    read = gateway_log.rows_of_json(paste.value) if paste.value is not None else gateway_log.rows_of_text(paste.text)
    rows = read.rows
    if not rows:
        return None
    failed = [(row, problem) for row in rows if (problem := _problem(row))]
    collector = Collector()
    for row, problem in failed[:MAX_EXCHANGES]:
        sent = row.seen.request
        method, url = (sent.method, redact_url(sent.url)) if sent else ("", "")
        told = evidence.of_seen(row.seen, said=row.said, facts=row.facts)
        collector.add(FoundExchange(problem, told, method, url, row.seen.status))
    collector.scan(paste.text)
    count = f"{len(rows):,} row{'' if len(rows) == 1 else 's'}"
    notes = [ROWS_NOTE.format(count=count, failed=len(failed))]
    if len(failed) > MAX_EXCHANGES:
        notes.append(f"Only the first {MAX_EXCHANGES} of them were read.")
    if read.left_out:
        notes.append(f"Only the first {gateway_log.MAX_ROWS} rows were read; {read.left_out:,} more were left out.")
    return collector.found(PastedKind.GATEWAY_TRACE, *notes)


def _problem(row: LogRow) -> Problem | None:
    return problem_of(row.seen) or (Problem.REPORTED if row.said else None)


def certain_log(paste: Paste) -> RecognisedPaste | None:
    """Lines with a code or a name that only the judge of a token writes, even where a token stands in them."""
    return reported(paste, PastedKind.GATEWAY_TRACE, Problem.REPORTED) if _SURE.search(paste.heard[:_READ]) else None


def log_text(paste: Paste) -> RecognisedPaste | None:
    """Lines of a log, an error message or a stack trace that speak of tokens, authorization or the connection."""
    text = paste.heard[:_READ]
    is_log = _CODE_LINE.search(text) or _STACK.search(text)
    if not is_log and not (_SUBJECT.search(text) and (_TROUBLE.search(text) or _WRITTEN_BY.search(text))):
        return None
    if text[:1] == "<":
        return None
    return reported(paste, PastedKind.GATEWAY_TRACE, Problem.REPORTED)


def reported(paste: Paste, kind: PastedKind, problem: Problem) -> RecognisedPaste:
    """A text that tells of a failure in its own words."""
    collector = Collector()
    collector.scan(paste.text)
    collector.add(FoundExchange(problem, evidence.of_text(paste.text)))
    return collector.found(kind, LOG_NOTE)
