"""Signed tokens, metadata and calls for the gateway's tests."""

import json
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from console.core.policy.engine.evaluate import Trace, evaluate
from console.core.policy.engine.model import MetadataView, Outcome
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.engine.trial import Trial
from console.core.policy.policies.subscription_key import SubscriptionRule
from console.core.policy.text.document import PolicyDocument, read_policy
from console.core.tokens.keys import read_jwks

NOW = 1_800_000_000
URL = "https://login.example/t/v2.0/.well-known/openid-configuration"
ISSUER = "https://login.example/t/v2.0"
AUDIENCE = "6b1f9ad2-0c3e-4e7a-b8d5-f24a7c90e1ab"


@lru_cache
def _key(name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key(name: str = "a1") -> rsa.RSAPrivateKey:
    """The same key for the same name, however it is asked for."""
    return _key(name)


@lru_cache
def view(name: str = "a1", issuer: str = ISSUER) -> MetadataView:
    jwk = jwt.algorithms.RSAAlgorithm.to_jwk(key(name).public_key(), as_dict=True)
    return MetadataView(issuer, read_jwks({"keys": [{**jwk, "use": "sig", "kid": name}]}))


def token(*, kid: str | None = "a1", signer: str = "a1", **changes: Any) -> str:
    """A good token with some claims changed; None removes one."""
    claims = {
        "aud": AUDIENCE,
        "iss": ISSUER,
        "exp": NOW + 3600,
        "nbf": NOW - 600,
        "azp": "client-1",
        "tid": "t",
        "sub": "s",
        "ver": "2.0",
        "roles": ["read", "write"],
        **changes,
    }
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.PyJWS().encode(
        json.dumps(kept).encode(), key(signer), algorithm="RS256", headers={"kid": kid} if kid else None
    )


def policy(
    attributes: str = "", children: str = "", *, audiences: str | None = f"<audience>{AUDIENCE}</audience>"
) -> str:
    listed = "" if audiences is None else f"<audiences>{audiences}</audiences>"
    return (
        f'<validate-jwt header-name="Authorization" require-scheme="Bearer" {attributes}>'
        f'<openid-config url="{URL}" />{listed}{children}</validate-jwt>'
    )


def request(
    text: str | None = None, *, headers: tuple[tuple[str, str], ...] = (), url: str = "https://gw.example/orders"
) -> GatewayRequest:
    bearer = (("Authorization", f"Bearer {text}"),) if text is not None else ()
    return GatewayRequest("GET", url, bearer + headers)


def judged(
    policy_text: str,
    sent: GatewayRequest,
    *,
    metadata: dict[str, MetadataView] | None = None,
    subscription: SubscriptionRule | None = None,
    now: int = NOW,
    **given: Any,
) -> Trace:
    """The trace of a call; `given` goes to the trial (values, switches, assumes_signature)."""
    document = read_policy(policy_text)
    assert isinstance(document, PolicyDocument), document
    known = {URL: view()} if metadata is None else metadata
    return evaluate(Trial(document, sent, now, metadata=known, subscription=subscription, **given))


def failed(trace: Trace) -> list[str]:
    return [check.check for step in trace.steps for check in step.checks if check.outcome is Outcome.FAIL]


def codes(trace: Trace) -> list[str]:
    return [check.library_code for step in trace.steps for check in step.checks if check.outcome is Outcome.FAIL]


def reported(trace: Trace) -> tuple[str, str, str]:
    """The failure that the gateway names: check, reason and library code."""
    check = next(check for step in trace.steps for check in step.checks if check.is_reported)
    return check.check, check.reason, check.library_code


def outcome_of(trace: Trace, name: str) -> Outcome | None:
    """The outcome of a check; None when it was not made."""
    found = [check.outcome for step in trace.steps for check in step.checks if check.check == name]
    return found[0] if found else None


def unsure(trace: Trace) -> set[str]:
    """The switches that the verdict rests on."""
    return {warned.switch for warned in trace.warnings if warned.code == "unconfirmed-behaviour"}


def warnings(trace: Trace) -> set[str]:
    return {warned.code for warned in trace.warnings}
