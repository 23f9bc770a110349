"""The token is of another tenant."""

from console.core.compare import is_guid
from console.core.policy.engine.trial import Trial
from console.core.policy.repair import edits
from console.core.policy.repair.checks.base import Repair
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.making import api_change, edit_option
from console.core.policy.repair.rules import wanted_tenant
from console.core.policy.repair.target import from_tenant
from console.core.policy.text.document import Element


def client(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    return from_tenant(trial, failure, wanted_tenant(failure))


def api(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    actual = failure.claims.get("tid")
    if not isinstance(actual, str) or not is_guid(actual) or policy.attribute("tenant-id") == actual:
        return ()
    told = api_change(
        failure,
        "other-tenant",
        "Trust the token's tenant instead",
        f"Set tenant-id to {actual}.",
        weakness=f"Tokens of the tenant {actual} would then be accepted, and those of the present one refused.",
    )
    return (
        edit_option(trial, failure, told, lambda source: edits.with_attribute(source, policy, "tenant-id", actual)),
    )


REPAIR = Repair("tenant", client, api)
