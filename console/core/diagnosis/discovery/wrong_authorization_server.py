"""The right provider, but another of its authorization servers, realms or policies than the API trusts."""

from urllib.parse import urlsplit

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, certain
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.issuers import read_issuer
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    failed, issuer = reading.failed("issuer"), reading.claims.get("iss")
    if failed is None or not isinstance(issuer, str):
        return by_phrase("wrong-authorization-server")(reading)
    sibling = next((one for one in failed.expected or () if _is_sibling(issuer, one)), None)
    if sibling is None:
        return None
    return certain(f"iss is {issuer}; the API accepts {sibling}: the same host, another server of it.", issuer, sibling)


def _is_sibling(issuer: str, expected: str) -> bool:
    """The same host and another path, at a provider that has several servers on one host."""
    try:
        own, there = urlsplit(issuer), urlsplit(expected)
    except ValueError:
        return False
    is_one_host = bool(own.hostname) and own.hostname == there.hostname
    return is_one_host and read_issuer(issuer).provider != "entra" and own.path.rstrip("/") != there.path.rstrip("/")


CAUSE = Cause(
    slug="wrong-authorization-server",
    stage=Stage.DISCOVERY,
    title="Another authorization server of the same provider",
    what="The token comes from another authorization server, realm or policy of the same provider.",
    do="Ask for the token at the authorization server that the API trusts, or have the API trust this one too.",
    who=Owner.INTEGRATOR,
    match=match,
)
