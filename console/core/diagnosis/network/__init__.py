"""Causes of one stage, the way there, in the order in which equals are ranked."""

from console.core.diagnosis.base import Cause
from console.core.diagnosis.network import (
    address_refused_by_console,
    authorization_header_stripped,
    cached_refusal,
    call_timeout,
    connection_blocked,
    cors_preflight_rejected,
    ip_not_allowed,
    redirect_drops_authorization,
    request_header_too_large,
    scheme_mismatch,
    tls_untrusted_certificate,
    waf_blocked,
)

CAUSES: tuple[Cause, ...] = (
    address_refused_by_console.CAUSE,
    scheme_mismatch.CAUSE,
    tls_untrusted_certificate.CAUSE,
    connection_blocked.CAUSE,
    call_timeout.CAUSE,
    redirect_drops_authorization.CAUSE,
    authorization_header_stripped.CAUSE,
    cors_preflight_rejected.CAUSE,
    ip_not_allowed.CAUSE,
    waf_blocked.CAUSE,
    cached_refusal.CAUSE,
    request_header_too_large.CAUSE,
)
