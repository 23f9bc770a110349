"""Who a token is about (OpenID Connect Core section 5.3), for whoever has an access token with openid."""

from console.core.exchange import Header, Response, header
from console.sandbox.answers import json_response
from console.sandbox.dpop import PossessionRules, ProofProblem, check_proof, proofs_of
from console.sandbox.people import MadeUpPerson
from console.sandbox.providers.base import ProviderVisit
from console.sandbox.providers.oauth.rules import Part, Rules
from console.sandbox.providers.oauth.token_state import live_access
from console.sandbox.registered import OAuthClient
from console.sandbox.routes import Answered
from console.sandbox.signed_text import certificate_thumbprint
from console.sandbox.state import State


def answer(visit: ProviderVisit, rules: Rules) -> Answered:
    sent = header(visit.request.headers, "authorization") or ""
    scheme, _, token = sent.partition(" ")
    scheme, token = scheme.lower(), token.strip()
    if scheme not in ("bearer", "dpop") or not token:
        return _challenge(visit, 401, "", "", scheme), visit.state
    claims = live_access(token, visit)
    if claims is None:
        return _challenge(visit, 401, "invalid_token", "The token is not good here (any more).", scheme), visit.state
    possessed = check_possession(claims, token, scheme, visit)
    if isinstance(possessed, ProofProblem):
        return _challenge(visit, 401, possessed.error, possessed.text, scheme), visit.state
    return _told(claims, visit, rules, scheme), possessed


def check_possession(claims: Part, token: str, scheme: str, visit: ProviderVisit) -> State | ProofProblem:
    """The state after it; a token that is bound is taken only from whoever has what it is bound to."""
    cnf = claims.get("cnf", {})
    if (scheme == "dpop") != ("jkt" in cnf):
        return ProofProblem("invalid_token", "The scheme of the Authorization header is not that of the token.")
    if "x5t#S256" in cnf and not (visit.certificate and certificate_thumbprint(visit.certificate) == cnf["x5t#S256"]):
        return ProofProblem("invalid_token", "The token is bound to a certificate that was not shown.")
    if "jkt" not in cnf:
        return visit.state
    urls = tuple(f"{one}{visit.path}" for one in visit.issuers)
    rules = PossessionRules(visit.request.method, urls, visit.base, visit.keys, visit.now, token)
    checked = check_proof(proofs_of(visit.request), visit.state, rules)
    if isinstance(checked, ProofProblem):
        return checked
    return checked.state if checked.jkt == cnf["jkt"] else ProofProblem("invalid_token", "The proof is of another key.")


def _told(claims: Part, visit: ProviderVisit, rules: Rules, scheme: str) -> Response:
    scopes = tuple(str(claims.get("scope", "")).split())
    client = rules.client(visit.state, claims["client_id"])
    person = _person(claims, client, visit, rules) if client is not None else None
    if "openid" not in scopes or client is None or person is None:
        return _challenge(visit, 403, "insufficient_scope", "The token was not granted openid.", scheme)
    return json_response(200, rules.person_claims(person, client, scopes), now=visit.now)


def _person(claims: Part, client: OAuthClient, visit: ProviderVisit, rules: Rules) -> MadeUpPerson | None:
    told = ((one, rules.person_claims(one, client, ("openid",))) for one in visit.state.people)
    return next((one for one, known in told if known["sub"] == claims.get("sub")), None)


def _challenge(visit: ProviderVisit, status: int, error: str, text: str, scheme: str) -> Response:
    """RFC 6750 section 3: no error code where no token was sent."""
    name = "DPoP" if scheme == "dpop" else "Bearer"
    said = f', error="{error}", error_description="{text}"' if error else ""
    headers: tuple[Header, ...] = (("WWW-Authenticate", f'{name} realm="{visit.issuer}"{said}'),)
    body = {"error": error, "error_description": text} if error else {}
    return json_response(status, body, now=visit.now, headers=headers)
