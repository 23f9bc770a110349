"""What was there beside what is wanted: the two sides of the mismatch that a cause rests on."""

from collections.abc import Iterable

from console.core.checks import BY_CODE
from console.core.checks.roots import kind_of
from console.core.diagnosis.base import Cause, Sides
from console.core.diagnosis.messages import Told
from console.core.diagnosis.messages.base import Hole
from console.core.diagnosis.messages.masks import is_masked
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_sides import of_request, values_of
from console.core.finding import Finding, Status

# Holes of one message that are two sides of the same: what it saw, and what it wants.
_PAIRS = (
    (Hole.AUDIENCE, Hole.AUDIENCE_EXPECTED, "aud"),
    (Hole.ISSUER, Hole.ISSUER_EXPECTED, "iss"),
    (Hole.TENANT, Hole.TENANT_EXPECTED, "tid"),
    (Hole.TYPE, Hole.TYPE_EXPECTED, "typ"),
    (Hole.SCOPE, Hole.SCOPE_REQUIRED, "scope"),
    (Hole.CLAIM_VALUE, Hole.CLAIM_VALUE_EXPECTED, "the claim"),
)
_REDIRECT = (Hole.REDIRECT, Hole.REDIRECT_REGISTERED)
# A cause that is no fault of one check alone: the checks in which it shows.
_SHOWS_IN = {"invisible-character-in-value": ("audience", "audience_form", "issuer")}


def sides_of(reading: Reading, cause: Cause) -> Sides | None:
    """The two sides, as what refuses compared them; else as its message names them. None where one is not known."""
    return _of_checks(reading, cause) or of_request(reading, cause.slug) or _of_messages(reading.messages, cause)


def _of_checks(reading: Reading, cause: Cause) -> Sides | None:
    kinds = _SHOWS_IN.get(cause.slug, (cause.check,))
    failed = [one for one in (*reading.findings.values(), *reading.suspected.values()) if one.status is Status.FAIL]
    finding = next((one for one in failed if kind_of(one) in kinds), None)
    if finding is None or (finding.check in BY_CODE and BY_CODE[finding.check].is_claim_and_now):
        return None
    actual, expected = values_of(finding.actual), values_of(finding.expected)
    name = _claim(finding, reading)
    return Sides(f"{name} of the token", "accepted", actual, expected) if name and expected else None


def _claim(finding: Finding, reading: Reading) -> str:
    """The claim that was compared; of several names for it the one that the token uses. "" for what is no claim."""
    names = BY_CODE[finding.check].claims if finding.check in BY_CODE else ()
    if finding.check == "scopes":
        names = ("scp", "scope")
    return next((name for name in names if name in reading.claims), names[0] if names else "")


def _of_messages(messages: Iterable[Told], cause: Cause) -> Sides | None:
    for told in messages:
        if cause.slug not in (told.message.cause, *told.message.also):
            continue
        for seen, wanted, name in _PAIRS:
            if _is_shown(told, seen, wanted):
                return Sides(
                    f"{name} that it saw", "accepted", values_of(told.values[seen]), values_of(told.values[wanted])
                )
        if _is_shown(told, *_REDIRECT):
            return Sides("redirect_uri sent", "registered", *(values_of(told.values[hole]) for hole in _REDIRECT))
    return None


def _is_shown(told: Told, *holes: Hole) -> bool:
    """Whether the message shows both values: of one that somebody masked nobody can say how it differs."""
    values = [told.values.get(hole, "") for hole in holes]
    return all(values) and not any(map(is_masked, values))
