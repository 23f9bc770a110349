"""The right provider, but another of its authorization servers, realms or policies than the API trusts."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import certain, named
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.issuers import host_of
from console.core.owner import Owner
from console.core.providers import owner_of

_SEVERAL = frozenset({"keycloak", "okta", "cognito"})  # on one host, or on one product's hosts


def match(reading: Reading) -> Match | None:
    return named("wrong-authorization-server")(reading) or _other_server(reading)


def _other_server(reading: Reading) -> Match | None:
    """A token whose issuer and the accepted one are two servers of one provider."""
    issuer, accepted = reading.claims.get("iss"), reading.expectation.issuers
    if not isinstance(issuer, str) or not accepted or reading.failed("issuer") is None:
        return None
    provider = owner_of(issuer)
    if provider is None or provider.code not in _SEVERAL or issuer.rstrip("/") in {one.rstrip("/") for one in accepted}:
        return None
    near = next((one for one in accepted if owner_of(one) is provider and _is_near(one, issuer)), None)
    if near is None:
        return None
    space = provider.words.space
    return certain(f"iss is {issuer}; the API trusts {near}, another {space} of the same provider.", issuer)


def _is_near(one: str, other: str) -> bool:
    """On one host; the path then says which server."""
    return host_of(one) == host_of(other) and one.lower() != other.lower()


CAUSE = Cause(
    slug="wrong-authorization-server",
    stage=Stage.DISCOVERY,
    title="Another authorization server of the provider",
    what="The token or the request belongs to another authorization server of the same provider.",
    do="Compare the issuer with the one that the API trusts, and ask for the token there.",
    who=Owner.INTEGRATOR,
    match=match,
)
