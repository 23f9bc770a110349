"""Where in a request the token stands, when it is not where it is read."""

import re

from console.core.diagnosis.header_facts import is_one_off, looks_like_token, split_scheme
from console.core.diagnosis.reading import Reading

_KNOWN = frozenset(
    {
        "bearer",
        "token",
        "x-token",
        "access_token",
        "access-token",
        "x-access-token",
        "x-auth-token",
        "jwt",
        "auth",
        "x-authorization",
        "x-auth",
        "authentication",
        "id_token",
        "x-api-token",
    }
)
MAX_BODY = 20_000
_IN_FORM = re.compile(r"(?:^|&)access_token=")
_QUERY = ("access_token=", "token=", "authorization=", "jwt=")


def token_elsewhere(reading: Reading) -> tuple[str, str] | None:
    """(the place, a sentence) of a token that stands where it is not read; None when none is seen there."""
    headers, wanted = reading.request_headers, _wanted(reading)
    if headers is None or wanted in headers or not _may_be_unread(reading):
        return None
    name = next((name for name, value in headers.items() if _is_known(name) and _is_token(value)), None)
    if name is not None:
        return name, f"The token is in the header {name}; {wanted} is the one that is read."
    return _in_address(reading, wanted) or _in_form(reading)


def _may_be_unread(reading: Reading) -> bool:
    is_met = reading.policy is not None and reading.policy.passes("token-present")
    is_refused = reading.answer.status in {400, 401, 403, None} and not reading.answer.is_success
    return is_refused and not is_met and not reading.is_at_token_endpoint and not reading.token_was_read


def _in_address(reading: Reading, wanted: str) -> tuple[str, str] | None:
    url = reading.evidence.request.url if reading.evidence.request else ""
    query = url.partition("?")[2].lower()
    found = next((mark for mark in _QUERY if query.startswith(mark) or f"&{mark}" in query), None)
    if found is None:
        return None
    return found, f"The token is in the query parameter {found.rstrip('=')}; {wanted} is the header that is read."


def _in_form(reading: Reading) -> tuple[str, str] | None:
    body = reading.evidence.request.body if reading.evidence.request else ""
    if not _IN_FORM.search(body[:MAX_BODY]):
        return None
    told = f"The token is a field of the form (RFC 6750 section 2.2); {_wanted(reading)} is what is read."
    return "access_token", told


def _wanted(reading: Reading) -> str:
    named = next((demand.header for demand in reading.policy.demands), "") if reading.policy else ""
    return named or "authorization"


def _is_known(name: str) -> bool:
    return name in _KNOWN or name == "authorization" or is_one_off(name, "authorization")


def _is_token(value: str) -> bool:
    scheme, rest = split_scheme(value)
    return looks_like_token(rest) or rest.startswith("eyJ") or (scheme.lower() == "bearer" and rest != "")
