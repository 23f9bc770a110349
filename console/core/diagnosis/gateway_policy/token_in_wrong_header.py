"""The token sits in another header or place than the gateway reads."""

import re

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.header_facts import is_one_off, looks_like_token, split_scheme
from console.core.diagnosis.matching import certain, likely, possible
from console.core.diagnosis.mends import with_bearer
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

KNOWN = frozenset(
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
QUERY = ("access_token=", "token=", "authorization=", "jwt=")


def match(reading: Reading) -> Match | None:
    headers, wanted = reading.request_headers, _wanted(reading)
    if (
        headers is None
        or wanted in headers
        or reading.answer.is_success
        or reading.is_at_token_endpoint
        or reading.token_was_read
        or (reading.policy is not None and reading.policy.passes("token-present"))
    ):
        return None
    if reading.answer.status not in {400, 401, 403, None}:
        return None
    is_proved = reading.policy.failed("token-present") is not None if reading.policy else _is_asked_for(reading)
    is_server = reading.answer.status == 403 and reading.answer.is_html  # a web server's page: the API was not asked
    make = certain if is_proved else possible if is_server else likely
    for name, value in headers.items():
        is_known = name in KNOWN or name == "authorization" or is_one_off(name, "authorization")
        if is_known and _is_token(value):
            return make(f"The token is in the header {name}; {wanted} is the one that is read.", name)
    url = reading.evidence.request.url if reading.evidence.request else ""
    query = url.partition("?")[2].lower()
    if found := next((mark for mark in QUERY if query.startswith(mark) or f"&{mark}" in query), None):
        return make(
            f"The token is in the query parameter {found.rstrip('=')}; {wanted} is the header that is read.", found
        )
    body = reading.evidence.request.body if reading.evidence.request else ""
    if _IN_FORM.search(body[:MAX_BODY]):
        told = f"The token is a field of the form (RFC 6750 section 2.2); {wanted} is what is read."
        return make(told, "access_token")
    return None


def _is_asked_for(reading: Reading) -> bool:
    """Whether the far side asks for a bearer token: an API may read a header of its own name, and refuse otherwise."""
    return reading.answer.challenge("Bearer") is not None or reading.phrase("authorization-header-missing") is not None


def _wanted(reading: Reading) -> str:
    named = next((demand.header for demand in reading.policy.demands), "") if reading.policy else ""
    return named or "authorization"


def _is_token(value: str) -> bool:
    scheme, rest = split_scheme(value)
    return looks_like_token(rest) or rest.startswith("eyJ") or (scheme.lower() == "bearer" and rest != "")


CAUSE = Cause(
    slug="token-in-wrong-header",
    stage=Stage.GATEWAY_POLICY,
    title="Token in another place",
    what="The token sits in another header or place than the one that is read.",
    do="Send the token as Authorization: Bearer, one blank, token, or in the header that the policy reads.",
    who=Owner.INTEGRATOR,
    match=match,
    mend=with_bearer,
)
