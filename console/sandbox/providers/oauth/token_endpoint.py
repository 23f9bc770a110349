"""The token endpoint that both OAuth providers have: form, grant, client, proof of possession, then the grant."""

from dataclasses import replace

from console.core.exchange import Header
from console.sandbox.answers import json_response
from console.sandbox.dpop import PossessionRules, ProofProblem, check_proof, new_nonce, proofs_of
from console.sandbox.providers.base import ProviderVisit
from console.sandbox.providers.form import first, read_form, repeated
from console.sandbox.providers.oauth import errors
from console.sandbox.providers.oauth.client_auth import authenticate
from console.sandbox.providers.oauth.errors import OAuthRefusal
from console.sandbox.providers.oauth.rules import Form, Granted, Rules, TokenAsk
from console.sandbox.registered import OAuthClient
from console.sandbox.routes import Answered
from console.sandbox.signed_text import certificate_thumbprint
from console.sandbox.state import State

SEVERAL = ("resource", "audience")


def answer(visit: ProviderVisit, rules: Rules) -> Answered:
    form = read_form(visit.request)
    granted, after = _grant(form, visit, rules)
    if isinstance(granted, OAuthRefusal):
        return errors.answer(granted, visit), after
    return json_response(200, granted, now=visit.now, headers=nonce_header(visit, rules)), after


def nonce_header(visit: ProviderVisit, rules: Rules) -> tuple[Header, ...]:
    """The nonce for the next proof, where proofs must bear one and this request had one."""
    if not rules.demands_nonce or not proofs_of(visit.request):
        return ()
    return (("DPoP-Nonce", new_nonce(base=visit.base, keys=visit.keys, now=visit.now)),)


def _grant(form: Form, visit: ProviderVisit, rules: Rules) -> Granted:
    if name := repeated(form, allowed=SEVERAL):
        return errors.twice(name), visit.state
    grant_type = first(form, "grant_type")
    if not grant_type:
        return errors.missing("grant_type"), visit.state
    grant = rules.grants.get(grant_type)
    if grant is None:
        return OAuthRefusal("unsupported_grant_type", f"{grant_type[:100]} is not served here."), visit.state
    proven = authenticate(form, visit, rules)
    if isinstance(proven, OAuthRefusal):
        return proven, visit.state
    if grant_type not in proven.client.grants:
        text = f"The grant type {grant_type} is not allowed for this client."
        return OAuthRefusal("unauthorized_client", text), proven.state
    bound = _bound(proven.client, replace(visit, state=proven.state), rules)
    if isinstance(bound, OAuthRefusal):
        return bound, proven.state
    cnf, after = bound
    return grant(TokenAsk(visit, rules, form, proven.client, cnf, after))


def _bound(client: OAuthClient, visit: ProviderVisit, rules: Rules) -> tuple[dict[str, str], State] | OAuthRefusal:
    """What the tokens will be bound to: the key of a DPoP proof, or the certificate shown in TLS."""
    proofs = proofs_of(visit.request)
    if client.binds == "mtls":
        if not visit.certificate:
            return OAuthRefusal("invalid_request", "The client's tokens are bound to its certificate: show it in TLS.")
        return {"x5t#S256": certificate_thumbprint(visit.certificate)}, visit.state
    if not proofs:
        if client.binds == "dpop":
            return OAuthRefusal("invalid_dpop_proof", "The client's tokens are bound to a key: send a DPoP proof.")
        return {}, visit.state
    urls = tuple(f"{one}{visit.path}" for one in visit.issuers)
    checked = check_proof(
        proofs,
        visit.state,
        PossessionRules("POST", urls, visit.base, visit.keys, visit.now, demands_nonce=rules.demands_nonce),
    )
    if isinstance(checked, ProofProblem):
        return OAuthRefusal(checked.error, checked.text, 400, nonce_header(visit, rules))
    return {"jkt": checked.jkt}, checked.state
