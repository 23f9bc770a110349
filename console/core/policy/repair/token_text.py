"""Where a policy reads its token, and the text of a token with other claims."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from console.core.json.values import NumberText
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.text.document import Element
from console.core.policy.text.values import Values
from console.core.policy.token.source import values_in
from console.core.policy.token.token_policy import TOKEN_POLICIES, TokenSource, source_of
from console.core.tokens.base64url import encode
from console.core.tokens.parse import parse
from console.core.tokens.token import Token, TokenKind

REMOVED = object()
_LIFETIME_S = 3_600
_SIGNATURE = "c2lnbmF0dXJl"


def place_of(policy: Element) -> TokenSource | None:
    """None for a policy that reads no token."""
    return source_of(policy) if policy.name in TOKEN_POLICIES else None


def value_in(request: GatewayRequest, place: TokenSource | None) -> str:
    """What stands in that place, "" for nothing; of several values the first."""
    if place is None or place.kind == "value":
        return place.value if place else ""
    return next(iter(values_in(request, place)), "")


def token_in(request: GatewayRequest, place: TokenSource | None) -> Token | None:
    """The token in a place, read as tolerantly as possible; None when there is none."""
    token = parse(value_in(request, place))
    return token if _is_token(token) else None


def stray_tokens(request: GatewayRequest) -> tuple[tuple[str, Token], ...]:
    """Everything in the call that is a token, with the place it stands in."""
    pairs = [(f"the header {name}", value) for name, value in request.headers]
    query = parse_qsl(urlsplit(request.url).query)
    pairs += [(f"the query parameter {name}", value) for name, value in query]
    read = ((where, parse(value)) for where, value in pairs if value.count(".") >= 2)
    return tuple((where, token) for where, token in read if token.kind is TokenKind.JWS and token.claims is not None)


def sent(request: GatewayRequest, place: TokenSource, text: str) -> GatewayRequest:
    """The call with this token as the only value of the place, after the scheme where one belongs."""
    if place.kind == "query":
        return request.with_query(place.name, (text,))
    return request.with_header(place.name, (f"{place.scheme or 'Bearer'} {text}" if place.is_authorization else text,))


def replaced_in(values: Values, old: str, new: str) -> Values:
    """Run-time values that hold a token with another one in its place."""

    def changed(given: Mapping[str, str]) -> dict[str, str]:
        return {name: value.replace(old, new) for name, value in given.items()}

    return replace(values, expressions=changed(values.expressions), variables=changed(values.variables))


def rewritten(token: Token | None, changes: Mapping[str, Any], *, now: int | None, algorithm: str | None = None) -> str:
    """A newly issued token like this one: with these claims (REMOVED takes one away), valid from now for an hour.

    `now` None: its times stay as they are. Without a readable token the claims start from nothing. The signature is a
    mark: nobody has signed this.
    """
    claims = dict((token.claims if token else None) or {"exp": 0, "iat": 0, "nbf": 0})
    lifetime = {} if now is None else {"iat": now, "nbf": now, "exp": now + _LIFETIME_S}
    claims |= {name: moment for name, moment in lifetime.items() if name in claims}
    claims |= changes
    kept = {name: _plain(value) for name, value in claims.items() if value is not REMOVED}
    header = {"alg": algorithm or _algorithm(token), "typ": "JWT"}
    return ".".join([*(encode(json.dumps(part).encode()) for part in (header, kept)), _SIGNATURE])


def _algorithm(token: Token | None) -> str:
    """Kept from a signed token, so that an algorithm which the gateway refuses is refused again."""
    named = (token.header or {}).get("alg") if token and token.kind is TokenKind.JWS else None
    return named if isinstance(named, str) else "RS256"


def _is_token(token: Token) -> bool:
    return token.kind in (TokenKind.JWS, TokenKind.UNSECURED, TokenKind.JWE)


def _plain(value: Any) -> Any:
    if isinstance(value, NumberText):
        return float(value.text)
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
