"""What the server that issued a token says of it (RFC 7662), and that it is to end (RFC 7009)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.core.credential import Secret
from console.core.exchange import Exchange, Failure, FailureKind
from console.core.json import strict as strict_json
from console.core.json.text import json_text, shorten
from console.core.oauth.token_errors import looks_like_web_page, read_token_error
from console.core.oauth.token_response import TokenError
from console.core.tokens.signature import SignatureResult, SignatureState
from console.core.tokens.times import epoch
from console.core.tokens.token import Token

Form = tuple[tuple[str, str], ...]
# What both sides may name, and how a claim of it is called in tokens of other families.
_SAME = {
    "iss": ("iss",),
    "sub": ("sub",),
    "aud": ("aud",),
    "exp": ("exp",),
    "client_id": ("client_id", "azp", "appid"),
    "scope": ("scope", "scp"),
}


@dataclass(frozen=True, slots=True)
class Introspection:
    """`members` are all that the answer holds, `active` too (RFC 7662 section 2.2)."""

    is_active: bool
    members: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing on which the token, as it was checked here, and its server do not agree: both sides in words."""

    about: str
    here: str
    there: str


def question(token: Secret, *, hint: str) -> Form:
    """The form of both requests. `hint` is access_token or refresh_token; a server may look elsewhere all the same."""
    return (("token", token.reveal()), ("token_type_hint", hint))


def read_introspection(exchange: Exchange, *, now: int) -> Introspection | TokenError | Failure:
    """What an introspection endpoint said; an answer without a readable `active` says nothing."""
    refused = _refusal(exchange, now)
    if refused is not None or exchange.response is None:
        return refused or _nothing()
    reading = strict_json.read(exchange.response.body)
    members = reading.value if reading.is_json and isinstance(reading.value, dict) else None
    if members is None or not isinstance(members.get("active"), bool):
        words = "The answer does not say whether the token is active: it is no JSON object with active true or false."
        return TokenError("", words, exchange.response.status, kind="not_an_introspection")
    return Introspection(members["active"], members)


def read_revocation(exchange: Exchange, *, now: int) -> TokenError | Failure | None:
    """None when it was revoked: a 2xx, also for a token that the server does not know (RFC 7009 section 2.2)."""
    refused = _refusal(exchange, now)
    response = exchange.response
    if refused is not None or response is None:
        return refused or _nothing()
    if looks_like_web_page(response.headers, response.body):
        return read_token_error(400, response.headers, response.body, now=now)
    return None


def disagreements(
    token: Token, signature: SignatureResult, told: Introspection, *, now: int
) -> tuple[Disagreement, ...]:
    """Where the local reading and the server differ; empty where they agree, or where only one of them knows."""
    return (*_of_state(token, signature, told, now), *_of_members(token, told))


def _refusal(exchange: Exchange, now: int) -> TokenError | Failure | None:
    response = exchange.response
    if response is None or exchange.failure is not None:
        return exchange.failure or _nothing()
    if 200 <= response.status < 300:
        return None
    return read_token_error(response.status, response.headers, response.body, now=now)


def _nothing() -> Failure:
    return Failure(FailureKind.BAD_HTTP, "There was no answer.")


def _of_state(token: Token, signature: SignatureResult, told: Introspection, now: int) -> Sequence[Disagreement]:
    ends_at = epoch((token.claims or {}).get("exp"))
    over = ends_at is not None and now >= ends_at
    if told.is_active and over:
        return [Disagreement("state", "The token has ended (exp).", "The server calls it active.")]
    if told.is_active and signature.state is SignatureState.INVALID:
        return [Disagreement("state", f"The signature is wrong. {signature.detail}", "The server calls it active.")]
    if not told.is_active and ends_at is not None and not over and signature.state is not SignatureState.INVALID:
        here = "By what the token itself says, it has not ended."
        there = "The server does not call it active: it was revoked, or this server or client does not know it."
        return [Disagreement("state", here, there)]
    return []


def _of_members(token: Token, told: Introspection) -> Sequence[Disagreement]:
    claims = token.claims or {}
    found = []
    for name, spellings in _SAME.items():
        here = next((claims[one] for one in spellings if one in claims), None)
        there = told.members.get(name)
        if here is not None and there is not None and _comparable(name, here) != _comparable(name, there):
            found.append(Disagreement(name, _shown(here), _shown(there)))
    return found


def _comparable(name: str, value: Any) -> Any:
    """Lists of scopes and audiences have no order, and one of them may stand alone."""
    if name == "exp":
        return epoch(value)
    if name == "scope" and isinstance(value, str):
        return sorted(value.split())
    if name in ("aud", "scope"):
        return sorted(map(json_text, value)) if isinstance(value, list) else [json_text(value)]
    return value


def _shown(value: Any) -> str:
    return shorten(value if isinstance(value, str) else json_text(value), 200)
