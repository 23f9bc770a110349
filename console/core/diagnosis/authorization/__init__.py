"""Causes of one stage, permissions, in the order in which equals are ranked."""

from console.core.diagnosis.authorization import (
    api_not_enabled,
    app_permission_not_granted,
    claims_challenge,
    client_auth_strength_insufficient,
    resource_role_missing,
    role_insufficient,
    scope_missing,
)
from console.core.diagnosis.base import Cause

CAUSES: tuple[Cause, ...] = (
    app_permission_not_granted.CAUSE,
    role_insufficient.CAUSE,
    scope_missing.CAUSE,
    client_auth_strength_insufficient.CAUSE,
    resource_role_missing.CAUSE,
    api_not_enabled.CAUSE,
    claims_challenge.CAUSE,
)
