"""The keys are read from the wrong place (other tenant, policy or version), so kid is not found."""

from console.core.checks.claims import is_for_graph
from console.core.compare import is_guid, same_id
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.key_facts import key_source, kid_is_unknown
from console.core.diagnosis.matching import certain, possible
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.issuers import host_of, read_issuer
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    issuer, source = reading.claims.get("iss"), key_source(reading)
    if not isinstance(issuer, str) or not source or (reading.token and is_for_graph(reading.token)):
        return None
    if reading.evidence.signature == "valid" or not kid_is_unknown(reading):
        return None
    actual, named = read_issuer(issuer), read_issuer(source.split("/.well-known")[0].split("/discovery")[0] + "/x")
    told = f"iss is {issuer}; the keys are read from {source}."
    if actual.provider == "b2c" and not _names_policy(source, reading):
        return certain(f"{told} The keys of a B2C policy are found at that policy only.", source)
    is_other_tenant = is_guid(named.tenant) and is_guid(actual.tenant) and not same_id(named.tenant, actual.tenant)
    if is_other_tenant:
        return certain(told, source)
    if actual.provider == "other" and host_of(issuer) != host_of(source):
        return possible(told, source)
    return None


def _names_policy(source: str, reading: Reading) -> bool:
    policy = reading.claims.get("tfp", reading.claims.get("acr"))
    return "b2c_" in source.lower() or (isinstance(policy, str) and policy.lower() in source.lower())


CAUSE = Cause(
    slug="jwks-wrong-source",
    stage=Stage.SIGNATURE,
    title="Keys read from the wrong place",
    what="The keys are read from another place than the one this token belongs to.",
    do="Configure the metadata address of the token's own issuer, exactly as the token names it.",
    who=Owner.API_OWNER,
    match=match,
    check="signature",
)
