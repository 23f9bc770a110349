"""Test and production set beside each other: what is registered in one is unknown in the other."""

import re

from console.core.diagnosis.codes import most_specific
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.reasons.base import Reason
from console.core.diagnosis.refine import cause_of_code
from console.core.diagnosis.request_facts import leaves
from console.core.issuers import host_of
from console.core.owner import Owner

TEST, PRODUCTION = "test", "production"
_TEST = re.compile(
    r"test\d*|tst\d*|tt\d{2}|at\d{2}|uat\d*|dev\d*|develop(?:ment)?|stag(?:e|ing)\d*|sandbox|sbx|preprod|preview|qa\d*|sit|ver\d|demo"
    r"|nonprod|acc(?:eptance)?|int(?:egration)?"
)
_PRODUCTION = re.compile(r"prod(?:uction)?|live|prd")
_PART = re.compile(r"[a-z0-9]+")
_NAMES = re.compile(
    r"registered|registration|created|issued|environment|\benv\b|sandbox|certificate|client_in|stage", re.I
)
_SWITCHED_ON = re.compile(r"sandbox|test[_ -]?mode|use[_ -]?test|is[_ -]?test", re.I)
_REFUSED = frozenset({"invalid_client", "unauthorized_client"})
_UNKNOWN = frozenset(
    {"client-id-wrong", "client-in-other-tenant", "client-secret-invalid", "certificate-not-registered"}
)


def of_host(host: str) -> str:
    """TEST for a host that says so in one of its labels, PRODUCTION for one that says that; "" for any other."""
    parts = _PART.findall(host.lower())
    if any(_PRODUCTION.fullmatch(part) for part in parts):
        return PRODUCTION
    return TEST if any(_TEST.fullmatch(part) for part in parts) else ""


def of_word(text: str) -> str:
    """The same of a name somebody gave it; "" where it says neither, or both."""
    parts = _PART.findall(text.lower())
    found = {TEST for part in parts if _TEST.fullmatch(part)} | {
        PRODUCTION for part in parts if _PRODUCTION.fullmatch(part)
    }
    return found.pop() if len(found) == 1 else ""


def _registered_elsewhere(reading: Reading) -> str:
    """Client or certificate of one environment, and the token endpoint of the other."""
    if not reading.endpoint_host or not _is_unknown_there(reading):
        return ""
    named = of_host(reading.endpoint_host) or _of_path(reading.endpoint)
    asked = named or PRODUCTION
    told = f"is the one for {named}" if named else "names no test environment"
    for name, value in leaves(reading):
        where = _environment(name, value)
        if where and where != asked:
            return f"{name} is {value}; the server that was asked, {reading.endpoint_host}, {told}."
    return ""


def _of_path(url: str) -> str:
    """TEST for an address whose path says so in one of its parts; "" for any other."""
    path = url.split("?", 1)[0].split("://", 1)[-1].partition("/")[2]
    return TEST if any(_TEST.fullmatch(part) for part in path.lower().split("/")) else ""


def _is_unknown_there(reading: Reading) -> bool:
    """Whether the server says that it does not know the client or its proof, or no more than that it refuses it."""
    code = most_specific(reading.codes)
    if code is not None:
        return cause_of_code(reading, code) in _UNKNOWN
    said = {one.cause for one in reading.phrases if one.where == "said"} | {
        reading.known.cause if reading.known else ""
    }
    return bool(said & _UNKNOWN) or (reading.error in _REFUSED and not said - {""})


def _environment(name: str, value: object) -> str:
    if value is True and _SWITCHED_ON.search(name):
        return TEST
    if not isinstance(value, str) or not _NAMES.search(name):
        return ""
    return of_host(host_of(value)) or PRODUCTION if "://" in value else of_word(value)


def _token_of_the_other(reading: Reading) -> str:
    """A token of the test issuer at an API that trusts the production one, or the reverse: one host, a word apart."""
    issuer, accepted = reading.claims.get("iss"), reading.expectation.issuers
    if not isinstance(issuer, str) or reading.failed("issuer") is None:
        return ""
    actual = host_of(issuer)
    for one in accepted:
        wanted = host_of(one)
        if actual != wanted and _without_environment(actual) == _without_environment(wanted) != "":
            return (
                f"The token comes from {actual}, and this API trusts {wanted}, another environment of the same server."
            )
    return ""


def _without_environment(host: str) -> str:
    parts = [
        part for part in _PART.findall(host.lower()) if not _TEST.fullmatch(part) and not _PRODUCTION.fullmatch(part)
    ]
    return ".".join(parts)


REASONS = (
    Reason(
        "client-in-other-environment",
        "Test and production keep their clients and certificates apart.",
        _registered_elsewhere,
        do="Ask the environment in which the client is registered, or register it in this one.",
    ),
    Reason(
        "client-in-other-environment",
        "A server for tests signs with keys that production does not trust, and the reverse.",
        _token_of_the_other,
        owner=Owner.INTEGRATOR,
        do="Get the token from the environment that this API trusts.",
    ),
)
