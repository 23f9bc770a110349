"""The credentials in a header as expressions read them: AsJwt() and AsBasic(). Neither verifies anything.

Microsoft Learn, "API Management policy expressions": Jwt, BasicAuthCredentials.
"""

import base64
import json
from datetime import UTC, datetime
from typing import Any

from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.values import DateValue, Dictionary, Sequence, Thing


def basic_of(text: Any) -> Thing | None:
    """AsBasic(): user and password of a header for basic authentication (RFC 7617); null for another one."""
    if not isinstance(text, str):
        return None
    if len(text) > 3 and len(set(text.rpartition(" ")[2])) == 1:  # a mask stands where the credentials are withheld
        raise NotKnown("the value is withheld")
    if text[:6].lower() != "basic ":
        return None
    try:
        pair = base64.b64decode(text[6:].strip(), validate=True).decode()
    except ValueError:
        return None
    user, colon, password = pair.partition(":")
    if not colon:
        return None
    return Thing("BasicAuthCredentials", {"UserId": lambda: user, "Password": lambda: password})


def jwt_of(text: Any) -> Thing | None:
    """AsJwt(): a token read and not verified; null for what is none. `Bearer ` in front is left out."""
    if not isinstance(text, str):
        return None
    compact = text[7:].strip() if text[:7].lower() == "bearer " else text.strip()
    parts = compact.split(".")
    if len(parts) != 3:
        return None
    header, claims = _decoded(parts[0]), _decoded(parts[1])
    if header is None or claims is None:
        return None
    return _jwt(header, claims)


def _decoded(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _jwt(header: dict[str, Any], claims: dict[str, Any]) -> Thing:
    return Thing(
        "Jwt",
        {
            "Algorithm": lambda: header.get("alg"),
            "Type": lambda: header.get("typ"),
            "Id": lambda: claims.get("jti"),
            "Issuer": lambda: claims.get("iss"),
            "IssuedAt": lambda: _seconds(claims.get("iat")),
            "Subject": lambda: claims.get("sub"),
            "Audiences": lambda: Sequence(_texts(claims.get("aud", [])), "lazy", "string"),
            "ExpirationTime": lambda: _seconds(claims.get("exp")),
            "NotBefore": lambda: _seconds(claims.get("nbf")),
            "Claims": lambda: Dictionary(
                {name: Sequence(_texts(value), "array", "string") for name, value in claims.items()},
                part="claims", values_are_lists=True,
            ),
        },
    )  # fmt: skip


def _seconds(value: Any) -> DateValue | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotKnown("a time in the token that is no number")
    return DateValue(datetime.fromtimestamp(value, UTC))


def _texts(value: Any) -> list[Any]:
    listed = value if isinstance(value, list) else [value]
    return [one if isinstance(one, str) else _as_claim(one) for one in listed]


def _as_claim(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise NotKnown("a claim that is neither text nor whole number")
