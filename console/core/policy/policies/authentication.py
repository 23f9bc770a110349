"""How the gateway signs in at the back end: two of these policies put their own value into Authorization."""

import base64

from msgspec.structs import replace

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
from console.core.policy.token.token_policy import OUTPUT_VARIABLE

IDENTITY, BASIC, CERTIFICATE = (
    "authentication-managed-identity",
    "authentication-basic",
    "authentication-certificate",
)


def with_identity(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    """The gateway's own token replaces the caller's, unless it goes into a variable."""
    resource = element.attribute("resource") or "a resource"
    if element.attribute("output-token-variable-name"):
        check = passed(IDENTITY, f"The gateway's own token for {resource} goes into a variable, not into the call.")
        return PolicyStep(IDENTITY, "", Verdict.ALLOW, (check,)), flow
    check = passed(IDENTITY, f"From here on Authorization holds the gateway's own token for {resource}.")
    value = f"Bearer {{{{the gateway's own token for {resource}}}}}"
    return PolicyStep(IDENTITY, "", Verdict.ALLOW, (check,)), _with_authorization(flow, value, IDENTITY)


def with_password(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    user, password = element.attribute("username") or "", element.attribute("password") or ""
    # What they are does not matter here: whatever they are, no token policy takes them for a token.
    value = f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"
    check = passed(BASIC, "From here on Authorization holds the gateway's own user name and password.")
    return PolicyStep(BASIC, "", Verdict.ALLOW, (check,)), _with_authorization(flow, value, BASIC)


def with_certificate(_: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    check = passed(CERTIFICATE, "The gateway shows its certificate to the back end; the caller's token stays.")
    return PolicyStep(CERTIFICATE, "", Verdict.ALLOW, (check,)), flow


def _with_authorization(flow: Flow, value: str, name: str) -> Flow:
    return replace(
        flow,
        request=flow.request.with_header("Authorization", (value,)),
        replaced={**flow.replaced, "header:authorization": name},
        overwritten=flow.overwritten | {"header:authorization"},
    )


_WITH_IDENTITY = policy(
    IDENTITY,
    *required("resource"),
    *optional("client-id", OUTPUT_VARIABLE),
    Attribute("ignore-error", Kind.BOOLEAN),
)

_WITH_PASSWORD = policy(BASIC, *required("username", "password"), is_mixed=True, takes_more=True)
_WITH_CERTIFICATE = policy(
    CERTIFICATE, *optional("thumbprint", "certificate-id", "body", "password"), is_mixed=True, takes_more=True
)

POLICY = (
    Policy(IDENTITY, "Sign in with a managed identity", REFERENCE + IDENTITY, with_identity, _WITH_IDENTITY),
    Policy(BASIC, "Sign in with a password", REFERENCE + BASIC, with_password, _WITH_PASSWORD),
    Policy(CERTIFICATE, "Sign in with a certificate", REFERENCE + CERTIFICATE, with_certificate, _WITH_CERTIFICATE),
)
