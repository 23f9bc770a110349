"""Roles or groups are present, the required one is not."""

from console.core.checks.claims import is_app_only
from console.core.checks.wording import listed
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, from_finding, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    failed, token = reading.failed("roles"), reading.token
    if failed and token is not None and ("roles" in reading.claims or not is_app_only(token)):
        return from_finding(failed)
    if group := _missing_group(reading):
        return group
    if reading.is_at_token_endpoint or reading.answer.status not in {401, 403} or reading.passes("roles"):
        return None
    has_some = "roles" in reading.claims or "groups" in reading.claims
    found = by_phrase("role-insufficient")(reading)
    return likely(found.why, *found.facts) if found and (has_some or token is None) else None


def _missing_group(reading: Reading) -> Match | None:
    for claim in reading.policy.refused_claims() if reading.policy else ():
        actual = reading.claims.get(claim.name)
        if (
            claim.name in {"groups", "wids"}
            and isinstance(actual, list)
            and not set(claim.values) & set(map(str, actual))
        ):
            return likely(
                f"{claim.name} are {listed(map(str, actual))}; the policy asks for {listed(claim.values)}.", claim.name
            )
    return None


CAUSE = Cause(
    slug="role-insufficient",
    stage=Stage.AUTHORIZATION,
    title="Role missing",
    what="The token carries roles or groups, but not the one that is needed.",
    do="Have the needed role assigned to this client or user, and get a new token.",
    who=Owner.TENANT_ADMIN,
    match=match,
    check="roles",
)
