"""The policies this gateway understands, one file each with all that is known of it."""

from console.core.policy.policies import (
    authentication,
    authorization_context,
    check_header,
    client_certificate,
    content_validation,
    cors,
    harmless,
    ip_filter,
    limits,
    mock_response,
    return_response,
    set_header,
    set_query_parameter,
    set_variable,
    steering,
    validate_azure_ad_token,
    validate_jwt,
)
from console.core.policy.policies.base import Policy

POLICIES: tuple[Policy, ...] = (
    validate_jwt.POLICY,
    validate_azure_ad_token.POLICY,
    client_certificate.POLICY,
    check_header.POLICY,
    ip_filter.POLICY,
    cors.POLICY,
    *limits.POLICY,
    *content_validation.POLICY,
    *authentication.POLICY,
    authorization_context.POLICY,
    set_header.POLICY,
    set_query_parameter.POLICY,
    set_variable.POLICY,
    return_response.POLICY,
    mock_response.POLICY,
    *steering.POLICY,
    *harmless.POLICY,
)
BY_NAME = {policy.name: policy for policy in POLICIES}
# What else the vendor documents, as of 2026: nobody knows here whether it refuses a caller.
_UNREAD = {"authentication-token", "authentication-token-store", "block", "invoke-request", "set-url"}
NAMES = frozenset({"base", *BY_NAME, *_UNREAD})
# Each of them ends every call that reaches it.
ENDINGS = frozenset(policy.name for policy in POLICIES if policy.answers)
# What stands in them runs as if it stood in their place.
HOLDERS = frozenset(policy.name for policy in POLICIES if policy.holds_policies)
