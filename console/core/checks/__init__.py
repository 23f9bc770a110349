"""All checks, in the order in which they are shown, and the runner that isolates a crash in one of them."""

from console.core.checks import (
    algorithm,
    audience,
    authorized_party,
    claim_types,
    critical_headers,
    duplicate_members,
    embedded_keys,
    expiry,
    group_overage,
    issued_at,
    issuer,
    key_strength,
    key_use,
    lifetime_length,
    not_before,
    proof_of_possession,
    roles,
    scopes,
    signature,
    tenant,
    token_type,
    token_version,
    type_header,
)
from console.core.checks.base import Check, Context
from console.core.finding import Finding, Status, unknown
from console.core.tokens.claim_families import same_claim
from console.core.tokens.token import Token

CHECKS: tuple[Check, ...] = (
    signature.CHECK,
    algorithm.CHECK,
    key_use.CHECK,
    key_strength.CHECK,
    critical_headers.CHECK,
    embedded_keys.CHECK,
    type_header.CHECK,
    token_type.CHECK,
    duplicate_members.CHECK,
    claim_types.CHECK,
    issuer.CHECK,
    tenant.CHECK,
    token_version.CHECK,
    audience.CHECK,
    authorized_party.CHECK,
    expiry.CHECK,
    not_before.CHECK,
    issued_at.CHECK,
    lifetime_length.CHECK,
    roles.CHECK,
    scopes.CHECK,
    group_overage.CHECK,
    proof_of_possession.CHECK,
)
BY_CODE = {check.code: check for check in CHECKS}


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
    return _labelled(_as_far_as_shown(finding, check, context.token), check)


def _as_far_as_shown(finding: Finding, check: Check, token: Token) -> Finding:
    """Of an excerpt nothing is said about a claim that does not stand in it."""
    if not token.is_excerpt or not check.claims:
        return finding
    names = {name for claim in check.claims for name in (claim, *same_claim(claim))}
    if finding.status is Status.CRASHED or not names.isdisjoint(token.claims or {}):
        return finding
    return unknown(f"{' or '.join(check.claims)} is not among the claims that were shown.", missing="the token itself")


def _labelled(finding: Finding, check: Check) -> Finding:
    """The finding with its check's name; written out, because any `replace` costs more than most checks."""
    return Finding(
        finding.status, finding.what, finding.why, finding.do, finding.who, finding.expected, finding.actual,
        check.code, check.source,
    )  # fmt: skip
