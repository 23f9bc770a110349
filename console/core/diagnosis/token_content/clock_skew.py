"""nbf or iat lies in the future, or fresh tokens look expired, because a clock is wrong."""

from dataclasses import replace

from console.core.checks.claims import time_claim
from console.core.diagnosis.assertion_facts import is_clock_fault
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.codes import most_specific
from console.core.diagnosis.matching import adding, answered, by_phrase, from_finding, likely
from console.core.diagnosis.proof_facts import time_of_proof
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.refine import cause_of_code
from console.core.diagnosis.terms import Stage
from console.core.finding import Status
from console.core.owner import Owner

FRESH_S = 300


def match(reading: Reading) -> Match | None:
    if proof := _of_proof(reading):
        return proof
    if reading.is_at_token_endpoint:
        return _of_assertion(reading)
    early = reading.failed("not_before")
    if early:
        return from_finding(early)
    found = by_phrase("clock-skew")(reading)
    if found and found.confidence == "certain":
        return adding(found, "By the moment of the attempt it was valid.")
    if _is_fresh(reading) and reading.phrase("token-expired"):
        return likely(
            "The far side finds the token expired, although it was issued less than five minutes before.", "iat"
        )
    issued = reading.findings.get("issued_at")
    if issued and issued.status is Status.WARNING and "future" in issued.what:
        return likely(issued.why, issued.what, do=issued.do, who=issued.who)
    return found if found and reading.answer.status in {401, 403} else None


def _of_proof(reading: Reading) -> Match | None:
    """A DPoP proof lives by its iat alone (RFC 9449 section 4.3): one that is refused for it was made by another
    clock, or long before it was sent.
    """
    found = time_of_proof(reading)
    return likely(f'The proof is refused for its time: "{found}"', "iat", who=Owner.INTEGRATOR) if found else None


def _of_assertion(reading: Reading) -> Match | None:
    code = most_specific(reading.codes)
    if code is not None:
        if cause_of_code(reading, code) != "clock-skew":
            return None
        return answered(
            f"AADSTS{code}: the assertion was fresh by the client's clock, and out of time by the server's.",
            f"AADSTS{code}",
            do="Set the clock of the machine that builds the assertion by a time server.",
            who=Owner.INTEGRATOR,
        )
    said = by_phrase("clock-skew")(reading)
    if said is None and not (is_clock_fault(reading) and reading.token_error is not None):
        return None
    if said:
        return replace(said, who=Owner.INTEGRATOR)
    return likely("iat or nbf of the assertion lies in the future.", "assertion times", who=Owner.INTEGRATOR)


def _is_fresh(reading: Reading) -> bool:
    issued = time_claim(reading.token, "iat") if reading.token else None
    return (
        issued is not None
        and reading.now is not None
        and 0 <= reading.now - issued < FRESH_S
        and reading.passes("expiry")
    )


CAUSE = Cause(
    slug="clock-skew",
    stage=Stage.TOKEN_CONTENT,
    title="A clock is wrong",
    what="A clock is wrong: the token or assertion seems to come from the future, or a fresh one seems old.",
    do="Set the clocks of both machines by a time server.",
    who=Owner.API_OWNER,
    match=match,
    check="not_before",
)
