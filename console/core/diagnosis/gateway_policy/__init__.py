"""Causes of one stage, what the gateway decides, in the order in which equals are ranked."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.gateway_policy import (
    auth_scheme_not_supported,
    authorization_header_missing,
    bearer_scheme_malformed,
    claim_name_mismatch,
    claim_not_split,
    client_certificate_not_accepted,
    client_not_allowed,
    dpop_proof_refused,
    other_authentication_layer,
    policy_order_overwrites_token,
    rate_or_quota_exceeded,
    token_in_wrong_header,
)

CAUSES: tuple[Cause, ...] = (
    dpop_proof_refused.CAUSE,
    token_in_wrong_header.CAUSE,
    bearer_scheme_malformed.CAUSE,
    authorization_header_missing.CAUSE,
    policy_order_overwrites_token.CAUSE,
    claim_name_mismatch.CAUSE,
    claim_not_split.CAUSE,
    client_not_allowed.CAUSE,
    client_certificate_not_accepted.CAUSE,
    rate_or_quota_exceeded.CAUSE,
    other_authentication_layer.CAUSE,
    auth_scheme_not_supported.CAUSE,
)
