"""What a provider granted (RFC 6749 section 5.1): the members of its answer, after their types were checked."""

from collections.abc import Mapping
from typing import Any

from console.core.credential import Secret
from console.core.oauth.token_lifetime import read_lifetime
from console.core.oauth.token_response import TokenResponse

_OPTIONAL_TEXTS = ("refresh_token", "id_token", "issued_token_type")


def read_granted(fields: Mapping[str, Any], *, now: int) -> TokenResponse | str:
    """The token, or a sentence on why these members are none. What else is odd becomes a note and is left out.

    `now` is when it arrived, epoch seconds.
    """
    problem = _problem(fields)
    if problem:
        return problem
    life = read_lifetime(fields.get("expires_in"))
    odd = [name for name in _OPTIONAL_TEXTS if not isinstance(fields.get(name) or "", str)]
    notes = [life.note, *(f"The {name} of the answer is not a text, so it is not used." for name in odd)]
    refresh_life = fields.get("refresh_expires_in", fields.get("refresh_token_expires_in"))
    return TokenResponse(
        access_token=Secret(fields["access_token"]),
        token_type=fields.get("token_type", ""),
        expires_in_s=life.seconds,
        obtained_at=now,
        scope=fields.get("scope") or "",
        notes=tuple(note for note in notes if note),
        refresh_token=_secret(fields, "refresh_token"),
        id_token=_secret(fields, "id_token"),
        issued_token_type=_text(fields, "issued_token_type"),
        refresh_expires_in_s=read_lifetime(refresh_life).seconds or None,
    )


def _secret(fields: Mapping[str, Any], name: str) -> Secret | None:
    text = _text(fields, name)
    return Secret(text) if text else None


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _problem(fields: Mapping[str, Any]) -> str:
    """Why this is not a token response, "" when it is one."""
    token = fields.get("access_token")
    if not isinstance(token, str) or not token:
        return "The provider's answer holds no access_token, or not as a text."
    if not all("\x21" <= char <= "\x7e" for char in token):
        return "The access_token holds blanks, line breaks or characters outside ASCII, so no header can carry it."
    if not isinstance(fields.get("token_type", ""), str):
        return "The token_type of the provider's answer is not a text."
    scope = fields.get("scope")
    return "" if scope is None or isinstance(scope, str) else "The scope of the provider's answer is not a text."
