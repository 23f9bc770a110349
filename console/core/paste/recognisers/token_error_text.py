"""The error of a token endpoint as its text alone: a message of a library, a line of a log."""

import re

from console.core.paste.recognisers.base import Paste, PastedKind, Problem, RecognisedPaste
from console.core.paste.recognisers.gateway import reported

_CODES = re.compile(r"\bAADSTS\d{4,9}\b|\bAADB2C\d{4,6}\b|\bMP-\d{3}\b", re.IGNORECASE)
_OAUTH = re.compile(
    r"(?<![\w/])(?:invalid_(?:client|grant|request|scope|target|tenant|resource|instance|dpop_proof)|unauthorized_client"
    r"|unsupported_(?:grant_type|response_type)|(?:interaction|consent|login)_required|authorization_(?:pending|declined)"
    r"|expired_token|slow_down|temporarily_unavailable|bad_verification_code|use_dpop_nonce)(?!\w)",
    re.IGNORECASE,
)
_AT_ENDPOINT = re.compile(
    r"token endpoint|client[ _]assertion|/oauth2/(?:v2\.0/)?token|/connect/token|/token\b"
    r"|\bMsal\w{0,60}(?:Exception|Error)"
    r"|\bAuthenticationFailedException|\bClientAuthenticationError|not been granted access to the scope"
    r"|not delegated access to the scope|\bfailed to (?:get|acquire|obtain|fetch) (?:an? )?(?:access )?token\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"[?#&]?error(?:_?code)?[=:] ?[\"']?[a-z]{2,20}(?:_[a-z]{2,20}){1,4}(?!\w)", re.IGNORECASE
)  # error=…
_READ = 20_000


def token_error_text(paste: Paste) -> RecognisedPaste | None:
    """A text with a code of a provider, an error code of OAuth, or words that only a token request earns."""
    text = paste.heard[:_READ]
    if not (
        _NAMED.match(text) or _CODES.search(text) or _OAUTH.search(text) or (" " in text and _AT_ENDPOINT.search(text))
    ):
        return None
    return reported(paste, PastedKind.TOKEN_ERROR, Problem.TOKEN_REFUSED)
