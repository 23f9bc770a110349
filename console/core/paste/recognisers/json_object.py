"""JSON by itself: a token response, a token error, an API's error, or the JSON form of a token."""

from typing import Any

from console.core.exchange import Response
from console.core.json.text import json_text, plain
from console.core.paste import evidence
from console.core.paste.recognisers.base import FoundExchange, FoundToken, Paste, PastedKind, Problem, RecognisedPaste
from console.core.paste.recognisers.token_alone import OPAQUE_NOTE
from console.core.paste.seen import SeenExchange, is_token_error
from console.core.redaction.names import TOKEN_NAMES, mask_of
from console.core.tokens.parse import parse
from console.core.tokens.token import TokenKind

JSON_FORM_NOTE = "This is the JSON form of a signed token (RFC 7515 section 7.2); a JWT is always in the compact form."
BODY_NOTE = "This is the body of an answer: its status line and headers would tell more."
_TOKEN_MEMBERS = ("access_token", "id_token", "refresh_token")
_SHOWN_MEMBERS = ("access_token", "id_token")
_WRAPPERS = ("body", "data", "response", "result", "error")
_MAX_WRAPPERS = 3


def json_object(paste: Paste) -> RecognisedPaste | None:
    """JSON is never split at its dots: what stands inside a member is read as that member."""
    value = paste.value
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict):
        return None
    if response := _token_response(value):
        return response
    if is_token_error(value) or _is_wrapped_error(value):
        return _token_error(value)
    if isinstance(value.get("payload"), str) and value.keys() & {"signatures", "signature"}:
        return RecognisedPaste(PastedKind.UNKNOWN, (JSON_FORM_NOTE,))
    return _error_body(value)


def _token_response(value: dict[str, Any]) -> RecognisedPaste | None:
    """RFC 6749 section 5.1, also one level inside a member such as `data`."""
    for _ in range(_MAX_WRAPPERS):
        if any(isinstance(value.get(name), str) for name in _TOKEN_MEMBERS):
            break
        value = next((value[name] for name in _WRAPPERS if isinstance(value.get(name), dict)), {})
    else:
        return None
    items = [FoundToken(name, parse(value[name])) for name in _SHOWN_MEMBERS if isinstance(value.get(name), str)]
    notes = tuple(OPAQUE_NOTE for item in items if item.token.kind is TokenKind.OPAQUE)
    masked = {name: _masked(name, member) for name, member in value.items()}
    return RecognisedPaste(PastedKind.TOKEN_RESPONSE, notes, tuple(items), value=masked)


def _masked(name: str, value: Any) -> Any:
    return "***" if name in TOKEN_NAMES or mask_of(name.lower()) else value


def _is_wrapped_error(value: dict[str, Any]) -> bool:
    """Errors of other servers that name an OAuth code beside the error: {"errorCode": "invalid_grant"}."""
    names = {name.lower() for name in value}
    return "error_description" in names or "error_codes" in names or "suberror" in names


def _token_error(value: dict[str, Any]) -> RecognisedPaste:
    told = evidence.of_token_error(plain(value))
    exchange = FoundExchange(Problem.TOKEN_REFUSED, told)
    return RecognisedPaste(PastedKind.TOKEN_ERROR, value=told.token_error, exchanges=(exchange,))


def _error_body(value: dict[str, Any]) -> RecognisedPaste | None:
    """The body an API or a gateway answers with: {"statusCode", "message"}, {"error": {"code", …}}, RFC 9457."""
    status = value.get("statusCode", value.get("status"))
    error = value.get("error", value.get("Error"))
    is_problem = isinstance(status, int) and bool(value.keys() & {"message", "title", "detail", "error"})
    is_coded = isinstance(error, dict) and bool(error.keys() & {"code", "message"})
    is_told = isinstance(value.get("message"), str) and bool(value.keys() & {"code", "statusCode", "activityId"})
    if not (is_problem or is_coded or is_told or isinstance(error, str)):
        return None
    code = status if isinstance(status, int) and 400 <= status <= 599 else None
    seen = SeenExchange(None, Response(code or 0, body=json_text(value).encode()))
    told = evidence.of_seen(seen)
    exchange = FoundExchange(_problem(code), told, status=code)
    return RecognisedPaste(PastedKind.HTTP_MESSAGE, (BODY_NOTE,), exchanges=(exchange,))


def _problem(code: int | None) -> Problem:
    named = {401: Problem.UNAUTHORIZED, 403: Problem.FORBIDDEN, 429: Problem.THROTTLED, None: Problem.REPORTED}
    return named.get(code) or (Problem.SERVER_ERROR if (code or 0) >= 500 else Problem.CLIENT_ERROR)
