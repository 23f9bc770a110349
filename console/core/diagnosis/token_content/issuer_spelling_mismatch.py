"""Same provider, but scheme, host, port, path or trailing slash of iss differ from the configured issuer."""

from console.core.checks.issuer import nearest_relation
from console.core.compare import hidden_characters
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, certain, likely, possible
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.issuers import host_of
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    failed, issuer = reading.failed("issuer"), reading.claims.get("iss")
    if failed is None or not isinstance(issuer, str):
        found = by_phrase("issuer-spelling-mismatch")(reading) if not reading.passes("issuer") else None
        return possible(found.why, *found.facts) if found and not reading.is_at_token_endpoint else None
    expected = tuple(failed.expected or ())
    if nearest_relation(issuer, expected) != "spelling" or any(map(hidden_characters, expected)):
        return None
    is_far = all(host_of(issuer) != host_of(one) for one in expected) or not issuer.startswith("https://")
    who = Owner.IDENTITY_PROVIDER if is_far else Owner.API_OWNER
    make = certain if not is_far or reading.phrase("issuer-spelling-mismatch") else likely
    return make(failed.why, failed.what, who=who)


CAUSE = Cause(
    slug="issuer-spelling-mismatch",
    stage=Stage.TOKEN_CONTENT,
    title="Issuer spelled differently",
    what="The issuer of the token is spelled differently from the accepted one.",
    do="Configure the issuer exactly as the token spells it, slash by slash.",
    who=Owner.API_OWNER,
    match=match,
    check="issuer",
)
