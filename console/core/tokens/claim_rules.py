"""What a strict reader rejects in a claims object (RFC 7519 section 4.1): types and ranges, not meanings."""

from typing import Any

from console.core.defect import Defect, PartName
from console.core.tokens.times import epoch, json_type, time_problem

TIME_CLAIMS = ("exp", "nbf", "iat", "auth_time", "updated_at")
_TEXT_CLAIMS = ("iss", "sub", "jti")
_IDENTIFIERS = ("iss", "aud", "azp", "appid", "client_id", "tid")


def claim_defects(claims: dict[str, Any]) -> list[Defect]:
    """Defects of the registered claims, in the order time, audience, text."""
    found = [defect for name in TIME_CLAIMS if name in claims and (defect := _time(name, claims[name]))]
    found += _order(claims)
    if "aud" in claims:
        found += _audience(claims["aud"])
    for name in _TEXT_CLAIMS:
        if name in claims and not isinstance(claims[name], str):
            message = f"{name} must be a string, but is {json_type(claims[name])}."
            found.append(Defect(f"{name}-wrong-type", PartName.PAYLOAD, message))
    for name in _IDENTIFIERS:
        value = claims.get(name)
        if isinstance(value, str) and not value.isascii() and any(map(str.isalpha, filter(_is_foreign, value))):
            message = (
                f"{name} holds letters beyond ASCII, which may look like others (look-alikes) and never match them."
            )
            found.append(Defect("look-alike-characters", PartName.PAYLOAD, message, False))
    return found


def _is_foreign(character: str) -> bool:
    return not character.isascii()


def _time(name: str, value: Any) -> Defect | None:
    if type(value) is int and 0 <= value < 100_000_000_000:
        return None
    problem = time_problem(value)
    return Defect(f"{name}-{problem[0]}", PartName.PAYLOAD, f"{name} {problem[1]}.") if problem else None


def _order(claims: dict[str, Any]) -> list[Defect]:
    exp, iat = epoch(claims.get("exp")), epoch(claims.get("iat"))
    if exp is None or iat is None or exp >= iat:
        return []
    return [Defect("exp-before-iat", PartName.PAYLOAD, "exp lies before iat: the token expired before it was issued.")]


def _audience(value: Any) -> list[Defect]:
    if isinstance(value, str):
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        kind = "a list with other things in it" if isinstance(value, list) else json_type(value)
        message = f"aud must be a string or a list of strings, but is {kind}."
        return [Defect("aud-wrong-type", PartName.PAYLOAD, message)]
    if not value:
        return [Defect("aud-empty", PartName.PAYLOAD, "aud is an empty list: the token is for nobody.")]
    return []
