"""What is kept of a call beside its exchanges: the facts of its profile, what its operation demands, its record."""

from dataclasses import replace
from typing import Any

from console.adapters import clock, random
from console.core.api import Api
from console.core.call import ApiCall
from console.core.diagnosis import CATALOGUE_VERSION
from console.core.diagnosis.base import Diagnosis
from console.core.evidence import Evidence
from console.core.exchange import Exchange
from console.core.openapi.judging import demanding
from console.core.profile import Profile
from console.services import api_operations
from console.services.obtained import Obtained
from console.services.opening import OpenProfile
from console.store.attempts import AttemptRecord


def with_demands(opened: OpenProfile, api: Api, call: ApiCall, obtained: Obtained | None) -> Api:
    """The Api with what the called operation needs as its expectation, where its document names the operation."""
    is_documented = api.operation_count > 0
    operation = api_operations.of_call(opened.actor, api.id, call.method, call.path) if is_documented else None
    if operation is None:
        return api
    token = obtained.token if obtained else None
    return replace(api, expectation=demanding(api.expectation, operation.needs, token))


def facts_of(profile: Profile, api: Api, *, has_key: bool) -> dict[str, Any]:
    """What the evidence says of the profile and its Api, by name."""
    return {
        "subscription_key_header": api.subscription_key_header,
        "subscription_key_sent": has_key,
        "environment": profile.environment,
        "api_version": api.version,
        "credential_version": profile.credential.version,
    }


def record_of(
    profile: Profile,
    api: Api,
    title: str,
    exchanges: tuple[Exchange, ...],
    *,
    evidence: Evidence,
    diagnosis: Diagnosis,
) -> AttemptRecord:
    """As it is kept, under an id of its own."""
    primary, exchange = diagnosis.primary, exchanges[-1]
    return AttemptRecord(
        id=random.ordered_id(clock.now_us()),
        kind="call",
        profile_id=profile.id,
        api_id=api.id,
        title=title,
        created_at=evidence.now or 0,
        evidence=evidence,
        exchanges=exchanges,
        status=exchange.response.status if exchange.response else None,
        primary_cause=primary.cause if primary else "",
        catalogue_version=CATALOGUE_VERSION,
    )
