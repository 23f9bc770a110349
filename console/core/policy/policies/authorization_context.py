"""`get-authorization-context`: a token of the credential manager goes into a variable; the caller's token stays."""

from console.core.policy.engine.answers import error_body
from console.core.policy.engine.model import Flow, PolicyStep, Verdict
from console.core.policy.policies.base import REFERENCE, Policy
from console.core.policy.policies.shapes import (
    Attribute,
    Kind,
    optional,
    policy,
    required,
)
from console.core.policy.text.document import Element
from console.core.policy.token.step_of_checks import passed

NAME = "get-authorization-context"


def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    variable = element.attribute("context-variable-name") or ""
    connection = element.attribute("authorization-id") or "a connection"
    if element.attribute("ignore-error") == "true":
        otherwise = "when it cannot be had, the variable is null and the call goes on"
    else:
        body = error_body(500, "…")
        otherwise = f"when it cannot be had, the gateway answers 500 ({body}), which is not the caller's fault"
    check = passed(NAME, f"A token of {connection} goes into the variable {variable}; {otherwise}.")
    return PolicyStep(NAME, "", Verdict.ALLOW, (check,)), flow.without_variable(variable)


SHAPE = policy(
    "get-authorization-context",
    *required("provider-id", "authorization-id", "context-variable-name"),
    *optional("identity-type", "identity"),
    Attribute("ignore-error", Kind.BOOLEAN),
)

POLICY = Policy(
    name=NAME,
    title="Get an authorization context",
    source=REFERENCE + "get-authorization-context",
    run=run,
    shape=SHAPE,
)
