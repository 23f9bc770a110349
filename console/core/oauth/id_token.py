"""The checks of an ID token that need no key (OpenID Connect Core section 3.1.3.7): is it the answer to this sign-in?

Its signature is checked apart from it, by whoever has the provider's keys.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.core.json.text import json_text, shorten
from console.core.oauth.token_response import TokenError
from console.core.tokens import base64url
from console.core.tokens.parse import parse
from console.core.tokens.times import epoch
from console.core.tokens.token import Token

LEEWAY_S = 300
FOREIGN, BAD = "foreign_answer", "bad_id_token"
_DIGESTS = {"256": hashlib.sha256, "384": hashlib.sha384, "512": hashlib.sha512}


@dataclass(frozen=True, slots=True)
class SignInAsked:
    """What the sign-in asked for. `issuers` () and every other "" mean that this is not compared; `max_age_s` None too.

    `access_token` and `code` came with the ID token; `subject` is who an earlier ID token was about.
    """

    client_id: str
    issuers: tuple[str, ...] = ()
    nonce: str = ""
    subject: str = ""
    access_token: str = ""
    code: str = ""
    max_age_s: int | None = None


def refusal(text: str, asked: SignInAsked, *, now: int) -> TokenError | None:
    """Why this ID token is not taken; None when nothing speaks against it. `now` is epoch seconds."""
    token = parse(text)
    claims = token.claims
    if claims is None:
        return refused(BAD, "The ID token cannot be read: it is no signed JWT with a JSON object of claims.")
    foreign = _foreign(token, claims, asked)
    if foreign:
        return refused(FOREIGN, foreign)
    wrong = _times(claims, asked, now) or _hashes(token, claims, asked)
    return refused(BAD, wrong) if wrong else None


def refused(kind: str, words: str) -> TokenError:
    """An answer that this console does not take; no HTTP status says so."""
    return TokenError("", words, 0, kind=kind)


def acr_note(text: str, acr_values: str) -> str:
    """A sentence where the person signed in at another level than was asked for; "" otherwise."""
    acr = parse(text).text_claim("acr") or ""
    if not acr_values or acr in acr_values.split():
        return ""
    told = f"at the level {shorten(acr)}" if acr else "at a level that the ID token does not name"
    return f"The person signed in {told}; {shorten(acr_values)} was asked for. Whether it is enough, the API decides."


def _foreign(token: Token, claims: Mapping[str, Any], asked: SignInAsked) -> str:
    """What belongs to another request, client or server."""
    issuer, audiences = claims.get("iss"), token.audiences or ()
    if asked.issuers and issuer not in asked.issuers:
        return f"The ID token is from another issuer: iss is {_shown(issuer)}, and {asked.issuers[0]} was asked."
    if asked.client_id not in audiences:
        return f"The ID token is for another client: aud is {_shown(claims.get('aud'))}, not {asked.client_id}."
    azp = claims.get("azp")
    if (len(audiences) > 1 and azp is None) or azp not in (None, asked.client_id):
        return f"The ID token was made for another party: azp is {_shown(azp)}, not {asked.client_id}."
    if asked.nonce and claims.get("nonce") != asked.nonce:
        return "The nonce of the ID token is not the one that was sent, so it answers another sign-in."
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        return "The ID token does not say whom it is about: it has no sub."
    return "The ID token is about another person than before." if asked.subject not in ("", claims["sub"]) else ""


def _times(claims: Mapping[str, Any], asked: SignInAsked, now: int) -> str:
    ends_at, issued_at = epoch(claims.get("exp")), epoch(claims.get("iat"))
    if ends_at is None or issued_at is None:
        return "The ID token has no readable exp and iat, so nobody knows how long it counts."
    if now >= ends_at + LEEWAY_S:
        return f"The ID token ended {now - ends_at} seconds ago."
    if issued_at > now + LEEWAY_S:
        return f"The ID token was issued {issued_at - now} seconds in the future: one of the clocks is wrong."
    if asked.max_age_s is None:
        return ""
    signed_in_at = epoch(claims.get("auth_time"))
    if signed_in_at is None:
        return "The sign-in was to be fresh (max_age), and the ID token does not say when it was (auth_time)."
    age_s = now - signed_in_at
    is_old = age_s > asked.max_age_s + LEEWAY_S
    return f"The sign-in is {age_s} seconds old; at most {asked.max_age_s} were asked for." if is_old else ""


def _hashes(token: Token, claims: Mapping[str, Any], asked: SignInAsked) -> str:
    """Whether the ID token came with these values (section 3.1.3.6, 3.3.2.11)."""
    alg = (token.header or {}).get("alg")
    digest = _DIGESTS.get(alg[-3:]) if isinstance(alg, str) else None
    for name, text in (("at_hash", asked.access_token), ("c_hash", asked.code)):
        told = claims.get(name)
        if digest is not None and told is not None and text and told != _half(digest(text.encode()).digest()):
            return f"The {name} of the ID token does not fit what came with it."
    return ""


def _half(value: bytes) -> str:
    return base64url.encode(value[: len(value) // 2])


def _shown(value: Any) -> str:
    return shorten(json_text(value), 200)
