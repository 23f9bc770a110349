"""TokenX's token endpoint (RFC 8693): an application gets a token for the next one, about the same person.

Its checks come in the order of its source: assertion there, audience there, client known, assertion verified, its
life, grant type, subject token there, audience known, access policy, subject token.
"""

from typing import Any

from console.core.tokens.times import epoch
from console.core.tokens.token import Token
from console.sandbox.answers import json_response
from console.sandbox.ids import guid
from console.sandbox.keys import own_keys
from console.sandbox.providers.base import ProviderVisit
from console.sandbox.providers.form import first, read_form
from console.sandbox.providers.minting import issue_token
from console.sandbox.providers.tokenx import errors
from console.sandbox.providers.tokenx.errors import TokenXRefusal
from console.sandbox.providers.tokenx.verification import ClaimDemands, check, check_audience, check_issued
from console.sandbox.registered import Application
from console.sandbox.routes import Answered
from console.sandbox.signed_text import key_set, read_jwt, texts

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
JWT = "urn:ietf:params:oauth:token-type:jwt"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
MAX_LIFE_S = 120
LIFETIME_S = 900
REQUIRED = ("aud", "exp", "iat", "iss", "jti", "nbf", "sub")
OLD_LEVELS = {"idporten-loa-substantial": "Level3", "idporten-loa-high": "Level4"}
Claims = dict[str, Any]
Form = dict[str, tuple[str, ...]]


def answer(visit: ProviderVisit) -> Answered:
    form = read_form(visit.request)
    claims = _exchange(form, visit)
    if isinstance(claims, TokenXRefusal):
        return errors.answer(claims, visit), visit.state
    body = {
        "access_token": issue_token(visit, {"kid": visit.keys.kid, "typ": "JWT"}, claims),
        "issued_token_type": ACCESS_TOKEN,
        "token_type": "Bearer",
        "expires_in": LIFETIME_S - 1,
        **({"scope": first(form, "scope")} if "scope" in form else {}),
    }
    return json_response(200, body, now=visit.now), visit.state


def _exchange(form: Form, visit: ProviderVisit) -> Claims | TokenXRefusal:
    client = _authenticate(form, visit)
    if isinstance(client, TokenXRefusal):
        return client
    if (refused := _check_asked(form, client, visit)) is not None:
        return refused
    subject = _subject(first(form, "subject_token"), client, visit)
    if isinstance(subject, TokenXRefusal):
        return subject
    return _claims(subject, client, first(form, "audience"), visit)


def _authenticate(form: Form, visit: ProviderVisit) -> Application | TokenXRefusal:
    for name in ("client_assertion_type", "client_assertion"):
        if name not in form:
            return errors.missing(name)
    if first(form, "client_assertion_type") != ASSERTION_TYPE:
        return errors.bad_client(f"{errors.UNAUTHENTICATED}: invalid client_assertion_type")
    read = read_jwt(first(form, "client_assertion"))
    if read is None:
        return errors.unreadable_token()
    token, _, claims = read
    subject = claims.get("sub")
    if not isinstance(subject, str):
        return errors.bad_client(f"{errors.UNAUTHENTICATED}: sub must be present in assertion")
    if "audience" not in form:
        return errors.missing("audience")
    client = visit.state.registered.tokenx.application(subject)
    if client is None:
        return errors.client_unknown(subject)
    return _check_assertion(token, claims, client, visit) or client


def _check_assertion(token: Token, claims: Claims, client: Application, visit: ProviderVisit) -> TokenXRefusal | None:
    demands = ClaimDemands({"iss": client.id, "sub": client.id}, REQUIRED)
    # The address of the token endpoint is still taken, for a time of grace.
    accepted = tuple(url for one in visit.issuers for url in (one, f"{one}/token"))
    refused = (
        check(token, claims, key_set(client.keys), demands, now=visit.now)
        or check_issued(claims, visit.now)
        or check_audience(claims, accepted)
    )
    if refused is None and (epoch(claims["exp"]) or 0) - visit.now > MAX_LIFE_S:
        return errors.assertion_lives_too_long(client.id, MAX_LIFE_S)
    return refused


def _check_asked(form: Form, client: Application, visit: ProviderVisit) -> TokenXRefusal | None:
    if first(form, "grant_type") != GRANT_TYPE:
        return errors.no_authorizer(first(form, "grant_type") or "null")
    if first(form, "subject_token_type") != JWT:
        return errors.must_be("subject_token_type", JWT)
    if "subject_token" not in form:
        return errors.missing("subject_token")
    audience = first(form, "audience")
    target = visit.state.registered.tokenx.application(audience)
    if target is None:
        return errors.audience_unknown(audience)
    return None if client.id in target.inbound else errors.not_in_policy(client.id, target.id)


def _subject(text: str, client: Application, visit: ProviderVisit) -> Claims | TokenXRefusal:
    """The claims of the person's token: of ID-porten for whomever, of TokenX itself for this client only."""
    read = read_jwt(text)
    if read is None:
        return errors.of_subject(errors.unreadable_token())
    token, _, claims = read
    issuer = claims.get("iss")
    foreign = {f"{base}/idporten" for base in (visit.base, *visit.bases)}
    if not isinstance(issuer, str) or issuer not in {*foreign, *visit.issuers}:
        return errors.of_subject(errors.issuer_unknown(issuer))
    demands = ClaimDemands({"iss": issuer}, ("exp", "iat", "iss"))
    refused = check(token, claims, own_keys(visit.keys), demands, now=visit.now)
    if refused is None and issuer in visit.issuers:
        refused = _check_addressee(claims, client)
    return claims if refused is None else errors.of_subject(refused)


def _check_addressee(claims: Claims, client: Application) -> TokenXRefusal | None:
    """A token of TokenX itself goes on from the application it was made for, and from no other."""
    named = texts(claims.get("aud")) or ()
    if client.id in named:
        return None
    return errors.failed(f"JWT aud claim has value [{', '.join(named)}], must contain {client.id}")


def _claims(subject: Claims, client: Application, audience: str, visit: ProviderVisit) -> Claims:
    """All claims of the person's token, and its own over them. No `act`: the application stands in for the person."""
    return {
        **subject,
        **_level(subject, visit),
        "idp": subject.get("idp", subject["iss"]),
        "iss": visit.issuer,
        "client_id": client.id,
        "aud": audience,
        "nbf": visit.now,
        "iat": visit.now,
        "exp": visit.now + LIFETIME_S,
        "jti": guid(visit.state.entropy, "jti"),
    }


def _level(subject: Claims, visit: ProviderVisit) -> Claims:
    level = subject.get("acr")
    if not visit.state.registered.tokenx.maps_levels or not isinstance(level, str):
        return {}
    return {"acr": OLD_LEVELS.get(level, level)}
