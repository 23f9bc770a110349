"""Causes of one stage, the claims of the token, in the order in which equals are ranked."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.token_content import (
    access_token_where_id_token_expected,
    audience_format_mismatch,
    audience_other_api,
    clock_skew,
    group_overage,
    id_token_used,
    invisible_character_in_value,
    issuer_spelling_mismatch,
    issuer_version_mismatch,
    issuer_wrong_tenant,
    opaque_token,
    token_expired,
    token_for_graph,
    token_malformed,
)

CAUSES: tuple[Cause, ...] = (
    token_malformed.CAUSE,
    opaque_token.CAUSE,
    invisible_character_in_value.CAUSE,
    token_for_graph.CAUSE,
    id_token_used.CAUSE,
    audience_other_api.CAUSE,
    issuer_wrong_tenant.CAUSE,
    issuer_version_mismatch.CAUSE,
    audience_format_mismatch.CAUSE,
    issuer_spelling_mismatch.CAUSE,
    clock_skew.CAUSE,
    token_expired.CAUSE,
    group_overage.CAUSE,
    access_token_where_id_token_expected.CAUSE,
)
