"""What a provider said, without the secrets that it gave back in its own words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from console.core.credential import Secret
from console.core.exchange import Failure
from console.core.json import strict as strict_json
from console.core.json.text import json_text
from console.core.oauth.introspection import Introspection
from console.core.oauth.token_response import TokenError, TokenResponse
from console.core.redaction.known import mask_known, replacements
from console.core.redaction.redact import Redactor

_TEXTS = ("error", "error_description", "suberror", "trace_id", "correlation_id", "timestamp")


Outcome = TokenResponse | TokenError | Failure


def redact_outcome(outcome: Outcome, secrets: Sequence[Secret]) -> Outcome:
    """The outcome as it may be shown and kept; the tokens stay, as what they are."""
    if isinstance(outcome, TokenResponse):
        return _response(outcome, Redactor([*secrets, *outcome.secrets]))
    redactor = Redactor(secrets)
    return _error(outcome, secrets, redactor) if isinstance(outcome, TokenError) else _failure(outcome, redactor)


def redact_told(
    told: Introspection | TokenError | Failure, secrets: Sequence[Secret], public: Iterable[str] = ()
) -> Any:
    """What an endpoint said of a token that it was sent, as it may be shown and kept; of the same type."""
    if isinstance(told, Introspection):
        return replace(told, members=_members(told.members, Redactor(secrets, public)))
    return redact_outcome(told, secrets)


def _response(response: TokenResponse, redactor: Redactor) -> TokenResponse:
    names = ("token_type", "scope", "issued_token_type")
    told: dict[str, Any] = {name: redactor.text(getattr(response, name)) for name in names}
    return replace(response, **told)


def _error(error: TokenError, secrets: Sequence[Secret], redactor: Redactor) -> TokenError:
    texts: dict[str, Any] = {name: redactor.text(getattr(error, name)) for name in _TEXTS}
    # It names claims such as access_token, which the masks would take for a token: only what is known is looked for.
    claims = error.claims if mask_known(error.claims, replacements(secrets)) == error.claims else ""
    return replace(error, body=_members(error.body, redactor), claims=claims, **texts)


def _failure(failure: Failure, redactor: Redactor) -> Failure:
    return replace(failure, detail=redactor.text(failure.detail))


def _members(members: Mapping[str, Any], redactor: Redactor) -> dict[str, Any]:
    """The members of an answer, masked; none where what is left of it is no object any more."""
    body = strict_json.read(redactor.body(json_text(dict(members)).encode("ascii"), ())).value
    return body if isinstance(body, dict) else {}
