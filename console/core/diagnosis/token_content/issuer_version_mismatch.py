"""v1 and v2 issuers of the same tenant are mixed."""

from console.core.checks.issuer import nearest_relation
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import certain, from_finding, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.issuers import read_issuer
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    failed, issuer = reading.failed("issuer"), reading.claims.get("iss")
    if failed is not None and isinstance(issuer, str):
        is_mix = nearest_relation(issuer, tuple(failed.expected or ())) == "version_mix"
        if not is_mix:
            return None
        version = read_issuer(issuer).version
        return certain(
            f"{failed.why} The first is a version {version} issuer of the same tenant.", failed.what, do=failed.do
        )
    version_finding = reading.failed("token_version")
    if version_finding is None:
        return None
    return from_finding(version_finding) if failed is None else likely(version_finding.why, version_finding.what)


CAUSE = Cause(
    slug="issuer-version-mismatch",
    stage=Stage.TOKEN_CONTENT,
    title="Token versions mixed",
    what="The token has the other version (1.0 or 2.0) than the API expects.",
    do="Set requestedAccessTokenVersion of the API's registration to the version that is expected.",
    widens="have the API accept this issuer too",
    who=Owner.API_OWNER,
    match=match,
    check="token_version",
)
