"""Proof of possession with each request (RFC 9449): what a proof must say, for token endpoint and gateway alike."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from console.core.exchange import Request
from console.core.tokens import base64url
from console.core.tokens.keys import read_jwks
from console.core.tokens.signature import SignatureState, verify
from console.core.tokens.times import epoch
from console.sandbox import tickets
from console.sandbox.issued import mark, marked
from console.sandbox.keys import SandboxKeys
from console.sandbox.signed_text import read_jwt
from console.sandbox.state import State

ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "EdDSA")
FRESH_S = 60
NONCE_PURPOSE = "dpop nonce"
_MEMBERS = {"RSA": ("e", "kty", "n"), "EC": ("crv", "kty", "x", "y"), "OKP": ("crv", "kty", "x")}


@dataclass(frozen=True, slots=True)
class PossessionRules:
    """`urls` are the spellings of the address that was called, without query. `access_token` is "" where none goes
    along. With `demands_nonce` the proof must bear a nonce that was given out for `base`.
    """

    method: str
    urls: tuple[str, ...]
    base: str
    keys: SandboxKeys
    now: int
    access_token: str = ""
    demands_nonce: bool = False


@dataclass(frozen=True, slots=True)
class ProofProblem:
    """`error` is the code of RFC 9449 section 5 or 8."""

    error: str
    text: str


@dataclass(frozen=True, slots=True)
class Possession:
    """`jkt` is the thumbprint of the key; `state` knows that the proof was used."""

    jkt: str
    state: State


def proofs_of(request: Request) -> tuple[str, ...]:
    return tuple(value for name, value in request.headers if name.lower() == "dpop")


def new_nonce(*, base: str, keys: SandboxKeys, now: int) -> str:
    return tickets.new("", purpose=NONCE_PURPOSE, base=base, keys=keys, now=now)


def check_proof(proofs: Iterable[str], state: State, rules: PossessionRules) -> Possession | ProofProblem:
    """The key that the caller has, or the first problem in the order of RFC 9449 section 4.3."""
    sent = tuple(proofs)
    read = read_jwt(sent[0]) if len(sent) == 1 else None
    if read is None:
        return _bad("There must be exactly one DPoP header, and it must be a signed JWT.")
    token, header, claims = read
    if (problem := _header_problem(header)) is not None:
        return problem
    judged = verify(token, read_jwks([header["jwk"]]), algorithms=ALGORITHMS)
    if judged.state is not SignatureState.VALID:
        return _bad("The signature of the proof does not verify with its own jwk.")
    if (problem := _claims_problem(claims, rules)) is not None:
        return problem
    jkt = jwk_thumbprint(header["jwk"])
    use = f"dpop {jkt} {claims['jti']}"
    if marked(state, use, now=rules.now) is not None:
        return _bad("The proof was used before (jti).")
    return Possession(jkt, mark(state, use, now=rules.now, until=rules.now + 2 * FRESH_S + 1))


def jwk_thumbprint(jwk: dict[str, Any]) -> str:
    """RFC 7638: SHA-256 over the required members, in order and without blanks."""
    members = {name: jwk[name] for name in _MEMBERS[jwk["kty"]]}
    text = json.dumps(members, separators=(",", ":"), sort_keys=True)
    return base64url.encode(hashlib.sha256(text.encode()).digest())


def token_hash(access_token: str) -> str:
    """`ath` (RFC 9449 section 4.2)."""
    return base64url.encode(hashlib.sha256(access_token.encode()).digest())


def _bad(text: str) -> ProofProblem:
    return ProofProblem("invalid_dpop_proof", text)


def _header_problem(header: dict[str, Any]) -> ProofProblem | None:
    if header.get("typ") != "dpop+jwt":
        return _bad("typ of the proof must be dpop+jwt.")
    if header.get("alg") not in ALGORITHMS:
        return _bad(f"alg of the proof must be one of {', '.join(ALGORITHMS)}.")
    jwk = header.get("jwk")
    kty = jwk.get("kty") if isinstance(jwk, dict) else None
    if not isinstance(jwk, dict) or not isinstance(kty, str) or kty not in _MEMBERS:
        return _bad("The proof's header must hold its public key as jwk.")
    if "d" in jwk or not all(isinstance(jwk.get(name), str) for name in _MEMBERS[kty]):
        return _bad("jwk of the proof must be a whole public key, without its private part.")
    return None


def _claims_problem(claims: dict[str, Any], rules: PossessionRules) -> ProofProblem | None:
    if not isinstance(claims.get("jti"), str) or not claims["jti"]:
        return _bad("The proof has no jti.")
    if claims.get("htm") != rules.method:
        return _bad(f"htm of the proof must be {rules.method}.")
    if claims.get("htu") not in rules.urls:
        return _bad(f"htu of the proof must be {rules.urls[0]}, without query and fragment.")
    issued = epoch(claims.get("iat"))
    if issued is None or abs(issued - rules.now) > FRESH_S:
        return _bad(f"iat of the proof must lie within {FRESH_S} seconds of now.")
    if rules.access_token and claims.get("ath") != token_hash(rules.access_token):
        return _bad("ath of the proof is not the hash of the access token.")
    if rules.demands_nonce and not _is_own_nonce(claims.get("nonce"), rules):
        return ProofProblem("use_dpop_nonce", "The proof must bear the nonce of the header DPoP-Nonce.")
    return None


def _is_own_nonce(nonce: object, rules: PossessionRules) -> bool:
    return isinstance(nonce, str) and tickets.fits(
        nonce, "", purpose=NONCE_PURPOSE, base=rules.base, keys=rules.keys, now=rules.now
    )
