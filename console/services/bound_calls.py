"""Sends a call, or a look at work that one began, with what its token is bound to: a fresh proof (RFC 9449), or the
client's certificate (RFC 8705).
"""

from dataclasses import dataclass, replace
from functools import partial

from django.conf import settings

from console.adapters.transport import Transport
from console.core.credential import Certificate, Secret, SigningKey
from console.core.exchange import Exchange, Purpose, Request
from console.core.oauth import dpop
from console.core.tokens.token import Token
from console.services import proof_keys, token_credentials
from console.services.obtained import Obtained
from console.services.opening import OpenProfile

MB = 1_000_000
LEAST_S = 0.1  # for the second request of a call whose timeout the first nearly used up


@dataclass(frozen=True, slots=True, repr=False)
class TokenBinding:
    """What the token of a call needs beside it; both None for a plain bearer token."""

    token: Secret | None = None
    proof_key: SigningKey | None = None
    certificate: Certificate | None = None


def of_call(opened: OpenProfile, obtained: Obtained | None) -> TokenBinding:
    """What the token needs. The caller has seen to it that the call goes where the profile's user accepted it."""
    if obtained is None or obtained.access_token is None:
        return TokenBinding()
    key = proof_keys.of_profile(opened) if dpop.is_dpop(obtained.token_type) else None
    return TokenBinding(obtained.access_token, key, _certificate(opened, obtained.token))


def send(
    transport: Transport,
    request: Request,
    binding: TokenBinding,
    *,
    hidden: list[Secret],
    purpose: Purpose = Purpose.CALL,
) -> tuple[Exchange, ...]:
    """The exchanges: two where the API wanted its nonce in the proof.

    `hidden` are the secrets in the request; each proof is put into it.
    """
    sent = partial(_sent, transport, certificate=binding.certificate, is_secret=bool(hidden), purpose=purpose)
    first = sent(_with_proof(request, binding, hidden))
    nonce = dpop.nonce_wanted(first.response) if binding.proof_key else ""
    if not nonce:
        return (first,)
    left_s = None if request.timeout_s is None else request.timeout_s - first.elapsed_ms / 1000
    return first, sent(_with_proof(request, binding, hidden, nonce=nonce), left_s=left_s)


def _with_proof(request: Request, binding: TokenBinding, hidden: list[Secret], *, nonce: str = "") -> Request:
    if binding.proof_key is None:
        return request
    made = proof_keys.fresh_proof(
        binding.proof_key, method=request.method, url=request.url, nonce=nonce, token=binding.token
    )
    hidden.append(Secret(made))
    return replace(request, headers=dpop.with_proof(request.headers, made))


def _sent(
    transport: Transport,
    request: Request,
    *,
    certificate: Certificate | None,
    is_secret: bool,
    purpose: Purpose,
    left_s: float | None = None,
) -> Exchange:
    """`left_s` is what is left of the call's own timeout, None for all of it, or where it has none."""
    return transport.send(
        request,
        purpose=purpose,
        deadline_s=None if left_s is None else max(LEAST_S, min(left_s, transport.policy.longest_call_s)),
        max_body_bytes=settings.CONSOLE_ANSWER_MB * MB if purpose is Purpose.CALL else None,
        carries_secret=is_secret,
        certificate=certificate,
    )


def _certificate(opened: OpenProfile, token: Token | None) -> Certificate | None:
    """The profile's certificate, if the token is bound to it. Of a token that nobody can read it is taken to be so
    where the client showed its certificate to get it."""
    facts = opened.profile.credential.certificate
    if facts is None:
        return None
    claims = token.claims if token is not None else None
    if claims is None:
        auth = token_credentials.client_auth_of(opened.profile)
        is_bound = auth is not None and auth.shows_certificate
    else:
        confirmed = claims.get("cnf")
        is_bound = isinstance(confirmed, dict) and confirmed.get("x5t#S256") == facts.x5t_s256
    credential = opened.sealed.credential() if is_bound else None
    return credential if isinstance(credential, Certificate) else None
