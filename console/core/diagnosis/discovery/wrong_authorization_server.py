"""The right provider, but another of its authorization servers, realms or policies than the API trusts."""

from urllib.parse import urlsplit

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import certain, likely, named
from console.core.diagnosis.mends import of_wanted_issuer
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner
from console.core.providers import owner_of

_SEVERAL = frozenset({"keycloak", "okta", "cognito"})  # on one host, or on one product's hosts


def match(reading: Reading) -> Match | None:
    return named("wrong-authorization-server")(reading) or _other_server(reading) or _of_the_org(reading)


def _other_server(reading: Reading) -> Match | None:
    """A token whose issuer and the accepted one are two servers of one provider, on one host."""
    issuer, accepted = reading.claims.get("iss"), reading.expectation.issuers
    if not isinstance(issuer, str) or not accepted or reading.failed("issuer") is None:
        return None
    provider = owner_of(issuer)
    near = next((one for one in accepted if owner_of(one) is provider and _is_beside(one, issuer)), None)
    if provider is None or provider.code not in _SEVERAL or near is None:
        return None
    space = provider.words.space
    return certain(f"iss is {issuer}; the API trusts {near}, another {space} of the same provider.", issuer)


def _is_beside(one: str, other: str) -> bool:
    """At one host and port, with another path: the path says which server. No other difference is another server."""
    try:
        own, there = urlsplit(one.lower()), urlsplit(other.lower())
    except ValueError:
        return False
    return own.netloc == there.netloc and own.path.rstrip("/") != there.path.rstrip("/")


def _of_the_org(reading: Reading) -> Match | None:
    """Tokens of an Okta org's own server are for Okta's APIs: their keys are nobody else's to read."""
    issuer, audiences = reading.claims.get("iss"), reading.token.audiences if reading.token else None
    provider = owner_of(issuer) if isinstance(issuer, str) else None
    if provider is None or provider.code != "okta" or "/oauth2" in str(issuer) or issuer not in (audiences or ()):
        return None
    if reading.answer.status not in (401, 403):
        return None
    return likely(f"iss and aud are both {issuer}: the org's own server, whose tokens are for Okta alone.", str(issuer))


CAUSE = Cause(
    slug="wrong-authorization-server",
    stage=Stage.DISCOVERY,
    title="Another authorization server of the provider",
    what="The token or the request belongs to another authorization server of the same provider.",
    do="Compare the issuer with the one that the API trusts, and ask for the token there.",
    who=Owner.INTEGRATOR,
    match=match,
    mend=of_wanted_issuer,
)
