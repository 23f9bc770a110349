"""What is another one each time and never matters: times, numbers and ids that each token, request and answer has anew.

When the life of a token matters, it is told by itself (turning.py).
"""

import re

from console.core.attempts.references import BODY_NAMES, HEADER_NAMES

CLAIMS = frozenset({"iat", "nbf", "exp", "auth_time", "jti", "uti", "aio", "rh", "xms_ftd"})
HEADERS_SENT = frozenset({"dpop", "content-length", "date", "tracestate", "x-ms-client-request-id", *HEADER_NAMES})
HEADERS_RECEIVED = frozenset(
    {
        *("date", "age", "expires", "last-modified", "content-length", "server-timing", "tracestate", "etag"),
        *("x-ms-ests-server", "x-ms-clitelem", "x-ms-srs", "cf-ray", "x-amzn-trace-id", "x-runtime", "report-to"),
        *("x-response-time", "x-envoy-upstream-service-time", "x-ratelimit-remaining", "x-ratelimit-reset"),
        *HEADER_NAMES,
    }
)
FORM_FIELDS = frozenset(
    {"client_assertion", "assertion", "code", "code_verifier", "nonce", "state", "device_code", "client_request_id"}
)
_MEMBERS = frozenset(
    {
        *(one.lower().replace("_", "") for one in BODY_NAMES),
        *("timestamp", "spanid", "clientrequestid", "operationid", "servertime"),
        *("expiresin", "extexpiresin", "expireson", "notbefore", "accesstoken", "idtoken", "refreshtoken"),
    }
)
_IDS = re.compile(r"(?<!\s)\s*Trace ID: .*", re.DOTALL)  # of Entra, at the end of what it says
_SEPARATORS = re.compile(r"[_-]")


def is_member(name: str) -> bool:
    """Whether a member of an answer is of this kind, in whatever spelling."""
    return _SEPARATORS.sub("", name).lower() in _MEMBERS


def without_ids(text: str | None) -> str | None:
    """What a provider says, without the ids and the moment of this one time."""
    return text if text is None else _IDS.sub("", text)
