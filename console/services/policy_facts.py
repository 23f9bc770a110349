"""What the gateway's policy decides about a call that is sent, told as evidence: with all that is known now and is not
kept (the token, keys, named values), and without any network."""

from collections.abc import Iterable
from functools import lru_cache

from console.core.api import Api
from console.core.attempts.attempt import TokenFacts
from console.core.credential import Secret
from console.core.diagnosis.policy_facts import judged, policy_in, redacted
from console.core.errors import Refusal
from console.core.evidence import EvidencePolicy
from console.core.exchange import Request
from console.core.policy.engine.request import GatewayRequest, secret_part
from console.core.policy.engine.switches import DEFAULTS
from console.core.policy.engine.trial import Trial
from console.core.policy.keep.policy_settings import as_values
from console.core.redaction.known import MIN_CHARACTERS
from console.core.redaction.redact import Redactor
from console.core.tokens.signature import SignatureState
from console.services import api_policies, policy_metadata
from console.services.api_policies import ApiPolicy
from console.services.opening import OpenProfile

_policy_in = lru_cache(maxsize=8)(policy_in)  # of an Api that is called again and again the text is read once
MAX_POLICY = 65_536  # characters; a longer one is judged when somebody looks, within that person's budget


def of_call(
    profile: OpenProfile,
    api: Api,
    request: Request,
    *,
    used: TokenFacts | None,
    hidden: Iterable[Secret],
    clean: Redactor | None = None,
    now: int,
) -> EvidencePolicy | None:
    """The facts, redacted; None without a policy that can be read. `request` is the call as it was sent, with secrets:
    `hidden`; `clean` was made for them, where one was. Never refuses: the call has been made.
    """
    secrets = list(hidden)
    policy = _policy_in(api.policy) if len(api.policy) <= MAX_POLICY else None
    if policy is None:
        return None
    opened = _opened(profile, api)
    values = as_values(opened.values_for(api.policy) if opened else ())
    tenant = (used.token.text_claim("tid") if used else None) or ""
    addresses = policy.metadata_addresses(values, tenant=tenant)
    known = policy_metadata.known(profile.own, addresses, given={})
    trial = Trial(
        policy.document,
        _without(request, secrets),
        now,
        metadata={url: one.view for url, one in known.items() if one.view is not None},
        values=values,
        switches={**DEFAULTS, **(opened.settings.switches if opened else {})},
        assumes_signature=used is not None and used.signature.state is SignatureState.VALID,
    )
    if clean is None or (opened and opened.hidden):
        clean = Redactor([*secrets, *(opened.hidden if opened else ())], profile.profile.public_texts)
    return redacted(judged(trial, tenant=tenant), clean)


def _without(request: Request, secrets: list[Secret]) -> GatewayRequest:
    """Who wrote the policy, and who reads these facts, need not be who may see the token and the key."""
    parts = (secret_part(secret.reveal()) for secret in secrets)
    withheld = tuple(one for one in parts if len(one) >= MIN_CHARACTERS)
    return GatewayRequest(request.method, request.url, request.headers, withheld=withheld)


def _opened(profile: OpenProfile, api: Api) -> ApiPolicy | None:
    """The policy with what is kept beside it; None where that cannot be opened, which its own page tells."""
    try:
        return api_policies.of_opened(profile, api)
    except Refusal:
        return None
