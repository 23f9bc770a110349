"""What oauthlib raises in a client, and requests-oauthlib hands on. Data only."""

from console.core.diagnosis.messages.base import Family, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "oauthlib",
    (
        Message(
            "(insecure_transport) OAuth 2 MUST utilize https.",
            "scheme-mismatch",
            Confidence.LIKELY,
            "exception",
            "oauthlib/oauthlib oauthlib/oauth2/rfc6749/errors.py:InsecureTransportError",
            also=("metadata-url-invalid",),
        ),
        Message(
            "(mismatching_state) CSRF Warning! State not equal in request and response.",
            "authorization-response-invalid",
            Confidence.LIKELY,
            "exception",
            "oauthlib/oauthlib oauthlib/oauth2/rfc6749/errors.py:MismatchingStateError",
        ),
        Message(
            "(missing_token) Missing access token parameter.",
            "token-response-malformed",
            Confidence.LIKELY,
            "exception",
            "oauthlib/oauthlib oauthlib/oauth2/rfc6749/parameters.py:validate_token_parameters",
            also=("wrong-authorization-server",),
        ),
        Message(
            "(missing_token_type)",
            "token-response-malformed",
            Confidence.LIKELY,
            "exception",
            "oauthlib/oauthlib oauthlib/oauth2/rfc6749/errors.py:MissingTokenTypeError",
        ),
        Message(
            "(missing_code)",
            "authorization-response-invalid",
            Confidence.LIKELY,
            "exception",
            "oauthlib/oauthlib oauthlib/oauth2/rfc6749/errors.py:MissingCodeError",
        ),
        Message(
            "(token_expired)",
            "token-expired",
            Confidence.LIKELY,
            "exception",
            "oauthlib/oauthlib oauthlib/oauth2/rfc6749/errors.py:TokenExpiredError",
            also=("refresh-token-expired",),
        ),
    ),
)
