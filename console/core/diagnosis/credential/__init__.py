"""Causes of one stage, the client's own proof of identity, in the order in which equals are ranked."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.credential import (
    assertion_audience_wrong,
    assertion_issuer_wrong,
    assertion_lifetime_invalid,
    assertion_replayed,
    certificate_chain_malformed,
    certificate_not_registered,
    certificate_or_key_expired,
    certificate_thumbprint_invalid,
    certificate_wrong_owner_or_environment,
    client_auth_method_mismatch,
    client_credential_missing,
    client_secret_encoding,
    client_secret_expired,
    client_secret_id_used,
    client_secret_invalid,
    client_type_mismatch,
    federated_credential_mismatch,
    private_key_format_invalid,
)

CAUSES: tuple[Cause, ...] = (
    private_key_format_invalid.CAUSE,
    client_credential_missing.CAUSE,
    client_type_mismatch.CAUSE,
    client_auth_method_mismatch.CAUSE,
    client_secret_id_used.CAUSE,
    client_secret_expired.CAUSE,
    client_secret_encoding.CAUSE,
    client_secret_invalid.CAUSE,
    federated_credential_mismatch.CAUSE,
    certificate_wrong_owner_or_environment.CAUSE,
    certificate_chain_malformed.CAUSE,
    certificate_thumbprint_invalid.CAUSE,
    certificate_or_key_expired.CAUSE,
    certificate_not_registered.CAUSE,
    assertion_audience_wrong.CAUSE,
    assertion_issuer_wrong.CAUSE,
    assertion_replayed.CAUSE,
    assertion_lifetime_invalid.CAUSE,
)
