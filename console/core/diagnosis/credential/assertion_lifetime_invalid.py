"""The client assertion, JWT grant or on-behalf-of assertion has expired, or lives longer than the server allows."""

from dataclasses import replace

from console.core.diagnosis.assertion_facts import is_clock_fault, lifetime_fault
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import adding, by_code, by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if not reading.is_at_token_endpoint:
        return None
    fault = lifetime_fault(reading) if reading.token_error is not None else None
    if found := by_code("assertion-lifetime-invalid")(reading):
        return replace(found, why=f"{found.why} {fault or ''}".strip())
    if reading.codes or is_clock_fault(reading):
        return None
    if found := by_phrase("assertion-lifetime-invalid")(reading):
        return adding(found, fault or "")
    is_refused = reading.error in {"invalid_client", "invalid_grant", "invalid_request"}
    return likely(fault, "assertion claims") if fault and is_refused else None


CAUSE = Cause(
    slug="assertion-lifetime-invalid",
    stage=Stage.CREDENTIAL,
    title="Assertion's times not accepted",
    what="The assertion has expired, or lives longer than the server allows.",
    do="Build a fresh assertion for every request, valid for one or two minutes.",
    who=Owner.INTEGRATOR,
    match=match,
)
