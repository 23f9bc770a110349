"""The subscription key is missing or not valid; the API's owner can do nothing about it."""

from dataclasses import replace

from msgspec import structs

from console.core.policy.engine.trial import Trial
from console.core.policy.policies.subscription_key import key_digest
from console.core.policy.repair.checks.base import Repair
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.making import client_change

_ANY_KEY = "any valid key"


def client(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    rule = trial.subscription
    if rule is None:
        return ()
    told = (
        client_change(
            failure,
            "send-subscription-key",
            "Send the subscription key",
            f"Send the key of your subscription in the header {rule.header_name}.",
        )
        if failure.check.reason == "SubscriptionKeyNotFound"
        else client_change(
            failure,
            "right-subscription-key",
            "Send the key of the right subscription",
            f"Send in the header {rule.header_name} the key of an active subscription to a product with this API.",
        )
    )

    def with_key() -> Trial:
        valid = replace(rule, digests=(*rule.digests, key_digest(_ANY_KEY)))
        return structs.replace(
            trial, subscription=valid, request=trial.request.with_header(rule.header_name, (_ANY_KEY,))
        )

    return (Option(told.kind, told, with_key),)


REPAIR = Repair("subscription-key", client)
