"""Authority, resource or token belongs to another national cloud."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import adding, certain, named
from console.core.diagnosis.mends import of_wanted_issuer
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.issuers import cloud_of, host_of
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if found := named("wrong-cloud")(reading):
        where = host_of(reading.endpoint)
        return adding(found, f"The host asked was {where}.") if where else found
    issuer = reading.claims.get("iss")
    actual = cloud_of(issuer) if isinstance(issuer, str) else ""
    clouds = {cloud_of(one) for one in reading.expectation.issuers} - {""}
    if actual and clouds and actual not in clouds and host_of(str(issuer)) != "sts.windows.net":
        return certain(f"iss is {issuer}; this API accepts {', '.join(reading.expectation.issuers)}.", actual)
    return None


CAUSE = Cause(
    slug="wrong-cloud",
    stage=Stage.DISCOVERY,
    title="Wrong national cloud",
    what="The address and the tenant or the API belong to different national clouds.",
    do="Use the login host of the cloud in which the tenant lives.",
    who=Owner.INTEGRATOR,
    match=match,
    mend=of_wanted_issuer,
)
