"""All checks, in the order in which they are shown, and the runner that isolates a crash in one of them."""

from dataclasses import replace

from console.core.checks import (
    algorithm,
    audience,
    authorized_party,
    expiry,
    issued_at,
    issuer,
    not_before,
    roles,
    scopes,
    signature,
    tenant,
    token_type,
    token_version,
)
from console.core.checks.base import Check, Context, Finding, Status

CHECKS: tuple[Check, ...] = (
    signature.CHECK,
    algorithm.CHECK,
    token_type.CHECK,
    issuer.CHECK,
    tenant.CHECK,
    token_version.CHECK,
    audience.CHECK,
    authorized_party.CHECK,
    expiry.CHECK,
    not_before.CHECK,
    issued_at.CHECK,
    roles.CHECK,
    scopes.CHECK,
)


def run_all(context: Context, checks: tuple[Check, ...] = CHECKS) -> tuple[Finding, ...]:
    """One finding per check, in order. A check that crashes gives `crashed`; the others still answer."""
    return tuple(_run(check, context) for check in checks)


def _run(check: Check, context: Context) -> Finding:
    try:
        finding = check.run(context)
    except Exception as error:  # noqa: BLE001 the entry runner: a bug in one check must not hide the others
        finding = Finding(
            Status.CRASHED,
            "This check failed in itself.",
            f"It stopped with {type(error).__name__}; that says nothing about the token.",
            "Tell the people who run this console.",
        )
    return replace(finding, check=check.code, source=check.source)
