"""What a gateway asks of whoever uses a bound token: the key of a DPoP proof, or the certificate shown in TLS.

The policy judges the token itself; here only what is beside it (RFC 9449 section 7, RFC 8705 section 3).
"""

from dataclasses import dataclass, replace

from console.core.policy.engine.request import GatewayRequest
from console.sandbox.dpop import ALGORITHMS, PossessionRules, ProofProblem, check_proof
from console.sandbox.keys import SandboxKeys
from console.sandbox.signed_text import certificate_thumbprint, read_jwt
from console.sandbox.state import State

AUTHORIZATION = "Authorization"


@dataclass(frozen=True, slots=True)
class UnprovenPossession:
    """Why the call is refused; `challenge` is the value of WWW-Authenticate."""

    challenge: str
    text: str


@dataclass(frozen=True, slots=True)
class ProvenPossession:
    """The call as the policy gets it, the token as a bearer's; `state` knows that a proof was used."""

    request: GatewayRequest
    state: State


def prove_possession(
    request: GatewayRequest, state: State, *, base: str, bases: tuple[str, ...], keys: SandboxKeys, now: int
) -> ProvenPossession | UnprovenPossession:
    """A call without a token, or with one that is bound to nothing, goes on as it is."""
    sent = request.header_values(AUTHORIZATION)
    scheme, _, token = (sent[0] if len(sent) == 1 else "").partition(" ")
    read = read_jwt(token.strip())
    cnf = read[2].get("cnf") if read is not None else None
    bound = cnf if isinstance(cnf, dict) else {}
    is_dpop = scheme.lower() == "dpop"
    if is_dpop != ("jkt" in bound):
        if not is_dpop and not bound:
            return ProvenPossession(request, state)
        return _refused("The token is bound to a key" if "jkt" in bound else "The token is bound to no key", is_dpop)
    if "x5t#S256" in bound and not _has_certificate(request, bound["x5t#S256"]):
        text = "The token is bound to a certificate that was not shown"
        return UnprovenPossession(f'Bearer error="invalid_token", error_description="{text}"', f"{text}.")
    if not is_dpop:
        return ProvenPossession(request, state)
    path = request.url.partition("?")[0].removeprefix(base)
    rules = PossessionRules(
        request.method, tuple(f"{one}{path}" for one in (base, *bases)), base, keys, now, token.strip()
    )
    checked = check_proof(request.header_values("DPoP"), state, rules)
    if isinstance(checked, ProofProblem):
        return _refused(checked.text.rstrip("."), is_dpop, error=checked.error)
    if checked.jkt != bound["jkt"]:
        return _refused("The proof is of another key than the token's", is_dpop)
    return ProvenPossession(_as_bearer(request, token.strip()), checked.state)


def _as_bearer(request: GatewayRequest, token: str) -> GatewayRequest:
    kept = tuple(pair for pair in request.headers if pair[0].lower() != "dpop")
    return replace(request, headers=kept).with_header(AUTHORIZATION, (f"Bearer {token}",))


def _has_certificate(request: GatewayRequest, wanted: object) -> bool:
    shown = request.client_certificate
    return bool(shown) and certificate_thumbprint(shown or "") == wanted


def _refused(text: str, is_dpop: bool, *, error: str = "invalid_token") -> UnprovenPossession:
    """A bound token that came as a bearer's is told the scheme that it needs (RFC 9449 section 7.1)."""
    hint = "" if is_dpop else ": send it with the scheme DPoP and a proof"
    challenge = f'DPoP error="{error}", error_description="{text}{hint}", algs="{" ".join(ALGORITHMS)}"'
    return UnprovenPossession(challenge, f"{text}{hint}.")
