"""What makes two rows alike: their statuses and texts without ids, numbers and times. Alike rows have one diagnosis."""

import re
from collections.abc import Mapping

from console.core.evidence import Evidence, EvidenceRequest, EvidenceResponse
from console.core.triage.columns import Fields
from console.core.whole_number import whole_number

_CHANGING = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"  # an id
    r"|\d{1,4}[-/]\d{1,2}[-/]\d{1,4}[T ,]+\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?: ?[AP]M)?(?:Z|[+-]\d\d:?\d\d)?"  # a time
    r"|(?<![A-Za-z0-9])\d+(?:\.\d+)?(?= ?(?:ms|s|sec|seconds?|minutes?|hours?|bytes)\b)"  # an amount
    r"|(?<![A-Za-z0-9])\d{5,}(?![A-Za-z0-9])"  # a number: a port, a moment, a duration
    r"|\d{1,3}(?:\.\d{1,3}){3}"  # an address
    r"|(?<![A-Za-z0-9_-])(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{20,}"  # a key id, a correlation id, a token
)
# What a line without a status must speak of before it is diagnosed: whatever refuses a token or a client names one.
_ACCESS = re.compile(
    r"token|jw[tske]|auth|expir|signature|audience|issuer|scope|claim|permission|aadsts|idx\d|certificate|denied|forbidden"
    r"|credential|secret|subscription|nonce|consent|grant|invalid_|\bkid\b|\b40[13]\b",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"invalid_[a-z_]{3,40}|unauthorized_client|unsupported_[a-z_]{3,40}|access_denied|insufficient_scope|expired_token"
    r"|(?:login|consent|interaction|account_selection)_required"
)
_TELLING = ("reason", "message", "source", "challenge")
_MOST_METHOD = 40
_MOST_TEXT = 4000  # of one row's texts, which is what its diagnosis reads

Shape = tuple[str, ...]


def shape_of(fields: Fields) -> Shape:
    """The key of a row: rows of one shape differ in nothing that a diagnosis reads."""
    texts = (_CHANGING.sub("#", fields.get(name, "")[:_MOST_TEXT]) for name in _TELLING)
    return (fields.get("method", "")[:_MOST_METHOD].upper(), fields.get("status", ""), _backend(fields), *texts)


def speaks_of_access(fields: Fields) -> bool:
    """Whether a row's texts could tell of a refusal at all; of a log of thousands of different lines few do."""
    return any(says_access(fields[name]) for name in _TELLING if name in fields)


def says_access(text: str) -> bool:
    """Whether a text speaks of what tokens and clients are refused for."""
    return _ACCESS.search(text[:_MOST_TEXT]) is not None


def is_error_code(text: str) -> bool:
    """Whether a reason is a code by which a client or a token is refused (RFC 6749 5.2, RFC 6750 3.1, RFC 8628 3.5)."""
    return _CODE.fullmatch(text) is not None


def evidence_of(fields: Fields) -> Evidence:
    """A row as the evidence of a refused call: what the gateway or the application wrote of it is its log."""
    status = status_of(fields)
    headers = (("WWW-Authenticate", fields["challenge"][:_MOST_TEXT]),) if fields.get("challenge") else ()
    named = (("LastErrorSource", "source"), ("LastErrorReason", "reason"), ("LastErrorMessage", "message"))
    log = "\n".join(f"{label}: {fields[name][:_MOST_TEXT]}" for label, name in named if fields.get(name))
    backend, method = whole_number(_backend(fields), digits=3), fields.get("method", "")[:_MOST_METHOD]
    return Evidence(
        # A log lists no headers: what is not there may well have been sent.
        request=EvidenceRequest(method, has_unknown_headers=True) if method else None,
        response=EvidenceResponse(status, headers) if status is not None or headers else None,
        profile={} if backend is None else {"BackendResponseCode": backend},
        pasted=log or None,
    )


def status_of(fields: Mapping[str, str]) -> int | None:
    """The HTTP status that the caller saw; None where the row has none."""
    return status_in(fields.get("status", ""))


def status_in(text: str) -> int | None:
    """ "401", "401.0", "401.2" (of IIS), "401 Unauthorized" and "HTTP/1.1 401" are 401; None for what is no status."""
    if len(text) == 3:
        return whole_number(text, digits=3)
    found = _STATUS.fullmatch(text[:_LONGEST_STATUS]) if text else None
    return int(found[1]) if found else None


_STATUS = re.compile(r"\s*(?:HTTP/[\d.]{1,3} )?([1-9]\d\d)(?:\.\d{1,3})?(?: [A-Za-z' -]*)?")
_LONGEST_STATUS = 80


def _backend(fields: Fields) -> str:
    text = fields.get("backend_status", "").removesuffix(".0").strip()
    return {"-": "0", "null": "0"}.get(text, text if whole_number(text, digits=3) is not None else "")
