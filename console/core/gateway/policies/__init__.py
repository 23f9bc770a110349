"""The policies this gateway understands, one file each."""

from console.core.gateway.policies import set_header, validate_azure_ad_token, validate_jwt
from console.core.gateway.policies.base import Policy

POLICIES: tuple[Policy, ...] = (
    validate_jwt.POLICY,
    validate_azure_ad_token.POLICY,
    set_header.POLICY,
)
