"""Each failing check with what caller and API can do about it, one file each."""

from console.core.policy.repair.checks import (
    audience,
    backend_application,
    client_application,
    client_certificate,
    header,
    ip,
    issuer,
    lifetime,
    required_claim,
    signature,
    subscription_key,
    tenant,
    token_present,
)
from console.core.policy.repair.checks.base import Repair

REPAIRS: tuple[Repair, ...] = (
    *token_present.REPAIR,
    *signature.REPAIR,
    *lifetime.REPAIR,
    audience.REPAIR,
    issuer.REPAIR,
    tenant.REPAIR,
    client_application.REPAIR,
    backend_application.REPAIR,
    required_claim.REPAIR,
    subscription_key.REPAIR,
    header.REPAIR,
    ip.REPAIR,
    client_certificate.REPAIR,
)
BY_CHECK = {repair.check: repair for repair in REPAIRS}
