"""What a stage saw, as evidence in the one shape that everything else shares: redacted values only."""

from console.core.api import Api
from console.core.attempts.attempt import TokenFacts, key_facts, profile_facts, token_members
from console.core.evidence import (
    Evidence,
    EvidencePolicy,
    EvidenceRequest,
    EvidenceResponse,
    EvidenceTokenRequest,
)
from console.core.exchange import Failure, Request
from console.core.profile import Profile


def of_place(profile: Profile, url: str, failure: Failure, *, is_of_provider: bool, now: int) -> Evidence:
    """A place that was not reached: the provider's, or the API's."""
    asked = EvidenceTokenRequest(endpoint=url) if is_of_provider else None
    return Evidence(
        token_request=asked,
        request=None if is_of_provider else EvidenceRequest(method="GET", url=url, has_unknown_headers=True),
        response=EvidenceResponse(failure=failure.kind.value, rule=failure.rule, detail=failure.detail),
        profile=profile_facts(profile, {}),
        now=now,
    )


def of_metadata(profile: Profile, source: str, *, now: int) -> Evidence:
    """Metadata or keys that could not be used, by their address."""
    facts = {"signing_key": {"kid_known": None, "source": source, "reason": "keys-unavailable"}}
    return Evidence(signature="unverifiable", profile=profile_facts(profile, facts), now=now)


def of_token(
    profile: Profile,
    api: Api,
    used: TokenFacts | None,
    *,
    now: int,
    request: Request | None = None,
    policy: EvidencePolicy | None = None,
) -> Evidence:
    """A token before it is sent, and what the policy decided about the call that is meant. `request` is redacted."""
    return Evidence(
        **token_members(used),
        expectations=api.expectation,
        policy=policy,
        policy_xml=None,
        request=EvidenceRequest(request.method, request.url, request.headers) if request else None,
        profile=profile_facts(profile, key_facts(used)),
        now=now,
    )


def of_sentence(profile: Profile, sentence: str, *, now: int) -> Evidence:
    """What was seen without a request of its own, in words."""
    return Evidence(profile=profile_facts(profile, {"observations": [sentence]}), now=now)
