"""There is a credential, it has not ended, and nothing about the profile stands in the way of a token."""

from dataclasses import dataclass

from console.core.credential import CredentialKind, CredentialSummary
from console.core.finding import Finding
from console.core.owner import Owner
from console.core.preflight.base import (
    PreflightStage,
    StageFact,
    StageResult,
    StageStatus,
    not_needed,
    well,
    worst_of,
)
from console.core.tokens.times import relative, utc


@dataclass(frozen=True, slots=True)
class SeenCredential:
    """`findings` are those of the profile before anything is sent. `is_wanted`: the grant proves a client."""

    summary: CredentialSummary
    is_wanted: bool
    findings: tuple[Finding, ...]
    now: int


def judge(seen: SeenCredential) -> StageResult:
    kept, facts = seen.summary, _facts(seen)
    if kept.ends_at is not None and seen.now > kept.ends_at:
        return StageResult(
            StageStatus.FAIL,
            f"The {kept.kind.words} has expired.",
            f"It was valid until {utc(kept.ends_at)}; now it is {utc(seen.now)}.",
            "Make a new one, register it at the provider, and replace the old one here.",
            Owner.INTEGRATOR,
            facts=facts,
            cause="certificate-or-key-expired",
        )
    if kept.kind is CredentialKind.NONE and seen.is_wanted:
        return StageResult(
            StageStatus.FAIL,
            "No credential is stored.",
            "This profile's client has to prove itself to get a token.",
            "Enter its secret, certificate or key on the profile's page.",
            Owner.INTEGRATOR,
            cause="client-credential-missing",
        )
    if found := worst_of(seen.findings, facts=facts):
        return found
    if kept.kind is CredentialKind.NONE:
        return not_needed("This client proves itself with no credential.")
    ends = f" until {utc(kept.ends_at)}" if kept.ends_at is not None else "; nobody here knows until when"
    return well(f"The {kept.kind.words} is there{ends}.", *facts)


def _facts(seen: SeenCredential) -> tuple[StageFact, ...]:
    kept = seen.summary
    rows = (
        ("kind", kept.kind.words if kept.kind is not CredentialKind.NONE else ""),
        ("entered", utc(kept.set_at) if kept.set_at is not None else ""),
        ("ends", f"{utc(kept.ends_at)} ({relative(kept.ends_at, seen.now)})" if kept.ends_at is not None else ""),
    )
    return tuple(StageFact(label, value) for label, value in rows if value)


STAGE: PreflightStage[SeenCredential] = PreflightStage(
    code="credential",
    title="Credential",
    explains="Looks at the profile and its credential without sending anything: dates, shapes, spellings.",
    judge=judge,
)
