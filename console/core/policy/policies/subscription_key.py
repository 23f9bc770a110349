"""The subscription key: no policy element, but the gateway's first step, before any policy."""

import hashlib
import hmac
from dataclasses import dataclass

from console.core.policy.engine.answers import GatewayAnswer, error_body
from console.core.policy.engine.model import GatewayCheck, Outcome, PolicyStep, Verdict
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.token.step_of_checks import passed

NAME = "subscription-key"
MISSING = (
    "Access denied due to missing subscription key. "
    "Make sure to include subscription key when making requests to an API."
)
INVALID = "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription."


@dataclass(frozen=True, slots=True)
class SubscriptionRule:
    """An API that asks for a key. `digests` are SHA-256 hex digests of the valid keys; `realm` is `https://host/path`."""

    digests: tuple[str, ...]
    realm: str
    header_name: str = "Ocp-Apim-Subscription-Key"
    query_name: str = "subscription-key"


def key_digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def run(rule: SubscriptionRule, request: GatewayRequest) -> PolicyStep:
    """The query is looked at only when the header is absent."""
    given = request.header_values(rule.header_name)
    place = f"the header {rule.header_name}"
    if not given:
        given, place = request.query_values(rule.query_name), f"the query parameter {rule.query_name}"
    if not given or not given[0]:
        return _refused(rule, "SubscriptionKeyNotFound", MISSING, "The call carries no subscription key.")
    digest = key_digest(given[0])
    if any(hmac.compare_digest(digest, valid) for valid in rule.digests):
        return PolicyStep(NAME, NAME, Verdict.ALLOW, (passed("subscription-key", f"The key in {place} is valid."),))
    return _refused(rule, "SubscriptionKeyInvalid", INVALID, f"The key in {place} is not one of the valid keys.")


def _refused(rule: SubscriptionRule, reason: str, message: str, what: str) -> PolicyStep:
    check = GatewayCheck("subscription-key", Outcome.FAIL, what, reason=reason, message=message, is_reported=True)
    challenge = f'AzureApiManagementKey realm="{rule.realm}",name="{rule.header_name}",type="header"'
    headers = (("Content-Type", "application/json"), ("WWW-Authenticate", challenge))
    answer = GatewayAnswer(401, error_body(401, message), headers, reason_phrase="Access Denied")
    return PolicyStep(NAME, NAME, Verdict.REJECT, (check,), answer)
