"""What a provider said, without the secrets that it gave back in its own words."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from console.core.credential import Secret
from console.core.exchange import Failure
from console.core.json import strict as strict_json
from console.core.json.text import json_text
from console.core.oauth.token_response import TokenError, TokenResponse
from console.core.redaction.known import mask_known, replacements
from console.core.redaction.redact import redact_body, redact_text

_TEXTS = ("error", "error_description", "suberror", "trace_id", "correlation_id", "timestamp")


Outcome = TokenResponse | TokenError | Failure


def redact_outcome(outcome: Outcome, secrets: Sequence[Secret]) -> Outcome:
    """The outcome as it may be shown and kept; the tokens stay, as what they are."""
    if isinstance(outcome, TokenResponse):
        return _response(outcome, [*secrets, *outcome.secrets])
    return _error(outcome, secrets) if isinstance(outcome, TokenError) else _failure(outcome, secrets)


def _response(response: TokenResponse, secrets: Sequence[Secret]) -> TokenResponse:
    names = ("token_type", "scope", "issued_token_type")
    told: dict[str, Any] = {name: redact_text(getattr(response, name), secrets) for name in names}
    return replace(response, **told)


def _error(error: TokenError, secrets: Sequence[Secret]) -> TokenError:
    body = strict_json.read(redact_body(json_text(error.body).encode("ascii"), secrets=secrets)).value
    texts: dict[str, Any] = {name: redact_text(getattr(error, name), secrets) for name in _TEXTS}
    # It names claims such as access_token, which the masks would take for a token: only what is known is looked for.
    claims = error.claims if mask_known(error.claims, replacements(secrets)) == error.claims else ""
    return replace(error, body=body if isinstance(body, dict) else {}, claims=claims, **texts)


def _failure(failure: Failure, secrets: Sequence[Secret]) -> Failure:
    return replace(failure, detail=redact_text(failure.detail, secrets))
