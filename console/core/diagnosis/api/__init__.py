"""Causes of one stage, the API behind the gateway, in the order in which equals are ranked."""

from console.core.diagnosis.api import (
    answer_too_large,
    api_error,
    authorization_sent_to_presigned_url,
    backend_credential_collision,
    path_or_method_unknown,
    principal_not_provisioned_in_api,
)
from console.core.diagnosis.base import Cause

CAUSES: tuple[Cause, ...] = (
    authorization_sent_to_presigned_url.CAUSE,
    backend_credential_collision.CAUSE,
    principal_not_provisioned_in_api.CAUSE,
    path_or_method_unknown.CAUSE,
    answer_too_large.CAUSE,
    api_error.CAUSE,
)
