"""The policies this gateway understands, one file each; those that only steer the flow are in `control.py`."""

from console.core.policy.engine.model import Policy
from console.core.policy.policies import (
    authentication,
    authorization_context,
    check_header,
    client_certificate,
    content_validation,
    cors,
    ip_filter,
    limits,
    mock_response,
    return_response,
    set_header,
    set_query_parameter,
    set_variable,
    validate_azure_ad_token,
    validate_jwt,
)

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
)
