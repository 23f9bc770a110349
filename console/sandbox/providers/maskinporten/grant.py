"""The JWT grant of Maskinporten (RFC 7523 section 2.1): its claims, its times, its single use.

Times as read from its source (one report): exp - iat against a maximum, iat not later than ten seconds ahead, exp not
earlier than ten seconds ago. The documented maximum is 120 seconds.
"""

import re
from dataclasses import dataclass
from typing import Any

from console.core.tokens.times import epoch
from console.sandbox.providers.base import ProviderVisit
from console.sandbox.providers.maskinporten import errors
from console.sandbox.providers.maskinporten.errors import MpRefusal
from console.sandbox.signed_text import texts

MAX_LIFE_S = 120
SKEW_S = 10
REQUIRED = ("aud", "iss", "iat", "exp", "scope")
OPTIONAL = ("jti", "resource", "pid", "consumer_org", "iss_onbehalfof", "authorization_details", "nbf")
_ORGANISATION = re.compile(r"\d{9}")
_PERSON = re.compile(r"\d{11}")


@dataclass(frozen=True, slots=True)
class GrantContent:
    """What a grant asks for. `customer` and `pid` are "" when not asked for; `resources` are the audiences."""

    scopes: tuple[str, ...]
    customer: str = ""
    pid: str = ""
    resources: tuple[str, ...] = ()
    details: tuple[dict[str, Any], ...] = ()


def read_asked(claims: dict[str, Any]) -> GrantContent | MpRefusal:
    """The grant's own claims, each of the form that is documented."""
    if unknown := sorted(claims.keys() - {*REQUIRED, *OPTIONAL}):
        return errors.undocumented(", ".join(unknown))
    if missing := next((name for name in REQUIRED if claims.get(name) in (None, "")), ""):
        return errors.bad_value(missing)
    if problem := next((name for name, is_good in _FORMS.items() if name in claims and not is_good(claims[name])), ""):
        return errors.bad_value(problem)
    if "iss_onbehalfof" in claims:
        return errors.bad_value("iss_onbehalfof")  # no client of the sandbox is registered for it
    return GrantContent(
        tuple(dict.fromkeys(claims["scope"].split())),
        claims.get("consumer_org", ""),
        claims.get("pid", ""),
        texts(claims.get("resource", [])) or (),
        tuple(claims.get("authorization_details", ())),
    )


def check_audience(claims: dict[str, Any], visit: ProviderVisit) -> MpRefusal | None:
    """The issuer with its slash, as a single value; the address of the token endpoint is no longer taken."""
    audience = claims.get("aud")
    if isinstance(audience, list) and len(audience) == 1:
        audience = audience[0]
    is_ours = isinstance(audience, str) and audience in {f"{one}/" for one in visit.issuers}
    return None if is_ours else errors.wrong_audience()


def check_times(claims: dict[str, Any], now: int) -> MpRefusal | None:
    issued, ends = epoch(claims.get("iat")), epoch(claims.get("exp"))
    if issued is None or ends is None:
        return errors.bad_value("iat" if issued is None else "exp")
    if ends - issued > MAX_LIFE_S:
        return errors.lives_too_long(MAX_LIFE_S)
    if issued > now + SKEW_S:
        return errors.issued_later()
    return errors.expired() if ends < now - SKEW_S else None


def use_of(text: str, claims: dict[str, Any]) -> tuple[str, int]:
    """What a grant is remembered by, its jti or without one its whole text, and until when it could come again."""
    jti = claims.get("jti")
    value = jti if isinstance(jti, str) and jti else text
    return f"maskinporten {claims['iss']} {value}", (epoch(claims["exp"]) or 0) + SKEW_S + 1


def _is_scope(value: object) -> bool:
    return isinstance(value, str) and bool(value.split()) and value.isprintable()


def _is_resource(value: object) -> bool:
    return bool(texts(value))


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


_FORMS = {
    "scope": _is_scope,
    "resource": _is_resource,
    "consumer_org": lambda value: isinstance(value, str) and _ORGANISATION.fullmatch(value) is not None,
    "pid": lambda value: isinstance(value, str) and _PERSON.fullmatch(value) is not None,
    "jti": lambda value: isinstance(value, str),
    "authorization_details": _is_list_of_objects,
}
