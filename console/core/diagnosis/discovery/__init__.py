"""Causes of one stage, authority, metadata and keys, in the order in which equals are ranked."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.discovery import (
    identity_provider_unavailable,
    metadata_unreachable,
    metadata_url_invalid,
    tenant_not_found,
    tenantless_authority,
    wrong_authorization_server,
    wrong_cloud,
)

CAUSES: tuple[Cause, ...] = (
    wrong_cloud.CAUSE,
    tenantless_authority.CAUSE,
    tenant_not_found.CAUSE,
    wrong_authorization_server.CAUSE,
    metadata_url_invalid.CAUSE,
    metadata_unreachable.CAUSE,
    identity_provider_unavailable.CAUSE,
)
