"""An API that was called by a person's client calls on as that person (Entra's on-behalf-of, a form of RFC 7523)."""

import json
import math
from typing import Any

import jwt

from console.sandbox.faults.base import ENTRA
from console.sandbox.idp import errors, person_errors
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.granted import for_person, with_refresh_token
from console.sandbox.idp.grants.base import Asked, GrantAnswer, SandboxGrant
from console.sandbox.keys import private_key
from console.sandbox.state import Authorization
from console.sandbox.urls import TenantUrls, comparable

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
SKEW_S = 300
_JWS = jwt.PyJWS()  # the signature alone: Entra tells the rest with codes of its own


def answer(asked: Asked) -> GrantAnswer:
    form = asked.form
    for name in ("assertion", "requested_token_use"):
        if not form.get(name):
            return errors.parameter_missing(name)
    if form["requested_token_use"] != "on_behalf_of":
        return person_errors.token_use_unknown(form["requested_token_use"])
    claims = _claims(form["assertion"], asked)
    if isinstance(claims, EntraError):
        return claims
    return _exchanged(asked, claims)


def _exchanged(asked: Asked, claims: dict[str, Any]) -> GrantAnswer:
    wanted = asked.wanted()
    if isinstance(wanted, EntraError):
        return wanted
    details = (("resource", asked.form.get("resource", "")), ("met", " ".join(_texts(claims.get("acrs")))))
    client_id, person_id = asked.client.client.id, str(claims.get("oid", ""))
    authorization = Authorization(ENTRA, client_id, asked.form.get("scope", ""), person_id, asked.now, details=details)
    if (refused := asked.authorized(authorization, GRANT_TYPE)) is not None:
        return refused
    if (refused := asked.unconsented(authorization, wanted)) is not None:
        return refused
    granted = for_person(authorization, wanted, asked.client, asked.state, asked.issuing)
    return with_refresh_token(granted, authorization, wanted, asked.now)


def _claims(text: str, asked: Asked) -> dict[str, Any] | EntraError:
    """The claims of an acceptable assertion, else the first error, in the order signature, issuer, time, audience."""
    key = private_key(asked.keys.private_pem).public_key()
    try:
        claims = json.loads(_JWS.decode(text, key=key, algorithms=["RS256"]))
    except jwt.InvalidSignatureError:
        reason = "The provided signature value did not match the expected signature value."
        return person_errors.assertion_refused(reason)
    except (jwt.PyJWTError, ValueError, RecursionError):
        return person_errors.assertion_refused("The assertion is malformed, or its key was not found.")
    if not isinstance(claims, dict):
        return person_errors.assertion_refused("The assertion is malformed.")
    if comparable(claims.get("iss")) not in _issuers(asked):
        return person_errors.assertion_refused("The assertion was issued by another issuer.")
    return _ill_timed(claims, asked.now) or _not_for(claims, asked.client.client.id) or claims


def _issuers(asked: Asked) -> frozenset[str]:
    """Both of the provider's issuers under every base, as they compare."""
    places = [asked.provider, *(TenantUrls(base, asked.provider.tenant) for base in asked.bases)]
    return frozenset(comparable(issuer) for one in places for issuer in (one.issuer_v2, one.issuer_v1))


def _ill_timed(claims: dict[str, Any], now: int) -> EntraError | None:
    nbf, exp = claims.get("nbf", 0), claims.get("exp")
    if not isinstance(nbf, int) or not isinstance(exp, int):
        return person_errors.assertion_refused("The assertion has no readable times.")
    is_good = nbf <= now + SKEW_S and math.isfinite(exp) and exp > now
    return None if is_good else person_errors.assertion_times(now, nbf, exp)


def _not_for(claims: dict[str, Any], client_id: str) -> EntraError | None:
    """Whether the assertion was made for the client that presents it, by its id or its Application ID URI."""
    audience = str(claims.get("aud", ""))
    is_id_token = "scp" not in claims and "azp" not in claims and "appid" not in claims
    if audience.lower() not in (client_id, f"api://{client_id}"):
        return person_errors.assertion_audience(audience, client_id)
    if is_id_token:
        return person_errors.assertion_is_id_token()
    return None if "scp" in claims else person_errors.assertion_without_person()


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


GRANT = SandboxGrant((GRANT_TYPE,), answer, allows_public=False)
