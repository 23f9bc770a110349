"""What a token says in a chain of tokens: who it is about, for whom it was made, who asked for it and on whose behalf.

RFC 7519 section 4.1 (iss, sub, aud), RFC 8693 section 4.1 (act) and the names that Entra, Maskinporten and TokenX use.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.core.json.text import json_text, shorten
from console.core.tokens.times import epoch
from console.core.tokens.token import Token

LONGEST_CHAIN_OF_ACTORS = 10
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class TokenSays:
    """Texts are "" where the token does not say. `who` is the person or application, `client` who asked for it.

    `acting` are those who act for `who`, the last one first (nested `act`). `audiences` are who may take it, () when it
    names none. `scopes` are scopes and roles. `expires_at` is epoch seconds, None when nobody said.
    """

    issuer: str = ""
    who: str = ""
    name: str = ""
    client: str = ""
    audiences: tuple[str, ...] = ()
    acting: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    expires_at: int | None = None
    is_readable: bool = True


def says(token: Token) -> TokenSays:
    """Never raises; of an opaque token nothing is known but that."""
    claims = token.claims
    if claims is None:
        return TokenSays(is_readable=False)
    return TokenSays(
        issuer=_text(claims, "iss"),
        who=_text(claims, "sub") or _consumer(claims),
        name=_text(claims, "preferred_username", "upn", "unique_name", "email", "name"),
        client=client_of(token),
        audiences=tuple(shorten(one, _SHOWN) for one in token.audiences or ()),
        acting=_acting(claims),
        scopes=(*_words(claims, "scope"), *_words(claims, "scp"), *_words(claims, "roles")),
        expires_at=epoch(claims.get("exp")),
    )


def client_of(token: Token) -> str:
    """Who asked for it, as `says` has it; "" where the token does not say."""
    return _text(token.claims or {}, "azp", "appid", "client_id")


def _text(claims: Mapping[str, Any], *names: str) -> str:
    values = (claims.get(name) for name in names)
    return next((shorten(value, _SHOWN) for value in values if isinstance(value, str) and value), "")


def _words(claims: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = claims.get(name)
    found = value.split() if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(shorten(one, _SHOWN) for one in found if isinstance(one, str))


def _consumer(claims: Mapping[str, Any]) -> str:
    """The organisation of a Maskinporten token, which has no subject."""
    consumer = claims.get("consumer")
    named = consumer.get("ID") if isinstance(consumer, dict) else None
    return shorten(named, _SHOWN) if isinstance(named, str) else ""


def _acting(claims: Mapping[str, Any]) -> tuple[str, ...]:
    found: list[str] = []
    act = claims.get("act")
    while isinstance(act, dict) and len(found) < LONGEST_CHAIN_OF_ACTORS:
        named = next((act[name] for name in ("sub", "client_id") if name in act), None)
        found.append(shorten(named if isinstance(named, str) else json_text(act), _SHOWN))
        act = act.get("act")
    return tuple(found)
