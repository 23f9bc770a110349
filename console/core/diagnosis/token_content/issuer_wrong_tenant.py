"""The token comes from a tenant the API does not accept, including an unresolved {tenantid} template."""

from console.core.checks.issuer import nearest_relation
from console.core.checks.wording import listed
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import certain, from_finding, likely, possible
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.issuers import ANY_TENANT
from console.core.owner import Owner

TEMPLATES = ("{tenantid}", "{tenant}", *(f"/{word}" for word in ANY_TENANT), *(f"{word}/" for word in ANY_TENANT))


def match(reading: Reading) -> Match | None:
    tenant, issuer = reading.failed("tenant"), reading.claims.get("iss")
    failed = reading.failed("issuer")
    if failed is None or not isinstance(issuer, str):
        return from_finding(tenant) if tenant else None
    expected = tuple(failed.expected or ())
    if any(mark in one for one in expected for mark in TEMPLATES):
        return certain(
            f"iss is {issuer}; the API compares it with the template {listed(expected)}, in which no tenant was "
            "filled in.",
            "issuer template",
            do="Put the tenant's id into the accepted issuer, or check issuers per tenant.",
            who=Owner.API_OWNER,
        )
    relation = nearest_relation(issuer, expected)
    if relation == "other_tenant":
        return from_finding(failed)
    if relation == "other":
        return likely(failed.why, failed.what, do=failed.do, who=failed.who)
    return possible(tenant.why, tenant.what) if tenant else None


CAUSE = Cause(
    slug="issuer-wrong-tenant",
    stage=Stage.TOKEN_CONTENT,
    title="Token from another tenant",
    what="The token comes from a tenant or an issuer that the API does not accept.",
    do="Request the token from an issuer that the API accepts.",
    widens="have the API accept this issuer too",
    who=Owner.INTEGRATOR,
    match=match,
    check="tenant",
)
