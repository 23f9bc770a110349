"""Causes of one stage, the signature of the token, in the order in which equals are ranked."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.signature import (
    app_specific_signing_key,
    jwks_cache_stale,
    jwks_key_use_invalid,
    jwks_wrong_source,
    signature_invalid,
    signing_algorithm_mismatch,
    signing_key_retired,
    validator_library_mismatch,
)

CAUSES: tuple[Cause, ...] = (
    app_specific_signing_key.CAUSE,
    jwks_wrong_source.CAUSE,
    jwks_cache_stale.CAUSE,
    signing_key_retired.CAUSE,
    jwks_key_use_invalid.CAUSE,
    signing_algorithm_mismatch.CAUSE,
    signature_invalid.CAUSE,
    validator_library_mismatch.CAUSE,
)
