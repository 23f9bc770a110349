"""The call lacks a header that check-header asks for, or has another value."""

from msgspec.structs import replace

from console.core.checks.wording import shown
from console.core.policy.engine.trial import Trial
from console.core.policy.policies.check_header import holds_secret
from console.core.policy.repair.checks.base import Repair
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.making import api_change, attribute_option, client_change
from console.core.policy.text.document import Element
from console.core.policy.token.matching import in_words, is_placeholder
from console.core.redaction.redact import redact_text


def client(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    """The header that check-header asks for."""
    policy = failure.policy
    name = policy.attribute("name") if policy else None
    if policy is None or not name:
        return ()
    wanted = next((value.text for value in policy.all("value") if not is_placeholder(value.text)), "any")
    told = client_change(
        failure, "send-header", f"Send the header {name}", f"Send the header {name}{_value_of(failure)}."
    )
    sent = replace(trial, request=trial.request.with_header(name, (wanted,)))
    return (Option(f"{told.kind}:{name.lower()}", told, lambda: sent),)


def _value_of(failure: FailedCheck) -> str:
    """The wanted value as the policy has it written, a named value by its name; not that of a secret header."""
    policy = failure.written or failure.policy
    if policy is None or not (listed := policy.all("value")):
        return "; any value will do"
    if holds_secret(policy.attribute("name") or ""):
        return " with a value that the policy accepts"
    return f" with the value {shown(redact_text(in_words(value.text for value in listed)))}"


def api(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    """check-header: a value that differs in letter case only."""
    values = trial.request.header_values(policy.attribute("name") or "")
    wanted = {value.text.lower() for value in policy.all("value")}
    if not any(value.lower() in wanted for value in values):
        return ()
    told = api_change(
        failure,
        "ignore-case",
        "Ignore the letter case of the header's value",
        'Give check-header the attribute ignore-case="true".',
    )
    return (attribute_option(trial, failure, told, policy, "ignore-case", "true"),)


REPAIR = Repair("header", client, api)
