"""A preflight: one click checks the whole chain from a profile to its API, one file per stage."""

from typing import Any

from console.core.preflight import (
    call,
    checks,
    clock,
    credential,
    keys,
    metadata,
    names,
    operation,
    policy,
    tcp,
    tls,
    token,
)
from console.core.preflight.base import PreflightStage

STAGES: tuple[PreflightStage[Any], ...] = (
    names.STAGE,
    tcp.STAGE,
    tls.STAGE,
    metadata.STAGE,
    keys.STAGE,
    clock.STAGE,
    credential.STAGE,
    token.STAGE,
    checks.STAGE,
    policy.STAGE,
    call.STAGE,
    operation.STAGE,
)
BY_CODE = {stage.code: stage for stage in STAGES}


def after(code: str) -> str:
    """The code of the stage that follows; "" behind the last."""
    codes = list(BY_CODE)
    return codes[codes.index(code) + 1] if code != codes[-1] else ""
