"""The certificate is valid now and for some time, and its key is one that can sign for the provider."""

from collections.abc import Iterator

from console.core.credential import CertificateFacts
from console.core.finding import Finding, Status
from console.core.owner import Owner
from console.core.providers.base import Provider
from console.core.tokens.times import utc

DAY_S = 86_400
SOON_DAYS = 30
MIN_RSA_BITS = 2048
_RENEW = "Make a new certificate, register its public part, and replace the old one here."
_NEW_KEY = "Make an RSA certificate of 2048 bits or more and register its public part."


def check(facts: CertificateFacts, now: int, provider: Provider) -> Iterator[Finding]:
    """Both ends of the validity are inclusive (RFC 5280 section 4.1.2.5)."""
    yield from _check_dates(facts, now)
    yield from _check_key(facts, provider)


def _check_dates(facts: CertificateFacts, now: int) -> Iterator[Finding]:
    end, start = utc(facts.not_after), utc(facts.not_before)
    at_now = f"now it is {utc(now)}"
    if now > facts.not_after:
        what, why = "The certificate has expired.", f"It was valid until {end}; {at_now}."
        yield _dates(Status.FAIL, what, why=why, do=_RENEW, facts=facts, now=now)
    elif now < facts.not_before:
        do = "Wait until then, compare the clock of the machine that made it, or make a new certificate."
        what, why = "The certificate is not valid yet.", f"It is valid from {start}; {at_now}."
        yield _dates(Status.FAIL, what, why=why, do=do, facts=facts, now=now)
    elif facts.not_after - now < SOON_DAYS * DAY_S:
        days = (facts.not_after - now) // DAY_S
        left = "less than a day" if days == 0 else "1 day" if days == 1 else f"{days} days"
        what = f"The certificate expires soon, in {left}."
        yield _dates(Status.WARNING, what, why=f"It is valid until {end}; {at_now}.", do=_RENEW, facts=facts, now=now)


def _dates(status: Status, what: str, *, why: str, do: str, facts: CertificateFacts, now: int) -> Finding:
    return Finding(
        status,
        what,
        why,
        do,
        Owner.INTEGRATOR,
        expected=f"{utc(facts.not_before)} to {utc(facts.not_after)}",
        actual=utc(now),
        check="profile-certificate-dates",
        source="RFC 5280 section 4.1.2.5",
    )


def _check_key(facts: CertificateFacts, provider: Provider) -> Iterator[Finding]:
    """RFC 7518 section 3.3 wants 2048 bits of an RSA key; whether EC keys are taken, the provider's algorithms tell."""
    key = f"{facts.key_type} {facts.key_bits} bits"
    by_ec = any(one.startswith("ES") for one in provider.assertion.algorithms)
    if facts.key_type != "RSA" and not (by_ec and facts.key_type == "EC"):
        what = "The certificate's key cannot sign for this provider."
        yield _key(Status.FAIL, what, why=f"It is {key}; {provider.title} takes RSA keys only.", key=key)
    elif facts.key_type == "RSA" and facts.key_bits < MIN_RSA_BITS:
        what = "The certificate's key is weak."
        yield _key(Status.WARNING, what, why=f"It is {key}; at least {MIN_RSA_BITS} bits are wanted.", key=key)


def _key(status: Status, what: str, *, why: str, key: str) -> Finding:
    return Finding(
        status,
        what,
        why,
        _NEW_KEY,
        Owner.INTEGRATOR,
        expected=f"RSA, at least {MIN_RSA_BITS} bits",
        actual=key,
        check="profile-certificate-key",
        source="RFC 7518 section 3.3",
    )
