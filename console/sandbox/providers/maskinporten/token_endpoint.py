"""Maskinporten's token endpoint: two parameters, the rest stands in the signed grant.

The order of its checks is not documented; here: the form, the client, its key, the claims, the audience, the times,
the single use, what is asked for.
"""

from typing import Any

from console.core.exchange import Response
from console.sandbox.answers import json_response
from console.sandbox.ids import opaque
from console.sandbox.issued import mark, marked
from console.sandbox.providers.base import ProviderVisit
from console.sandbox.providers.form import first, read_form, repeated
from console.sandbox.providers.maskinporten import errors
from console.sandbox.providers.maskinporten.access import GrantedAccess, check_access
from console.sandbox.providers.maskinporten.details import Detail, answer_details, organisation
from console.sandbox.providers.maskinporten.errors import MpRefusal
from console.sandbox.providers.maskinporten.grant import GrantContent, check_audience, check_times, read_asked, use_of
from console.sandbox.providers.maskinporten.proof import prove
from console.sandbox.providers.minting import issue_token
from console.sandbox.routes import Answered
from console.sandbox.signed_text import read_jwt

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
DELEGATED_BY = "https://tt02.altinn.no/"
Claims = dict[str, Any]


def answer(visit: ProviderVisit) -> Answered:
    """The token, and the state that knows its grant was used."""
    granted = _grant(visit)
    if isinstance(granted, MpRefusal):
        return errors.answer(granted, visit), visit.state
    claims, (use, until) = granted
    return _token_answer(visit, claims), mark(visit.state, use, now=visit.now, until=until)


def _token_answer(visit: ProviderVisit, claims: Claims) -> Response:
    body = {
        "access_token": issue_token(visit, {"kid": visit.keys.kid}, claims),
        "token_type": "Bearer",
        "expires_in": claims["exp"] - claims["iat"] - 1,
        "scope": claims["scope"],
    }
    return json_response(200, body, now=visit.now)


def _grant(visit: ProviderVisit) -> tuple[Claims, tuple[str, int]] | MpRefusal:
    text = _assertion(visit)
    if isinstance(text, MpRefusal):
        return text
    read = read_jwt(text)
    if read is None:
        return errors.bad_value("assertion")
    token, header, claims = read
    side = visit.state.registered.maskinporten
    client = next((one for one in side.clients if one.id == claims.get("iss")), None)
    if client is None:
        return errors.client_not_found()
    method = prove(token, header, client, side, now=visit.now)
    if isinstance(method, MpRefusal):
        return method
    asked = read_asked(claims)
    if isinstance(asked, MpRefusal):
        return asked
    if (refused := check_audience(claims, visit) or check_times(claims, visit.now)) is not None:
        return refused
    use = use_of(text, claims)
    if marked(visit.state, use[0], now=visit.now) is not None:
        return errors.used_before()
    access = check_access(asked, client, side)
    if isinstance(access, MpRefusal):
        return access
    details = answer_details(asked.details, client, side)
    if isinstance(details, MpRefusal):
        return details
    who = {"client_id": client.id, "client_amr": method}
    return {**_claims(visit, asked, access, details), **who}, use


def _assertion(visit: ProviderVisit) -> str | MpRefusal:
    form = read_form(visit.request)
    grant_type = first(form, "grant_type")
    if not grant_type:
        return errors.bad_request("Missing parameter: grant_type")
    if name := repeated(form):
        return errors.bad_request(f"Duplicate parameter: {name[:100]}")
    if grant_type != GRANT_TYPE:
        return errors.unsupported_grant(grant_type)
    return first(form, "assertion") or errors.bad_request("Missing parameter: assertion")


def _claims(visit: ProviderVisit, asked: GrantContent, access: GrantedAccess, details: list[Detail] | None) -> Claims:
    """As composed from real tokens: no `sub`, and no `aud` unless a resource was asked for."""
    audience = list(asked.resources) if len(asked.resources) > 1 else next(iter(asked.resources), None)
    return {
        "iss": f"{visit.issuer}/",
        "token_type": "Bearer",
        "scope": " ".join(asked.scopes),
        "aud": audience,
        "pid": asked.pid or None,
        "consumer": organisation(access.consumer),
        "supplier": organisation(access.supplier) if access.supplier else None,
        "delegation_source": DELEGATED_BY if access.supplier else None,
        "authorization_details": details,
        "iat": visit.now,
        "exp": visit.now + access.max_age_s,
        "jti": opaque(visit.state.entropy, "jti", size=32),
    }
