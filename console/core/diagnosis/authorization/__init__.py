"""Causes of one stage, permissions, in the order in which equals are ranked."""

from console.core.diagnosis.authorization import (
    app_permission_not_granted,
    client_auth_strength_insufficient,
    role_insufficient,
    scope_missing,
)
from console.core.diagnosis.base import Cause

CAUSES: tuple[Cause, ...] = (
    app_permission_not_granted.CAUSE,
    role_insufficient.CAUSE,
    scope_missing.CAUSE,
    client_auth_strength_insufficient.CAUSE,
)
