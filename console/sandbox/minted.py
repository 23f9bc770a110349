"""Tokens with one thing wrong that are signed all the same: a token of this sandbox, one claim changed, signed anew."""

from collections.abc import Callable, Mapping
from typing import Any

from console.sandbox.idp.issue import LIFETIME_S, compact
from console.sandbox.ids import guid
from console.sandbox.keys import SandboxKeys

TEN_MINUTES_S = 600
Claims = dict[str, Any]
_CLIENT = ("azp", "appid", "client_id", "consumer")
_RIGHTS = ("roles", "scp", "scope")


def _expired(_claims: Claims, now: int) -> Claims:
    end = now - TEN_MINUTES_S
    return {"iat": end - LIFETIME_S, "nbf": end - LIFETIME_S, "exp": end}


def _not_yet_valid(_claims: Claims, now: int) -> Claims:
    start = now + TEN_MINUTES_S
    return {"iat": now, "nbf": start, "exp": start + LIFETIME_S}


def _wrong_audience(claims: Claims, _now: int) -> Claims:
    return {"aud": f"api://{guid('another API', str(claims.get('aud')))}"}


def _wrong_issuer(claims: Claims, _now: int) -> Claims:
    return {"iss": f"https://issuer.example/{guid('another issuer', str(claims.get('iss')))}"}


def _wrong_client(claims: Claims, _now: int) -> Claims:
    return {name: guid("another client", str(claims[name])) for name in _CLIENT if name in claims}


def _without_rights(claims: Claims, _now: int) -> Claims:
    return {name: None for name in _RIGHTS if name in claims}


CHANGES: Mapping[str, Callable[[Claims, int], Claims]] = {
    "expired": _expired,
    "not-yet-valid": _not_yet_valid,
    "wrong-audience": _wrong_audience,
    "wrong-issuer": _wrong_issuer,
    "wrong-client": _wrong_client,
    "without-rights": _without_rights,
}


def minted(header: Mapping[str, Any], claims: Mapping[str, Any], code: str, *, keys: SandboxKeys, now: int) -> str:
    """The token with the change of that name, as a compact JWS; "" where the change finds nothing to change.

    `header` and `claims` are those of a token that this sandbox signed: its `kid` must be the key's own.
    """
    changes = CHANGES[code](dict(claims), now)
    if not changes or header.get("kid") != keys.kid or header.get("alg") != "RS256":
        return ""
    changed = {name: value for name, value in {**claims, **changes}.items() if value is not None}
    return compact(dict(header), changed, keys)
